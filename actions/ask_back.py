"""Ask back with the likeliest topics when the assistant is not sure."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

_MOST_TOPICS = 3


class AskBack(Action):
    """Offers the titles of up to three topics as buttons."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_ask_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Offer the topics at the top of the ranking, or ask for other words where there are none."""
        titles = likely_titles(tracker.latest_message.get("intent_ranking", []), domain["responses"])
        if titles:
            buttons = [{"title": title, "payload": title} for title in titles]
            dispatcher.utter_message(response="utter_did_you_mean", buttons=buttons)
        else:
            dispatcher.utter_message(response="utter_rephrase")
        return []


def likely_titles(ranking: list[dict[str, Any]], responses: dict[str, Any]) -> list[str]:
    """Return the titles of the first FAQ topics in `ranking` (full labels, likeliest first)."""
    names = (f"utter_{entry['name']}" for entry in ranking if entry["name"].startswith("faq/"))
    titles = [responses[name][0]["metadata"]["title"] for name in names if name in responses]
    return titles[:_MOST_TOPICS]
