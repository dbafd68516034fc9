"""Five hundred random conversations with the real servers: after each turn, what must always hold."""

import json
import random
import re
import sqlite3
from contextlib import closing

import pytest
import yaml

from assistant import check, faq, forbidden
from assistant.quantity import Quantity
from assistant.referral import points_to_professional
from cli.paths import PROJECT
from tests.taught import taught

WALKS, TURNS = 500, 6
FIRST_LINES = {
    "E": re.compile(r"Call 911 \(US\), 999 \(UK\), 112 \(Europe\) or your local emergency number now\."),
    "U": re.compile(r"Get medical help today:"),
    "C": re.compile(r"Please reach out to someone now:"),
}
TOPICS = faq.load(PROJECT / faq.FOLDER)
ANSWERS = {" ".join(topic.answer.split()) for topic in TOPICS.values()}
TAUGHT = taught()
# Any of them must raise an alarm: they are taught, word for word.
DANGEROUS = {
    "E": [question for label, question in TAUGHT if label == "emergency"],
    "U": [question for label, question in TAUGHT if label == "urgent"],
    "C": [question for label, question in TAUGHT if label == "crisis"],
}
HARMLESS = [question for label, question in TAUGHT if label not in {"emergency", "urgent", "crisis"}]
UNKNOWN = [
    question
    for questions in yaml.safe_load((PROJECT / "tests/nlu/dev.yml").read_text(encoding="utf-8")).values()
    for question in questions
]
FORM = [
    "do i qualify", "18 headaches a month, 10 of them migraine, for 6 months", "yes", "no", "not sure", "20", "10", "7",
    "15-20", "a lot", "40", "-3", "about 15", "half of them", "every other day", "a year", "3 months", "6 attacks",
    "sorry, I meant 12", "back", "stop", "start over", "why do you ask", "I don't know", "headache days", "16", "17",
    "continue the check", "scratch that, 13",
]  # fmt: skip
STRANGE = ["", "🤕", "asdf", "<b>x</b>", "/restart", "¿qué?", "null", "9" * 50]


@pytest.fixture(scope="module")
def walks(running):
    """Hold the conversations; keep for each its sender and its turns: (what was said, level, replies)."""
    from cli.client import Conversation

    source = random.Random(20261124)
    held = []
    for _ in range(WALKS):
        conversation = Conversation(running.address)
        turns, buttons = [], []
        for _ in range(source.randint(2, TURNS)):
            level, said = _something(source, buttons)
            replies = conversation.say(said)
            buttons = [payload for reply in replies for _, payload in reply.buttons]
            turns.append((said, level, replies))
        held.append((conversation.sender, turns))
    return held


def _something(source, buttons):
    kind = source.choices(["form", "button", "harmless", "unknown", "dangerous", "strange"], [8, 5, 3, 3, 2, 1])[0]
    if kind == "dangerous":
        level = source.choice(list(DANGEROUS))
        return level, source.choice(DANGEROUS[level])
    if kind == "button" and buttons:
        return None, source.choice(buttons)
    return None, source.choice({"form": FORM, "harmless": HARMLESS, "unknown": UNKNOWN}.get(kind, STRANGE))


def _turns(walks):
    return [turn for _, turns in walks for turn in turns]


def test_every_message_gets_a_reply_and_nothing_goes_wrong(walks):
    for said, _, replies in _turns(walks):
        assert replies, said
        assert all(reply.text for reply in replies), said
        assert "something went wrong" not in " ".join(reply.text for reply in replies), said


def test_no_forbidden_phrase_is_ever_said(walks):
    for said, _, replies in _turns(walks):
        for reply in replies:
            assert [found.said for found in forbidden.found(reply.text)] == [], said


def test_no_gap_in_a_text_is_left_open(walks):
    for said, _, replies in _turns(walks):
        assert not any(re.search(r"\{\w+\}|None|True|False", reply.text) for reply in replies), said


def test_answers_advice_and_outcomes_point_to_a_professional(walks):
    for said, _, replies in _turns(walks):
        for reply in replies:
            if reply.sources or " ".join(reply.text.split()) in ANSWERS or reply.text.startswith("I can't decide"):
                assert points_to_professional(reply.text), said


def test_a_red_flag_is_answered_with_its_levels_instruction(walks):
    for said, level, replies in _turns(walks):
        if level:
            first = replies[0].text
            # A message may show a higher sign than it is filed under; it is never taken for less.
            allowed = {"U": ["U", "E"], "C": ["C", "E"], "E": ["E"]}[level]
            assert any(FIRST_LINES[one].match(first) for one in allowed), (level, said, first)


def test_no_slot_holds_an_impossible_value(walks, running):
    with closing(sqlite3.connect(running.folder / "conversations.db")) as database:
        for sender, _ in walks:
            rows = database.execute("SELECT data FROM events WHERE sender_id = ? AND type_name = 'slot'", (sender,))
            for event in (json.loads(data) for (data,) in rows):
                _possible(event["name"], event["value"])


def _possible(name, value):
    if value is None:
        return
    if name in check.COUNTS and value != "unknown":
        low, high = Quantity.parse(str(value)).bounds(0)
        assert low >= 0
        assert high <= (1200 if name == "duration_months" else 31) or high == float("inf"), (name, value)
    elif name == "diagnosed":
        assert value in {"yes", "no", "unsure"}
    elif name in {"adult", "checking"}:
        assert isinstance(value, bool)
    elif name == "urgency":
        assert value in {"E", "U", "C"}
    elif name == "check_question":
        assert value in {*check.QUESTIONS, "interrupted"}
