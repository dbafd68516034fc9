import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.ask_back import AskBack

TOPICS = ["side_effects", "aftercare", "does_it_hurt", "botox_onset"]
DOMAIN = {"responses": {f"utter_faq/{topic}": [{"metadata": {"title": topic.title()}}] for topic in TOPICS}}


def _run(*labels):
    ranking = [{"name": label, "confidence": 0.1} for label in labels]
    tracker = Tracker("someone", {}, {"intent_ranking": ranking}, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    assert AskBack().run(dispatcher, tracker, DOMAIN) == []
    (message,) = dispatcher.messages
    return message["response"], [(button["title"], button["payload"]) for button in message["buttons"]]


def test_the_three_likeliest_topics_are_offered_and_a_button_says_its_title():
    response, buttons = _run("faq/aftercare", "greet", "faq/side_effects", "faq/does_it_hurt", "faq/botox_onset")
    assert response == "utter_did_you_mean"
    assert buttons == [(title, title) for title in ("Aftercare", "Side_Effects", "Does_It_Hurt")]


@pytest.mark.parametrize("labels", [(), ("greet", "thank"), ("faq/unpublished",)])
def test_without_a_likely_topic_it_asks_for_other_words(labels):
    assert _run(*labels) == ("utter_rephrase", [])


def test_its_name_is_the_one_in_the_domain():
    assert AskBack().name() == "action_ask_back"
