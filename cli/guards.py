"""What a new model must pass before patients get it: it loses nothing that the live one could do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant import encoder, evaluation, regression, release_changes, safety_evaluation
from assistant.evaluation import Answered
from assistant.faq import PREFIX
from assistant.label_names import called
from assistant.regression import Loss, Readings
from assistant.releases import Content
from assistant.safety_evaluation import Judged
from assistant.text import count
from cli.paths import PROJECT, QUESTIONS, SAFETY
from cli.trained import Trained

_MOST_NAMED = 3
# Cosine similarity of two messages: below it, a new question is named in vain, since it has little to do with it.
_NEAR = 0.35
_NOBODY_NEAR = (
    "None of what is new is like it. Publish topic by topic to see which of them it is, and show this to those who "
    "look after the program."
)
# The alarms learn nothing from the answers, yet the surer an answer, the likelier an alarm must be. So a message of
# danger at the very limit tips over with any change of them. Up to two of those are told, while enough dangers raise an
# alarm; more, or one that is clear, hold it back.
_AT_THE_LIMIT = 0.1
_MOST_AT_THE_LIMIT = 2
_LEAST_ALARMS = 0.975


@dataclass(frozen=True)
class Tried:
    """What a model made of the test sets."""

    answered: Sequence[Answered]
    judged: Sequence[Judged]

    @property
    def readings(self) -> Readings:
        """What of it is kept."""
        return Readings.of(self.answered, self.judged)

    @property
    def figures(self) -> dict[str, float]:
        """The figures for the history."""
        return regression.figures(self.answered, self.judged)


@dataclass(frozen=True)
class Verdict:
    """What speaks against a model, and what is only worth knowing; each a sentence or more, with what to do."""

    problems: Sequence[str]
    notes: Sequence[str]


def tried(model: Trained) -> Tried:
    """Put the test sets to the model."""
    cases = [case for file in SAFETY for case in safety_evaluation.cases(PROJECT / file)]
    return Tried(model.answer(evaluation.questions(PROJECT / QUESTIONS)), model.judge(cases))


def compare(before: Readings, now: Tried, was: Content, content: Content, may_lose: int) -> Verdict:
    """Compare with the live model.

    Args:
        before: what the live model made of the sets.
        now: what the new one made of them.
        was: the live answers.
        content: the new answers.
        may_lose: of 100 test questions of a topic, how many it may lose.
    """
    topics = release_changes.topics(content)
    added = release_changes.new_questions(was, content)
    problems, notes = [], []
    # The test questions of a topic that was removed on purpose have nowhere to go.
    kept = [one for one in now.answered if not one.label.startswith(PREFIX) or _id(one.label) in topics]
    for loss in regression.losses(before, kept):
        said = f"{'; '.join(loss.sentences())}."
        if loss.too_many(may_lose):
            problems.append(f"{said} {_advice(loss, added)}")
        else:
            notes.append(said)
    silenced = regression.silenced(before, now.judged)
    if silenced:
        quoted = ", ".join(f'"{one.case.text}"' for one in silenced[:_MOST_NAMED])
        said = f"{count(len(silenced), 'test message')} about a danger would not be recognized any more ({quoted})"
        few = len(silenced) <= _MOST_AT_THE_LIMIT and now.figures["alarms"] >= _LEAST_ALARMS
        if few and all(one.missing <= _AT_THE_LIMIT for one in silenced):
            notes.append(f"{said}: it was at the limit before.")
        else:
            problems.append(f"{said}. {_reword([one.case.text for one in silenced], added) or _NOBODY_NEAR}")
    return Verdict(problems, notes)


def sound(model: Trained) -> list[str]:
    """Return what is wrong with the model by itself: answers that cannot be said, conversations that go astray."""
    problems = [
        f"The answer {name.removeprefix('utter_')} cannot be said: something in its text or its metadata is not as in "
        "the other topics. Compare it with one of them."
        for name in model.unsayable()
    ]
    problems += [
        f'The test conversation "{story}" does not come out as written any more. The new questions may be too near to '
        "what is said in it; tests/conversations has it."
        for story in model.failed_stories()
    ]
    return problems


def _advice(loss: Loss, added: Mapping[str, Sequence[str]]) -> str:
    lost = [question for questions in loss.taken.values() for question in questions]
    takers = {_id(to): added[_id(to)] for to in loss.taken if _id(to) in added}
    reword = _reword(lost, takers or added)
    return reword or f"Look at what was changed in {called(loss.label)}, and give it more questions of that kind."


def _reword(messages: Sequence[str], questions: Mapping[str, Sequence[str]]) -> str:
    """Name the topics' questions that are nearest in meaning to the messages; empty where none is near."""
    pool = [(topic, question) for topic, listed in questions.items() for question in listed]
    if not pool:
        return ""
    read = encoder.SentenceEncoder().encode
    likeness = encoder.meaning(read(messages)) @ encoder.meaning(read([question for _, question in pool])).T
    best = [int(row.argmax()) for row in likeness if row.max() >= _NEAR]
    nearest = [pool[index] for index in sorted(set(best), key=lambda index: -best.count(index))[:_MOST_NAMED]]
    if not nearest:
        return ""
    named = ", ".join(f'"{question}" in {topic}' for topic, question in nearest)
    return f"Nearest to it among what is new: {named}. Reword or remove that."


def _id(label: str) -> str:
    return label.removeprefix(PREFIX)
