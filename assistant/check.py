"""The eligibility check as a conversation: what a message answers, what is asked next, what is said. Pure logic.

The order, the questions and the rule are here and in eligibility.py; every sentence is a response in domain.yml.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from assistant import eligibility, statements, yaml_file
from assistant.eligibility import Answers, Diagnosed
from assistant.quantity import Quantity, Unclear
from assistant.text import words

FILE = Path(__file__).with_suffix(".yml")

ADULT, DIAGNOSED = "adult", "diagnosed"
COUNTS = eligibility.COUNTS
ORDER = (ADULT, DIAGNOSED, *COUNTS)
# Questions that are no single answer: both counts of days after a conflict, the summary, and what to change in it.
BOTH, CONFIRM, CHANGE = "both_days", "confirm", "change"
QUESTIONS = (*ORDER, BOTH, CONFIRM, CHANGE)
_DAYS = (statements.HEADACHE, statements.MIGRAINE)
# Replies of the assistant that stand beside the check: given, and then the check goes on.
_ANSWERED_IN_PASSING = {
    "personal_advice", "bot_challenge", "capabilities", "privacy", "human_handoff",
}  # fmt: skip
_WORDS_OF_AN_ANSWER = 5
_YOUNGEST = 8


@dataclass(frozen=True)
class State:
    """Where the check stands.

    answers: by name, in the notation of slots: True or False, "yes", "no" or "unsure", an amount as text, or "unknown".
    question: what was asked last (one of QUESTIONS), None before the first question; anything else: it was interrupted.
    asked_again: whether a vague answer to it was asked again already.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    question: str | None = None
    asked_again: bool = False

    @property
    def counts(self) -> Answers:
        """The answers as the rule takes them."""
        return Answers(
            adult=self.answers.get(ADULT),
            diagnosed=self.answers.get(DIAGNOSED),
            headache_days=_amount(self.answers.get("headache_days")),
            migraine_days=_amount(self.answers.get("migraine_days")),
            duration_months=_amount(self.answers.get("duration_months")),
        )

    def having(self, **answers: Any) -> "State":
        """Return the state with some answers changed; None takes one back."""
        kept = {name: value for name, value in {**self.answers, **answers}.items() if value is not None}
        return replace(self, answers=kept)


@dataclass(frozen=True)
class Turn:
    """What a person wrote, its intent, and, for an FAQ question, the name of the response that answers it."""

    text: str
    intent: str
    response: str | None = None


@dataclass(frozen=True)
class Step:
    """What follows from a turn: the new state, and the names of the responses to say, in order.

    finished: "result" when the outcome is to be told, "stopped" when the person ended the check.
    """

    state: State
    say: tuple[str, ...]
    finished: Literal["result", "stopped"] | None = None


def begin(kept: State, turn: Turn, today: date) -> Step:
    """Begin the check with what the message tells; answers `kept` from before count only if it says "continue"."""
    told = statements.account(turn.text, today)
    if kept.answers and _has(turn.text, "continue"):
        return _ask_next(replace(kept, question=None), ("utter_check_continue",))
    if set(kept.answers) == set(ORDER) and any(_is_amount(told.get(name)) for name in COUNTS) and _amends(turn.text):
        return _ask_next(_filled(kept, told, amending=True), ("utter_check_changed",))
    state = State({name: str(amount) for name, amount in told.items() if name in COUNTS and _is_amount(amount)})
    if _is_amount(told.get(statements.AGE)):
        state = state.having(adult=_is_adult(told[statements.AGE]))
    if _states_diagnosis(turn.text):
        state = state.having(diagnosed="yes")
    return _ask_next(state, ("utter_check_intro",))


