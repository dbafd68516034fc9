"""A long conversation as the assistant needs it: its last turns, and what the earlier ones left behind."""

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

# No rule and no action looks back further than to the answer before the last one.
TURNS = 8
# What does not outlast its turn. Of a slot, the last value does; all other events are kept.
_PASSING = ("user", "bot", "action", "followup", "user_featurization")
_STORED = SQLTrackerStore.SQLEvent
# Rasa looks for an event's class among all subclasses each time. Of two of a name it takes the first.
_KINDS: dict[str, Any] = {kind.type_name: kind for kind in reversed(all_subclasses(Event))}


class RecentTurns(DialogueStateTracker):
    """The recent part of a conversation. `stored`: how many of its events the store has."""

    stored: int

    @classmethod
    def load(cls, session: Any, store: SQLTrackerStore, sender_id: str) -> "RecentTurns | None":
        """Read the conversation's present session; None where there is no such conversation."""
        events = [_event(json.loads(data)) for (data,) in _rows(store._event_query(session, sender_id, False))]
        if not events:
            return None
        tracker: RecentTurns = cls.from_events(sender_id, events, store.domain.slots)
        tracker.stored = len(events)
        return tracker

    def save(self, session: Any) -> None:
        """Add what the store does not have, when the transaction of `session` is done."""
        for event in list(self.events)[self.stored :]:
            data = event.as_dict()
            row = _STORED(
                sender_id=self.sender_id,
                type_name=event.type_name,
                timestamp=data.get("timestamp"),
                intent_name=data.get("parse_data", {}).get("intent", {}).get("name"),
                action_name=data.get("name"),
                data=json.dumps(data),
            )
            session.add(row)


def _rows(all_events: Any) -> Iterable[tuple[str]]:
    """Return the data of the last turns, after what is still true of those before, oldest first."""
    listened = all_events.filter(_STORED.type_name == "action", _STORED.action_name == ACTION_LISTEN_NAME)
    first = (
        listened.order_by(None).order_by(_STORED.id.desc()).offset(TURNS).limit(1).with_entities(_STORED.id).scalar()
    )
    if first is not None:
        earlier = all_events.filter(_STORED.id < first).order_by(None)
        slots = earlier.filter(_STORED.type_name == "slot").group_by(_STORED.action_name)
        all_events = all_events.filter(
            sa.or_(
                _STORED.id >= first,
                _STORED.type_name.not_in([*_PASSING, "slot"]),
                _STORED.id.in_([last for (last,) in slots.with_entities(sa.func.max(_STORED.id))]),
            )
        )
    rows: Iterable[tuple[str]] = all_events.with_entities(_STORED.data)
    return rows


def _event(data: dict[str, Any]) -> Event:
    return _KINDS[data["event"]]._from_parameters(data)
