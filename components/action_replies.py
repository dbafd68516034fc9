"""Check what the action server answers as Rasa does, and as strictly, in far less time.

Rasa examines its own schema at each reply, and holds each event against the schemas of all kinds of events. The schema
never changes, and an event fits that of its own kind or none.
"""

from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


def check_once() -> None:
    """Examine the schema now, and no more; and have events held against the schema of their kind only."""
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    whole = kind(schema)
    event = schema["properties"]["events"]["items"]
    reply = kind({**schema, "properties": {**schema["properties"], "events": {"type": "array"}}})
    kinds = {one["properties"]["event"]["const"]: kind({**event, "oneOf": [one]}) for one in event["oneOf"]}

    def is_event(value: Any) -> bool:
        name = value.get("event") if isinstance(value, dict) else None
        return isinstance(name, str) and name in kinds and bool(kinds[name].is_valid(value))

    def validate(action: RemoteAction, result: dict[str, Any]) -> bool:
        if not reply.is_valid(result) or not all(map(is_event, result.get("events", []))):
            raise best_match(whole.iter_errors(result))
        return True

    RemoteAction._validate_action_result = validate