def go_on(state: State, turn: Turn, today: date) -> Step:
    """Take the answer, the correction or the question in `turn`, and go on with the check."""
    question = state.question
    assert question in QUESTIONS, "the check has not begun"
    # "A long time" may be taken for a goodbye; it is an answer.
    if turn.intent in {"stop", "goodbye"} and (
        _has(turn.text, "stop") or not _tells_what_was_asked(state, turn, today)
    ):
        goodbye = ("utter_goodbye",) if turn.intent == "goodbye" else ()
        return Step(replace(state, question=None), ("utter_check_stopped", *goodbye), "stopped")
    if turn.intent == "explain_question":
        return _ask(state, question, (f"utter_check_why_{question}",))
    if turn.intent == "go_back":
        return _back(state)
    if turn.intent == "repeat":
        return _ask(state, question)
    named = _named(turn.text) if question == CHANGE and len(words(turn.text)) <= _WORDS_OF_AN_ANSWER else None
    if named is not None:
        return _ask(state.having(**{named: None}), named)
    if _asks(turn):
        return _in_passing(state, turn)
    answered = _answer(state, turn, today)
    return answered if answered is not None else _in_passing(state, turn)


# ---- what is asked


def _ask_next(state: State, say: tuple[str, ...] = ()) -> Step:
    """Ask for what is still missing; with nothing missing, sum up."""
    if state.answers.get(ADULT) is False:
        return Step(replace(state, question=None), say, "result")
    if eligibility.conflict(state.counts):
        return _ask(state.having(headache_days=None, migraine_days=None), BOTH, say)
    missing = next((name for name in ORDER if name not in state.answers), CONFIRM)
    return _ask(state, missing, say)


def _ask(state: State, question: str, say: tuple[str, ...] = (), again: bool = False) -> Step:
    return Step(replace(state, question=question, asked_again=again), (*say, f"utter_check_ask_{question}"))


def _back(state: State) -> Step:
    """Ask the question before the present one again."""
    previous = _previous(state.question)
    if previous is None:
        return _ask(state, ADULT, ("utter_check_first_question",))
    return _ask(state.having(**{previous: None}), previous)


def _previous(question: str | None) -> str | None:
    if question in {CONFIRM, CHANGE}:
        return ORDER[-1]
    place = ORDER.index(_DAYS[0] if question == BOTH else str(question))
    return ORDER[place - 1] if place else None


# ---- what is said beside the answers


def _asks(turn: Turn) -> bool:
    """Return whether the message asks something that the assistant can answer, instead of answering."""
    if turn.response is None and turn.intent not in _ANSWERED_IN_PASSING:
        return False
    begins = any(" ".join(words(turn.text)).startswith(f"{cue} ") for cue in _cues("asking"))
    return begins or ("?" in turn.text and len(words(turn.text)) > _WORDS_OF_AN_ANSWER)


def _in_passing(state: State, turn: Turn) -> Step:
    """Answer what belongs beside the check, then ask again; say so where nothing was understood."""
    assert state.question is not None
    if turn.response is not None:
        return _ask(state, state.question, (turn.response,), state.asked_again)
    if turn.intent in _ANSWERED_IN_PASSING:
        return _ask(state, state.question, (f"utter_{turn.intent}",), state.asked_again)
    if turn.intent == "check_eligibility":
        return _ask(state, state.question, ("utter_check_no_verdict",), state.asked_again)
    if turn.intent in {"thank", "greet"}:
        return _ask(state, state.question, (), state.asked_again)
    return _ask(state, state.question, ("utter_check_not_understood",), state.asked_again)


# ---- what is answered


def _answer(state: State, turn: Turn, today: date) -> Step | None:
    """Return what follows if the message answers, or corrects an answer; None if it does neither."""
    if state.question in {CONFIRM, CHANGE}:
        return _confirmed_or_changed(state, turn, today)
    if state.question == ADULT:
        return _adult(state, turn, today)
    if state.question == DIAGNOSED:
        return _diagnosed(state, turn, today)
    return _corrected(state, turn, today) or _counted(state, turn, today)


