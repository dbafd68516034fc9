"""A long conversation as the assistant needs it: its last turns, and what the earlier ones left behind."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

# No rule and no action looks back further than to the answer before the last one.
TURNS = 8
_STORED = SQLTrackerStore.SQLEvent
# Rasa looks for an event's class among all subclasses each time. Of two of a name it takes the first.
_KINDS: dict[str, Any] = {kind.type_name: kind for kind in reversed(all_subclasses(Event))}
# What does not outlast its turn. Of a slot, the last value does; all other events are kept.
_PASSING = {"user", "bot", "action", "followup", "user_featurization"}
_LASTING = sorted(_KINDS.keys() - _PASSING - {SlotSet.type_name})
# With it the database finds which events matter without reading past all that was said.
BY_KIND = sa.Index("ix_events_by_kind", _STORED.sender_id, _STORED.type_name, _STORED.action_name, _STORED.timestamp)


class RecentTurns(DialogueStateTracker):
    """The recent part of a conversation. `stored`: how many of its events the store has."""

    stored: int

    @classmethod
    def load(cls, session: Any, store: SQLTrackerStore, sender_id: str) -> "RecentTurns | None":
        """Read the conversation's present session; None where there is no such conversation."""
        events = [_event(json.loads(data)) for data in _data(session, sender_id)]
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


def _data(session: Any, sender_id: str) -> Iterator[str]:
    """Yield the stored events of the last turns, oldest first, after what is still true of those before."""
    events = session.query(_STORED).filter(_STORED.sender_id == sender_id)
    sessions = events.filter(_STORED.type_name == SessionStarted.type_name)
    began = sessions.with_entities(sa.func.max(_STORED.timestamp)).scalar()
    if began is not None:
        events = events.filter(_STORED.timestamp >= began)
    listened = events.filter(_STORED.type_name == ActionExecuted.type_name, _STORED.action_name == ACTION_LISTEN_NAME)
    first = listened.order_by(_STORED.id.desc()).offset(TURNS).limit(1).with_entities(_STORED.id).scalar()
    if first is not None:
        slots = events.filter(_STORED.type_name == SlotSet.type_name, _STORED.id < first)
        last = slots.group_by(_STORED.action_name).with_entities(sa.func.max(_STORED.id))
        # Not only those before `first`: asked so, SQLite would search by that, and read past everything.
        lasting = events.filter(_STORED.type_name.in_(_LASTING)).with_entities(_STORED.id)
        left = [number for (number,) in (*last, *lasting) if number < first]
        yield from _in_order(events.filter(_STORED.id.in_(left)))
        events = events.filter(_STORED.id >= first)
    yield from _in_order(events)


def _in_order(events: Any) -> Iterator[str]:
    return (data for (data,) in events.order_by(_STORED.id).with_entities(_STORED.data))


def _event(data: dict[str, Any]) -> Event:
    return _KINDS[data["event"]]._from_parameters(data)
