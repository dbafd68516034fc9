"""The check of what the action server answers is quicker than Rasa's, and as strict."""

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from components import action_replies

GOOD = {"events": [{"event": "slot", "name": "adult", "value": True}], "responses": [{"response": "utter_greet"}]}
BAD = (
    {"events": [{"event": "slot", "value": True}], "responses": []},
    {"events": [{"event": "no such event"}], "responses": []},
    {"events": [{"event": ["slot"], "name": "adult", "value": True}]},
    {"events": [{"name": "adult", "value": True}]},
    {"events": [{"event": "slot", "name": "adult", "value": True}, "slot"]},
    {"events": [{"event": "slot", "name": "adult", "value": True, "timestamp": "now"}]},
    {"events": {"event": "slot", "name": "adult", "value": True}},
    {"events": None},
    {"events": [], "responses": ["utter_greet"]},
    [],
)


@pytest.fixture(params=["Rasa's", "ours"])
def action(request, monkeypatch):
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    if request.param == "ours":
        action_replies.check_once()
    return RemoteAction("action_check", None)


@pytest.mark.parametrize("reply", [GOOD, {}, {"events": [{"event": "restart"}, {"event": "followup", "name": None}]}])
def test_a_good_reply_is_taken(action, reply):
    assert action._validate_action_result(reply)


@pytest.mark.parametrize("reply", BAD)
def test_a_bad_reply_is_refused(action, reply):
    with pytest.raises(ValidationError):
        action._validate_action_result(reply)