def _adult(state: State, turn: Turn, today: date) -> Step | None:
    told = statements.account(turn.text, today, [statements.AGE])
    age = told.get(statements.AGE)
    # A small number alone is no one's age here: it is meant for another question.
    plausible = isinstance(age, Quantity) and max(age.number, age.upper or 0) >= _YOUNGEST
    adult = _is_adult(age) if plausible else _yes_or_no(turn, ADULT)
    filled = _filled(state, told)
    if adult is None:
        return _ask_next(filled) if filled != state else None
    return _ask_next(filled.having(adult=adult))


def _diagnosed(state: State, turn: Turn, today: date) -> Step | None:
    filled = _filled(state, statements.account(turn.text, today))
    diagnosed = _diagnosis(turn)
    # "No, the duration is 48 months" and "the bad ones maybe once a week" are about something else.
    about_it = any(_has(turn.text, DIAGNOSED, cue) for cue in ("yes", "no"))
    elsewhere = filled != state or _named(turn.text) in COUNTS
    if diagnosed is None or (elsewhere and diagnosed != "yes" and not about_it):
        return _ask_next(filled) if filled != state else None
    return _ask_next(filled.having(diagnosed=diagnosed))


def _diagnosis(turn: Turn) -> Diagnosed | None:
    """Read whether a clinician has made the diagnosis; where yes and no stand side by side, it is unsure."""
    if turn.intent == "dont_know" or _has(turn.text, DIAGNOSED, "unsure"):
        return "unsure"
    no = _has(turn.text, DIAGNOSED, "no") or _begins(turn.text, "no")
    begins_yes = _begins(turn.text, "yes") or turn.intent == "affirm"
    if begins_yes:
        return "unsure" if no else "yes"
    if no or turn.intent == "deny":
        return "no"
    return "yes" if _has(turn.text, DIAGNOSED, "yes") else None


def _counted(state: State, turn: Turn, today: date) -> Step | None:
    """Take counts from the message: what was asked, and whatever else it tells."""
    question = str(state.question)
    asked = list(_DAYS) if question == BOTH else [question]
    told = statements.account(turn.text, today, asked, state.counts.headache_days)
    filled = _filled(state, told)
    unclear = [told[name] for name in asked if isinstance(told.get(name), Unclear)]
    if turn.intent == "dont_know" and not told:
        unclear = [Unclear.UNKNOWN]
    if Unclear.INVALID in unclear:
        kind = "days" if question != statements.DURATION else "months"
        return _ask(filled, question, (f"utter_check_invalid_{kind}",))
    if Unclear.ATTACKS in unclear and not state.asked_again:
        return _ask(filled, question, ("utter_check_attacks",), again=True)
    if Unclear.VAGUE in unclear and not state.asked_again:
        return _ask(filled, question, (f"utter_check_vague_{question}",), again=True)
    if unclear:
        unknown = {name: Unclear.UNKNOWN.value for name in asked if name not in filled.answers}
        return _ask_next(filled.having(**unknown), ("utter_check_unknown",))
    return _ask_next(filled) if filled != state else None


def _corrected(state: State, turn: Turn, today: date) -> Step | None:
    """Take "sorry, I meant 12" as the answer to the question before."""
    previous = _previous(state.question)
    if previous is None or not _has(turn.text, "correction"):
        return None
    if previous == DIAGNOSED:
        diagnosed = _diagnosis(replace(turn, text=_without_correction(turn.text)))
        named = statements.account(turn.text, today, [str(state.question)])
        return (
            None
            if diagnosed is None or named
            else _ask_next(state.having(diagnosed=diagnosed), ("utter_check_changed",))
        )
    told = statements.account(turn.text, today, [previous], state.counts.headache_days)
    filled = _filled(state, told, amending=True)
    return _ask_next(filled, ("utter_check_changed",)) if filled != state else None


