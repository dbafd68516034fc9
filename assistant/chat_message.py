"""What the web channel shows of a conversation: Rasa's stored events as messages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from assistant.sources import Source

Event = Mapping[str, Any]
Message = dict[str, Any]

_URGENCIES = {"E", "U", "C"}
_ANSWER = "utter_faq/"
_LINK = re.compile(r"https?://|tel:")


@dataclass(frozen=True)
class Messages:
    """Makes messages of events. `sources`: by id; `topics`: a topic by its title."""

    sources: Mapping[str, Source]
    topics: Mapping[str, str]

    def of(self, events: Iterable[Event]) -> list[Message]:
        """Return the messages of a conversation, in order.

        A person's message has the id that the client gave it; the assistant's replies to it add a number to that.
        """
        messages = []
        said, number = "0", 0
        for event in events:
            if event["event"] == "user":
                said, number = str(event["message_id"]), 0
                messages.append(_message(said, "person", event))
            elif event["event"] == "bot":
                number += 1
                messages.append(self._reply(f"{said}-{number}", event))
        return messages

    def _reply(self, id_: str, event: Event) -> Message:
        metadata = (event.get("metadata") or {}).get("metadata") or {}
        buttons = (event.get("data") or {}).get("buttons") or []
        urgency = metadata.get("urgency")
        return {
            **_message(id_, "assistant", event),
            "buttons": _picked(buttons, "title", "payload"),
            "links": [link for link in _picked(metadata.get("links"), "title", "url") if _LINK.match(link["url"])],
            "sources": [self._source(source) for source in metadata.get("sources") or []],
            "reviewed": metadata.get("reviewed"),
            "urgency": urgency if urgency in _URGENCIES else None,
            "calls": _picked(metadata.get("calls"), "title", "tel"),
            "topic": self._topic(event, metadata),
        }

    def _source(self, id_: str) -> dict[str, str | None]:
        source = self.sources.get(id_)
        return {"title": source.title, "url": source.url} if source else {"title": id_, "url": None}

    def _topic(self, event: Event, metadata: Mapping[str, Any]) -> str | None:
        name = response_name(event)
        if name.startswith(_ANSWER):
            return name.removeprefix(_ANSWER)
        # An answer that is repeated has lost its name, but not its title. What is no answer may name its topic itself.
        return self.topics.get(metadata.get("title", "")) or metadata.get("topic")


def topics(responses: Mapping[str, Any]) -> dict[str, str]:
    """Return each topic of `responses` (the domain's) by its title."""
    answers = {name: each[0].get("metadata") or {} for name, each in responses.items() if name.startswith(_ANSWER)}
    return {metadata["title"]: name.removeprefix(_ANSWER) for name, metadata in answers.items() if "title" in metadata}


def response_name(event: Event) -> str:
    """Return the name of the response that the event says, such as `utter_greet`; empty where it is not known."""
    return str((event.get("metadata") or {}).get("utter_action") or "")


def _message(id_: str, role: str, event: Event) -> Message:
    sent = datetime.fromtimestamp(event["timestamp"], timezone.utc)
    return {
        "id": id_,
        "role": role,
        "text": event.get("text") or "",
        "sent_at": sent.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "buttons": [],
        "links": [],
        "sources": [],
        "reviewed": None,
        "urgency": None,
        "calls": [],
        "topic": None,
    }


def _picked(entries: Any, *names: str) -> list[dict[str, str]]:
    """Return these parts of each entry, and only entries that have them all."""
    return [{name: str(entry[name]) for name in names} for entry in entries or [] if all(map(entry.get, names))]
