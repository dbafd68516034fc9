"""Ask back with the likeliest topics when the assistant is not sure."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from assistant.asking_back import likely_titles


class AskBack(Action):
    """Offers the titles of up to three topics as buttons."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_ask_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Offer the topics at the top of the ranking, or ask for other words where there are none."""
        ranking = tracker.latest_message.get("intent_ranking", [])
        titles = likely_titles((entry["name"] for entry in ranking), domain["responses"])
        if titles:
            buttons = [{"title": title, "payload": title} for title in titles]
            dispatcher.utter_message(response="utter_did_you_mean", buttons=buttons)
        else:
            dispatcher.utter_message(response="utter_rephrase")
        return []
