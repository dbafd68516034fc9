"""Say the last answer again."""

from itertools import dropwhile, takewhile
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

Event = dict[str, Any]


class Repeat(Action):
    """Repeats what the assistant said before the person asked to hear it again."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_repeat"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        """Send the last answer's messages again, with their buttons and sources."""
        for said in last_answer(tracker.events):
            dispatcher.utter_message(
                text=said["text"],
                buttons=(said.get("data") or {}).get("buttons"),
                metadata=(said.get("metadata") or {}).get("metadata"),
            )
        if not dispatcher.messages:
            dispatcher.utter_message(response="utter_nothing_to_repeat")
        return []


def last_answer(events: list[Event]) -> list[Event]:
    """Return the bot's messages that answered the person's last message but one, in order."""
    said = [event for event in events if event["event"] in {"user", "bot"}]
    before = dropwhile(lambda event: event["event"] == "user", reversed(said))
    return list(reversed(list(takewhile(lambda event: event["event"] == "bot", before))))
