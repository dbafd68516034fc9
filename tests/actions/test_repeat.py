from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.repeat import Repeat

USER = {"event": "user", "text": "?"}


def _bot(text, buttons=None, metadata=None):
    return {
        "event": "bot",
        "text": text,
        "data": {"buttons": buttons},
        "metadata": {"utter_action": "utter_x", "metadata": metadata} if metadata else {},
    }


def _run(*events):
    tracker = Tracker("someone", {}, {}, list(events), False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    assert Repeat().run(dispatcher, tracker, {}) == []
    return dispatcher.messages


def test_the_last_answer_is_said_again_with_its_buttons_and_sources():
    buttons, metadata = [{"title": "A", "payload": "A"}], {"sources": ["nice"]}
    action = {"event": "action", "name": "utter_faq"}
    (message,) = _run(USER, _bot("first"), USER, action, _bot("second", buttons, metadata), USER)
    assert (message["text"], message["buttons"], message["metadata"]) == ("second", buttons, metadata)


def test_an_answer_of_two_messages_is_repeated_in_order():
    assert [message["text"] for message in _run(USER, _bot("one"), _bot("two"), USER)] == ["one", "two"]


def test_with_nothing_said_yet_it_says_so():
    (message,) = _run(USER)
    assert message["response"] == "utter_nothing_to_repeat"