def _confirmed_or_changed(state: State, turn: Turn, today: date) -> Step | None:
    told = statements.account(turn.text, today)
    changed = _filled(state, told, amending=True)
    if _has(turn.text, DIAGNOSED, "no") and _has(turn.text, "change", DIAGNOSED):
        changed = changed.having(diagnosed="no")
    elif _states_diagnosis(turn.text):
        changed = changed.having(diagnosed="yes")
    if Unclear.INVALID in told.values():
        return _ask(state, str(state.question), ("utter_check_invalid_days",))
    if changed.answers != state.answers:
        return _ask_next(changed, ("utter_check_changed",))
    if state.question == CONFIRM and (turn.intent == "affirm" or _begins(turn.text, "yes")):
        return Step(replace(state, question=None), (), "result")
    name = _named(turn.text)
    if name is not None:
        return _ask(state.having(**{name: None}), name)
    if turn.intent == "deny" or _begins(turn.text, "no") or _has(turn.text, "correction"):
        return _ask(state, CHANGE)
    return None


def _filled(state: State, told: Mapping[str, Any], amending: bool = False) -> State:
    """Return the state with the amounts of `told`; what was answered before stays, unless the person amends it."""
    open_ = [name for name in COUNTS if amending or name not in state.answers]
    filled = state.having(**{name: str(told[name]) for name in open_ if _is_amount(told.get(name))})
    age = told.get(statements.AGE)
    if ADULT not in state.answers and state.question != ADULT and _is_amount(age):
        filled = filled.having(adult=_is_adult(age))
    return filled


def _tells_what_was_asked(state: State, turn: Turn, today: date) -> bool:
    return state.question in COUNTS and state.question in statements.account(turn.text, today, [state.question])


# ---- words


def _amends(text: str) -> bool:
    """Return whether the message changes answers given before, or tries others."""
    return _has(text, "correction") or _has(text, "supposing")


def _states_diagnosis(text: str) -> bool:
    """Return whether the message says, in so many words, that chronic migraine was diagnosed."""
    named = _has(text, DIAGNOSED, "named") and _has(text, DIAGNOSED, "made")
    return named and not _has(text, DIAGNOSED, "no") and not _has(text, DIAGNOSED, "unsure")


def _named(text: str) -> str | None:
    """Return which answer a person names as the one to change."""
    return next((name for name in reversed(ORDER) if _has(text, "change", name)), None)


def _yes_or_no(turn: Turn, name: str) -> bool | None:
    """Read yes or no from the words that go with `name`, from the first word, or from the intent."""
    if _has(turn.text, name, "no"):
        return False
    if _has(turn.text, name, "yes") or _begins(turn.text, "yes") or turn.intent == "affirm":
        return True
    return False if _begins(turn.text, "no") or turn.intent == "deny" else None


def _is_adult(age: Any) -> bool | None:
    """Return whether an age is 18 or over, None where it may be either."""
    low, high = age.bounds(leeway=1)
    limit = eligibility.limits()[ADULT].number
    return True if low >= limit else False if high < limit else None


def _is_amount(answer: Any) -> bool:
    return isinstance(answer, Quantity)


def _amount(answer: Any) -> Quantity | None:
    """Read a slot: an amount as a number or as text; "unknown" and nothing are none."""
    if answer is None or answer == Unclear.UNKNOWN.value:
        return None
    return Quantity.parse(str(answer))


def _begins(text: str, cue: str) -> bool:
    said = " ".join(words(text))
    return any(said == word or said.startswith(f"{word} ") for word in _cues(cue))


def _has(text: str, *path: str) -> bool:
    said = f" {' '.join(words(text))} "
    return any(f" {' '.join(words(cue))} " in said for cue in _cues(*path))


def _without_correction(text: str) -> str:
    said = f" {' '.join(words(text))} "
    for cue in sorted(_cues("correction"), key=len, reverse=True):
        said = said.replace(f" {' '.join(words(cue))} ", " ")
    return said.strip()


def _cues(*path: str) -> Sequence[str]:
    entry: Any = _content()
    for name in path:
        entry = entry[name]
    listed: Sequence[str] = entry
    return listed


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml_file.read(FILE)
    return content
