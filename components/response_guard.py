"""The last thing a message passes on its way out: it is completed, and no advice leaves without a professional."""

from dataclasses import asdict
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant import clinic
from assistant.referral import points_to_professional
from assistant.scope import ALARMS
from components import action_replies

_MOST_RELATED = 3
# What a person may ask for right after an alarm: it reminds of the alarm first.
_MAY_FOLLOW_ALARM = ("utter_faq", "utter_check_ask")
# Questions of the check and alarms stand alone: a note on a figure of speech goes elsewhere.
_WITHOUT_NOTE = ("utter_check_ask", "utter_emergency", "utter_crisis")


class ResponseGuard(TemplatedNaturalLanguageGenerator):
    """Generates responses from the domain, and completes them.

    Setting `guarded` (endpoints.yml): beginnings of the response names that must point to a healthcare professional;
    where a text does not, the text of `utter_see_professional` is added.

    Every text may name whom to call: {emergency_numbers}, {emergency_number}, {urgent_help}, {crisis_help},
    {clinic_contact} and {clinic_greeting} are filled from clinic.yml and data/countries.yml. In a response's metadata,
    the topics in `related` or `starters` become buttons, and the names in `calls` (emergency, urgent, crisis, clinic)
    become the numbers to tap.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        """Read the responses from the domain and the settings from the endpoint."""
        super().__init__(domain.responses)
        # Here, since whatever answers has a guard: the servers, and the trials of what is to be published.
        action_replies.check_once()
        self._guarded = tuple(endpoint_config.kwargs["guarded"])
        self._clinic = clinic.load()
        self._numbers = clinic.numbers(self._clinic.country)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Return the response, completed; None where the domain has none of that name."""
        response = await super().generate(utter_action, tracker, output_channel, **{**self._filled(), **kwargs})
        if response is None:
            return None
        if utter_action.startswith(self._guarded):
            self._refer(response)
        if utter_action.startswith(_MAY_FOLLOW_ALARM) and (alarm := _alarm_just_before(tracker)):
            response["text"] = f"{self._part(f'after_{alarm}', **self._filled())}\n\n{response.get('text', '')}".strip()
        if _is_figure_of_speech(tracker) and not utter_action.startswith(_WITHOUT_NOTE):
            response["text"] = (
                f"{response.get('text', '')}\n\n{self._part('figure_of_speech', **self._filled())}".strip()
            )
        self._relate(response)
        return response

    # The responses come with the model, after this object is made: what is filled in is put together each time.

    def _filled(self) -> dict[str, str]:
        name = self._clinic.name
        return {
            **self._numbers.named,
            "clinic_contact": self._clinic_contact(),
            "clinic_greeting": self._part("clinic_greeting", name=name) if name else "",
        }

    def _calls(self, name: str) -> tuple[clinic.Call, ...]:
        return {
            "emergency": self._numbers.emergency_calls,
            "urgent": self._numbers.urgent_calls,
            "crisis": self._numbers.crisis_calls,
            "clinic": self._clinic_calls(),
        }[name]

    def _part(self, name_of_part: str, /, **values: Any) -> str:
        (part,) = self.responses[f"utter_part_{name_of_part}"]
        text: str = part["text"].format(**values)
        return text

    def _clinic_contact(self) -> str:
        """Return how to reach the clinic, as far as it says; where it says nothing, where a person finds out."""
        settings = self._clinic
        name = settings.name or self._part("clinic_unnamed")
        told = [
            *([self._part("clinic_phone", name=name, phone=settings.phone)] if settings.phone else []),
            *([self._part("clinic_hours", hours=settings.hours)] if settings.phone and settings.hours else []),
            *([self._part("clinic_booking", booking=settings.booking)] if settings.booking else []),
        ]
        return " ".join(told) or self._part("clinic_unset")

    def _clinic_calls(self) -> tuple[clinic.Call, ...]:
        phone = self._clinic.phone
        if phone is None:
            return ()
        title = self._part("clinic_call", name=self._clinic.name or self._part("clinic_unnamed"))
        return (clinic.Call(title, "".join(sign for sign in phone if sign.isdigit() or sign == "+")),)

    def _refer(self, response: dict[str, Any]) -> None:
        text = response.get("text") or ""
        if not points_to_professional(text):
            (standard,) = self.responses["utter_see_professional"]
            response["text"] = f"{text}\n\n{standard['text']}".strip()

    def _relate(self, response: dict[str, Any]) -> None:
        metadata = response.get("metadata", {})
        if "calls" in metadata:
            metadata["calls"] = [asdict(call) for name in metadata["calls"] for call in self._calls(name)]
        topics = metadata.get("starters", []) + metadata.get("related", [])[:_MOST_RELATED]
        # A topic that was removed, or is not published yet, has no button.
        answers = [self.responses[f"utter_faq/{topic}"] for topic in topics if f"utter_faq/{topic}" in self.responses]
        titles = [answer[0]["metadata"]["title"] for answer in answers]
        if titles:
            # A button says what a person would type: its title is one of the topic's training questions.
            response.setdefault("buttons", []).extend({"title": title, "payload": title} for title in titles)


def _is_figure_of_speech(tracker: DialogueStateTracker) -> bool:
    message = tracker.latest_message
    return bool(message and message.parse_data and message.parse_data.get("figure_of_speech"))


def _alarm_just_before(tracker: DialogueStateTracker) -> str | None:
    """Return the alarm that the message before the present one raised, if it raised one."""
    heard = [event.intent_name for event in tracker.events if isinstance(event, UserUttered)]
    return heard[-2] if len(heard) > 1 and heard[-2] in ALARMS else None
