"""The eligibility check: read its slots, take one step of assistant.check, say and set what follows."""

from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.wording import Domain, answer, part
from assistant import check, eligibility, lexemes
from assistant.quantity import Quantity

Event = dict[str, Any]


class Check(Action):
    """Asks, understands, corrects and, at the end, puts the answers beside the published pattern."""

    def __init__(self) -> None:
        """Load what reads amounts now, so that the first person does not wait for it."""
        lexemes.lexemes("")

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_check"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[Event]:
        """Take one step with the person's last message."""
        state, turn = _state(tracker), _turn(tracker)
        step = (check.go_on if state.question in check.QUESTIONS else check.begin)(state, turn, date.today())
        for response in step.say:
            dispatcher.utter_message(response=response, summary=_summary(domain, step.state))
        outcome = None
        if step.finished == "result":
            outcome = _tell(dispatcher, domain, step.state)
        return [*_slots(step, outcome), FollowupAction("action_listen")]


class VisitSummary(Action):
    """Writes the answers down as plain text for the person to copy or print."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_visit_summary"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[Event]:
        """Sum up the finished check, or offer it where there was none."""
        if tracker.get_slot("eligibility_outcome") is None:
            dispatcher.utter_message(response="utter_visit_summary_none")
        else:
            lines = _lines(domain, _state(tracker))
            dispatcher.utter_message(response="utter_visit_summary", answers=lines, date=date.today().isoformat())
        return []


def _state(tracker: Tracker) -> check.State:
    answers = {name: tracker.get_slot(name) for name in check.ORDER}
    return check.State(
        answers={name: value for name, value in answers.items() if value is not None},
        question=tracker.get_slot("check_question"),
        asked_again=bool(tracker.get_slot("check_asked_again")),
    )


def _turn(tracker: Tracker) -> check.Turn:
    message = tracker.latest_message
    intent = message["intent"]["name"]
    response = None
    if intent == "faq":
        response = f"utter_{message['response_selector']['faq']['response']['intent_response_key']}"
    return check.Turn(message.get("text") or "", intent, response)


def _slots(step: check.Step, outcome: str | None) -> list[Event]:
    answers = {name: _slot(step.state.answers.get(name)) for name in check.ORDER}
    return [
        *(SlotSet(name, value) for name, value in answers.items()),
        SlotSet("check_question", step.state.question),
        SlotSet("check_asked_again", step.state.asked_again),
        SlotSet("checking", step.finished is None),
        SlotSet("eligibility_outcome", outcome),
    ]


def _slot(value: Any) -> Any:
    """Return a plain amount as a number, anything else as it is."""
    try:
        number = float(value) if isinstance(value, str) else None
    except ValueError:
        return value
    return value if number is None else int(number) if number.is_integer() else number


def _tell(dispatcher: CollectingDispatcher, domain: Domain, state: check.State) -> str:
    """Say the outcome with its reasons, and return it."""
    assessment = eligibility.assess(state.counts)
    outcome = assessment.outcome.value
    comparison = part(domain, "comparison", lines=_lines(domain, state, assessment))
    if assessment.near_limit:
        comparison += f"\n\n{part(domain, 'near_limit')}"
    dispatcher.utter_message(response=f"utter_eligibility_{outcome}", comparison=comparison)
    if assessment.outcome is not eligibility.Outcome.UNDER_18:
        dispatcher.utter_message(response="utter_eligibility_next")
    return outcome


def _lines(domain: Domain, state: check.State, assessment: eligibility.Assessment | None = None) -> str:
    """Return the answers beside the limits, one line each; with an assessment, also how each compares."""
    lines = []
    for name, limit in eligibility.limits().items():
        status = part(domain, assessment.criteria[name].name.lower()) if assessment else ""
        said = answer(domain, name, state.answers.get(name))
        number = Quantity(limit.number)
        lines.append(part(domain, f"line_{name}", said=said, number=number, status=status).strip())
    lines.append(part(domain, "line_diagnosed", said=answer(domain, "diagnosed", state.answers.get("diagnosed"))))
    return "\n".join(lines)


def _summary(domain: Domain, state: check.State) -> str:
    answers = {name: answer(domain, name, state.answers.get(name)) for name in check.ORDER}
    return part(domain, "summary", **answers)
