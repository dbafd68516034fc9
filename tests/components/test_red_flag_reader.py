import logging

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from components.red_flag_reader import RedFlagReader


@pytest.fixture
def reader(workshop):
    return workshop.create(RedFlagReader)


class Broken:
    def read(self, text):
        raise ValueError(f"cannot read {text}")

    def figure_of_speech(self, text):
        raise ValueError(f"cannot read {text}")


def test_a_message_with_a_red_flag_carries_it(reader):
    (message,) = reader.process([Message({TEXT: "i cant swallow since my injections"})])
    assert message.get("red_flag") == {
        "sign": "swallowing_after_botox",
        "level": "E",
        "intent": "emergency",
        "after_botox": True,
    }
    assert message.get("figure_of_speech") is False


def test_a_message_without_one_says_so(reader):
    (message,) = reader.process([Message({TEXT: "does it hurt"})])
    assert message.get("red_flag") is None
    assert message.get("figure_of_speech") is False


def test_a_figure_of_speech_is_told_apart(reader):
    (message,) = reader.process([Message({TEXT: "this headache is killing me"})])
    assert message.get("red_flag") is None
    assert message.get("figure_of_speech") is True


def test_both_are_part_of_what_rasa_puts_out(reader):
    (message,) = reader.process([Message({TEXT: "does it hurt"})])
    assert {"red_flag", "figure_of_speech"} <= message.output_properties


def test_a_message_without_text_raises_no_alarm(reader):
    (message,) = reader.process([Message({"intent": "greet"})])
    assert message.get("red_flag") is None


def test_a_failure_is_logged_without_a_word_of_the_message_and_raises_no_alarm(caplog):
    with caplog.at_level(logging.DEBUG):
        (message,) = RedFlagReader(Broken()).process([Message({TEXT: "my secret"})])
    assert message.get("red_flag") is None
    assert message.get("figure_of_speech") is False
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text
