"""Tell staff what the assistant would do with a question, how sure it is, and what pulled it there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant import label_names
from assistant.asking_back import likely_titles
from assistant.classifier import OUT_OF_SCOPE, RANKED, QuestionClassifier
from assistant.clinic import Numbers
from assistant.encoder import meaning
from assistant.faq import PREFIX
from assistant.scope import ASK_BACK, Alarm
from assistant.understanding import Understanding, Understood

Responses = Mapping[str, Sequence[Mapping[str, Any]]]

_MOST_LINES = 4
_MOST_RUNNERS_UP = 3
_MOST_QUESTIONS = 3
_MOST_WORDS = 4
_LEAST_SHARE = 0.01
_ALARMS = {"E": "call emergency services now", "U": "get medical help today", "C": "call a crisis line"}
# What is done by a program instead of a text.
_DEEDS = {
    "check_eligibility": "It begins the check whether Botox may be something to ask a doctor about.",
    "visit_summary": "It sums up the check for the visit.",
    "repeat": "It says its last answer again.",
}
_RESPONSES = {"what_changes": "utter_eligibility_changes"}


@dataclass(frozen=True)
class Outcome:
    """What the assistant does with a question: in one sentence, and the text that it says, if it is a text."""

    deed: str
    text: str = ""


@dataclass(frozen=True)
class Pull:
    """What pulled a question to a label.

    questions: the most alike training questions of the label, each with the cosine similarity, -1 to 1; words: those of
    the question that spoke most for it.
    """

    questions: tuple[tuple[str, float], ...]
    words: tuple[str, ...]


def outcome(understood: Understood, responses: Responses, numbers: Numbers) -> Outcome:
    """Return what the assistant does, said outside the check and with no alarm before it."""
    intent, label = understood.intent, understood.label
    if understood.verdict.alarm:
        alarm = understood.verdict.alarm
        return Outcome(f"It raises an alarm: {_ALARMS[alarm.level]}.", _alarm_text(alarm, responses, numbers))
    if intent == ASK_BACK:
        titles = likely_titles((name for name, _ in understood.ranking[:RANKED]), responses)
        if titles:
            quoted = ", ".join(f'"{title}"' for title in titles)
            return Outcome(f"It asks which of these was meant: {quoted}.")
        return Outcome("It asks for other words.")
    if intent == OUT_OF_SCOPE:
        return Outcome("It says that it cannot help with this.")
    if intent in _DEEDS:
        return Outcome(_DEEDS[intent])
    name = _RESPONSES.get(intent, f"utter_{label}")
    text = _filled(responses[name][0]["text"], numbers) if name in responses else ""
    if label.startswith(PREFIX):
        return Outcome(f'It answers with "{title(label, responses)}".', text)
    return Outcome(f"It takes it as one of the {label_names.in_words(label)}.", text)


def title(label: str, responses: Responses) -> str:
    """Return what staff call a label: the topic's title, or what the intent stands for."""
    if not label.startswith(PREFIX):
        return label_names.in_words(label)
    known = responses.get(f"utter_{label}")
    return str(known[0]["metadata"]["title"]) if known else label_names.called(label)


def pull(understood: Understood, understanding: Understanding) -> Pull:
    """Return what pulled the question to its likeliest label."""
    label, questions = understood.label, understanding.questions
    taught = [question for question, of in questions.keys.items() if of == label]
    if not understood.text or not taught:
        return Pull((), ())
    vectors = meaning(understanding.encoder.encode([understood.text, *taught]))
    alike = vectors[1:] @ vectors[0]
    nearest = sorted(range(len(taught)), key=lambda place: -alike[place])[:_MOST_QUESTIONS]
    return Pull(
        tuple((taught[place], float(alike[place])) for place in nearest), _words(understood.text, label, questions)
    )


def report(understood: Understood, understanding: Understanding, responses: Responses, numbers: Numbers) -> list[str]:
    """Return, line by line, what the assistant does with the question and why."""
    done = outcome(understood, responses, numbers)
    return [done.deed, *_excerpt(done.text), *_reasons(understood, understanding, responses)]


