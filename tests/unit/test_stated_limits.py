import pytest

from assistant import faq
from assistant.stated_limits import misstated
from cli.paths import PROJECT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Chronic migraine means 14 headache days a month.", "14"),
        ("You need 14 headache days or more.", "14"),
        ("It is for people with at least 14 headache days a month.", "at least 14"),
        ("That means headache on 16 or more days a month.", "16 or more"),
        ("That means headaches on fourteen days per month.", "fourteen"),
        ("The rule is more than 15 days a month with headache.", "more than 15"),
        ("Fewer than 14 headache days a month is episodic migraine.", "Fewer than 14"),
        ("Headache on 15 or more days a month, for two months.", "two"),
        ("That means 15 or more headache days a month, for more than two months.", "more than two"),
        ("That means 15 or more headache days a month, for at least 3 months.", "at least 3"),
        ("Chronic migraine means 15 or more headache days a month. This must go on for over six months.", "over six"),
        ("You must have had chronic migraine for two months.", "two"),
        ("On 10 or more of those days, there are signs of migraine.", "10 or more"),
        ("At least six migraine days a month are needed.", "At least six"),
        ("Come to us if you have 14 headache days a month.", "14"),
        ("With 12 headache days or more, ask for it.", "12"),
        ("It is for those with 15+ headache days and 7+ migraine days.", "7+"),
    ],
)
def test_a_rule_with_other_numbers_is_found(text, said):
    assert [one.said for one in misstated(text)] == [said]
    assert text[misstated(text)[0].start :].startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "That means 15 or more headache days a month, for more than 3 months. On 8 or more of those, it is migraine.",
        "Headache on fifteen or more days a month, for longer than three months.",
        "Fewer than 15 headache days a month is episodic migraine.",
        "At 14 or fewer headache days, it has not been shown to work.",
        "More than 14 headache days a month means the chronic form.",
        "In one large trial, people started with about 20 headache days a month.",
        "An independent review found about 2 fewer migraine days a month than with placebo.",
        "Headache medicine on 10 or more days a month can make things worse.",
        "It counts as overuse at 10 days with headache tablets a month.",
        "Two preventives must be tried for two months each before Botox is offered for chronic migraine.",
        "Someone with, for example, 20 headache days a month writes down each of them.",
        "Full benefit can take up to about 6 months.",
        "An attack that covers two days counts as two.",
        "Keep a diary for two months and bring it to your doctor.",
        "Wait 3 months between sessions.",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert misstated(text) == []


def test_the_rule_is_given_as_it_is():
    wrong = "Chronic means 14 headache days a month, 6 of those with migraine, for more than two months."
    assert [one.rule for one in misstated(wrong)] == ["15 or more", "8 or more", "more than 3"]


def test_no_answer_of_ours_misstates_it():
    topics = faq.load(PROJECT / faq.FOLDER).values()
    assert {topic.id: misstated(topic.answer) for topic in topics if misstated(topic.answer)} == {}
