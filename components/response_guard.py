"""The last thing a message passes on its way out: no advice leaves without pointing to a professional."""

from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant.referral import points_to_professional

_MOST_RELATED = 3


class ResponseGuard(TemplatedNaturalLanguageGenerator):
    """Generates responses from the domain, and completes them.

    Setting `guarded` (endpoints.yml): beginnings of the response names that must point to a healthcare professional;
    where a text does not, the text of `utter_see_professional` is added. The topics in a response's metadata,
    `related` or `starters`, become buttons.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        """Read the responses from the domain and the settings from the endpoint."""
        super().__init__(domain.responses)
        self._guarded = tuple(endpoint_config.kwargs["guarded"])

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Return the response, completed; None where the domain has none of that name."""
        response = await super().generate(utter_action, tracker, output_channel, **kwargs)
        if response is None:
            return None
        if utter_action.startswith(self._guarded):
            self._refer(response)
        self._relate(response)
        return response

    def _refer(self, response: dict[str, Any]) -> None:
        text = response.get("text") or ""
        if not points_to_professional(text):
            (standard,) = self.responses["utter_see_professional"]
            response["text"] = f"{text}\n\n{standard['text']}".strip()

    def _relate(self, response: dict[str, Any]) -> None:
        metadata = response.get("metadata", {})
        topics = metadata.get("starters", []) + metadata.get("related", [])[:_MOST_RELATED]
        titles = [self.responses[f"utter_faq/{topic}"][0]["metadata"]["title"] for topic in topics]
        if titles:
            # A button says what a person would type: its title is one of the topic's training questions.
            response.setdefault("buttons", []).extend({"title": title, "payload": title} for title in titles)