def change(before: tuple[Understood, Responses], after: tuple[Understood, Responses], numbers: Numbers) -> str:
    """Return, in one sentence, what is different for the question: `before` and `after` with their responses."""
    was, now = (outcome(*each, numbers) for each in (before, after))
    if was.deed != now.deed:
        return f"This changes. Before: {was.deed} Then: {now.deed}"
    if was.text != now.text:
        return "The same answer is given, with its new text."
    sure, surer = (percent(each.verdict.sure) for each, _ in (before, after))
    return "Nothing changes for this question" + (
        "." if sure == surer or after[0].verdict.alarm else f", but how sure it is: {sure} before, then {surer} of 100."
    )


def percent(share: float) -> int:
    """Return `share`, 0 to 1, as a whole number of 100."""
    return round(100 * share)


def _reasons(understood: Understood, understanding: Understanding, responses: Responses) -> Iterator[str]:
    if understood.verdict.alarm:
        seen = understood.sign.replace("_", " ") if understood.sign else None
        yield f"A pattern saw the sign: {seen}." if seen else "It reads like the emergencies that it was taught."
        return
    yield _sureness(understood, understanding.thresholds.answer)
    first, *others = understood.ranking
    likely = [f"{title(label, responses)} {percent(share)}" for label, share in others if share >= _LEAST_SHARE]
    lead = f"Likeliest (of 100): {title(first[0], responses)} {percent(first[1])}"
    yield "; ".join([lead, *likely[:_MOST_RUNNERS_UP]]) + "."
    pulled = pull(understood, understanding)
    if pulled.questions:
        yield f'The questions it was taught for "{title(understood.label, responses)}" that are most like it:'
        yield from (f'- "{question}" ({percent(alike)} of 100 alike)' for question, alike in pulled.questions)
    if pulled.words:
        yield f"The words that counted most: {', '.join(pulled.words)}."


def _sureness(understood: Understood, least: float) -> str:
    if understood.label == OUT_OF_SCOPE:
        return "It is most like questions that are not our subject."
    sure = understood.verdict.sure
    enough = "" if sure >= least else "not "
    return f"How sure it is: {percent(sure)} of 100, {enough}enough to answer (it answers from {percent(least)})."


def _words(question: str, label: str, classifier: QuestionClassifier) -> tuple[str, ...]:
    """Return the words and pairs of words of `question` that spoke most for `label`, the strongest first."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    weights = classifier.opinions.by_wording.weights[classifier.labels.index(label)]
    features = classifier.opinions.wording.features([question]).tocoo()
    spoke = {
        classifier.opinions.wording.words[place].removeprefix("word:"): float(value * weights[place])
        for place, value in zip(features.col, features.data, strict=True)
        if classifier.opinions.wording.words[place].startswith("word:")
    }
    shown: list[str] = []
    for word in sorted((word for word in spoke if spoke[word] > 0), key=lambda word: -spoke[word]):
        if not set(word.split()) <= ENGLISH_STOP_WORDS | set(" ".join(shown).split()):
            shown.append(word)
    return tuple(shown[:_MOST_WORDS])


def _alarm_text(alarm: Alarm, responses: Responses, numbers: Numbers) -> str:
    """Return the text of the alarm's level; the one without a condition where no other fits, as Rasa does."""
    variations = responses[f"utter_{alarm.intent}"]
    fitting = (
        variation
        for variation in variations
        if any(condition["value"] == alarm.level for condition in variation.get("condition", ()))
    )
    return _filled(next(fitting, variations[-1])["text"], numbers)


def _filled(text: str, numbers: Numbers) -> str:
    """Return `text` with the numbers to call; what only the running assistant knows is left out."""
    return text.format_map(_Gaps(numbers.named)).strip()


class _Gaps(dict[str, str]):
    """Stands for what is not known with dots."""

    def __missing__(self, name: str) -> str:
        return "..."


def _excerpt(text: str) -> list[str]:
    """Return the first lines of what is said, each marked as said."""
    lines = [line for line in text.splitlines() if line.strip()]
    more = ["..."] if len(lines) > _MOST_LINES else []
    return [f"| {line}" for line in [*lines[:_MOST_LINES], *more]]
