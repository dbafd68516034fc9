from dataclasses import replace

from assistant import faq
from assistant.faq_changes import changes
from cli.paths import PROJECT

TOPIC = faq.read(PROJECT / "data/faq/aftercare.yml")


def test_a_new_topic_is_told_whole():
    lines = list(changes(None, TOPIC))
    assert lines[0] == f"aftercare: new, {len(TOPIC.questions)} questions"
    assert "  + drive home?" in lines
    assert any(line.startswith("  + answer: Some clinics") for line in lines)


def test_nothing_is_told_where_nothing_changed():
    assert list(changes(TOPIC, TOPIC)) == []


def test_what_is_removed_stands_out():
    after = replace(TOPIC, questions=(*TOPIC.questions[2:], "may i swim"))
    assert list(changes(TOPIC, after)) == [
        "aftercare: changed, 1 question added, 2 questions REMOVED",
        *(f"  - {question}" for question in TOPIC.questions[:2]),
        "  + may i swim",
    ]


def test_old_and_new_stand_side_by_side():
    after = replace(TOPIC, title="Afterwards", answer="Ask.", related=())
    lines = list(changes(TOPIC, after))
    assert lines[0] == "aftercare: changed"
    assert "  + answer: Ask." in lines
    assert lines[-2:] == [
        "  title: After the injections -> Afterwards",
        "  related: side_effects, serious_risks, botox_onset -> none",
    ]


def test_another_order_is_told():
    after = replace(TOPIC, questions=TOPIC.questions[::-1])
    assert list(changes(TOPIC, after))[1:] == ["  the questions are in another order"]
