import pytest

from assistant.encoder import SentenceEncoder
from assistant.faq_likeness import clashes, nearest

ASKED = {
    "aftercare": [
        "drive home?",
        "am i ok to drive straight after the injections",
        "can i wash my hair",
        "exercise after",
    ],
    "side_effects": ["tired after botox", "does it make your neck sore", "droopy eyelid", "headache after the shots"],
    "cost": ["how much does it cost", "is it covered by insurance", "price per session", "do I pay for it myself"],
}


@pytest.fixture(scope="module")
def encode():
    return SentenceEncoder().encode


def test_topics_apart_do_not_clash(encode):
    assert list(clashes(list(ASKED), ASKED, encode)) == []


def test_one_question_that_means_the_same_is_enough(encode):
    asked = {
        **ASKED,
        "cost": [*ASKED["cost"], *["what if i cannot pay", "who sends the bill"], "feeling tired after botox"],
    }
    (clash,) = clashes(["cost"], asked, encode)
    assert (clash.other, clash.theirs, clash.number) == ("side_effects", "tired after botox", 1)
    assert asked["cost"][clash.question] == "feeling tired after botox"


def test_several_that_are_nearer_to_another_topic_are_told_together(encode):
    driving = [
        "am i able to drive after the injections",
        "can i drive home",
        "may i wash my hair then",
        "buses to the clinic",
    ]
    (clash,) = clashes(["driving"], {**ASKED, "driving": driving}, encode)
    assert (clash.topic, clash.other) == ("driving", "aftercare")
    assert clash.number >= 2


def test_a_topic_is_compared_with_others_only(encode):
    asked = {"one": ["drive home?", "drive home"], "two": ["how much does it cost"]}
    assert list(clashes(["one", "three"], asked, encode)) == []


def test_nothing_asked_is_nothing_found(encode):
    assert list(clashes(["one"], {"one": []}, encode)) == []


def test_the_nearest_topics_come_first(encode):
    assert nearest(["does insurance pay"], ASKED, encode)[0] == "cost"
    assert nearest(["is my neck going to hurt"], {**ASKED, "empty": []}, encode)[::3] == ["side_effects", "empty"]
