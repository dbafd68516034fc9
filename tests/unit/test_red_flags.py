from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.alarm_classifier import HARMLESS, NO_TOPICS
from assistant.red_flags import FILE, RedFlags
from tests.taught import taught

RED_FLAGS = RedFlags.load()
MESSAGES = yaml.safe_load(Path(__file__).with_name("red_flags.yml").read_text())
SIGNS = [
    (sign, level, text)
    for sign, levels in MESSAGES["signs"].items()
    for level, texts in levels.items()
    for text in texts
]
QUIET = [text for texts in MESSAGES["quiet"].values() for text in texts]
CRISIS = {"suicide_plan", "suicidal_thoughts", "worried_about_other"}
ALARMS = ("emergency", "urgent", "crisis")
# Shares of the training questions: how many others may raise an alarm, how many signs must be seen.
MOST_FALSE_ALARMS = 0.003
# What only sounds dangerous was written to be mistaken.
MOST_FALSE_ALARMS_OF_HARMLESS = 0.12
# By patterns alone: the classifier sees most of the others.
LEAST_SEEN = {"emergency": 0.73, "urgent": 0.66, "crisis": 0.45, "crisis_now": 0.4}


def level(text):
    flag = RED_FLAGS.read(text)
    return flag and flag.level


@pytest.mark.parametrize(("sign", "urgency", "text"), SIGNS)
def test_a_sign_raises_its_level_and_intent(sign, urgency, text):
    flag = RED_FLAGS.read(text)
    assert flag is not None
    assert flag.level == urgency
    assert flag.intent == ("crisis" if sign in CRISIS else "emergency")


def test_the_sign_reported_is_nearly_always_the_one_meant():
    reported = [RED_FLAGS.read(text) for _, _, text in SIGNS]
    right = [flag is not None and flag.sign == sign for flag, (sign, _, _) in zip(reported, SIGNS, strict=True)]
    assert sum(right) / len(right) > 0.85


@pytest.mark.parametrize("text", QUIET)
def test_what_is_no_sign_of_danger_now_raises_no_alarm(text):
    assert RED_FLAGS.read(text) is None


def test_every_sign_of_the_file_is_tried_with_twelve_messages_or_more():
    data = yaml.safe_load(FILE.read_text())
    assert set(data["signs"]) == set(MESSAGES["signs"])
    assert min(sum(map(len, levels.values())) for levels in MESSAGES["signs"].values()) >= 12
    assert len(QUIET) >= 150


def test_every_sign_names_its_source_and_only_known_levels():
    for sign in yaml.safe_load(FILE.read_text())["signs"].values():
        assert sign["source"]
        assert set(sign) <= {"intent", "source", "botox", "habitual", "unless", "E", "C", "U"}


def test_other_questions_raise_hardly_any_alarm():
    # Who says that a danger is over names it; the classifier and the gate weigh that.
    others = [text for label, text in taught() if label not in {*NO_TOPICS, "feeling_better"}]
    alarms = [text for text in others if RED_FLAGS.read(text)]
    assert len(alarms) / len(others) <= MOST_FALSE_ALARMS, alarms


def test_what_only_sounds_dangerous_raises_few_alarms():
    others = [text for label, text in taught() if label == HARMLESS]
    alarms = [text for text in others if RED_FLAGS.read(text)]
    assert len(alarms) / len(others) <= MOST_FALSE_ALARMS_OF_HARMLESS


@pytest.mark.parametrize("intent", LEAST_SEEN)
def test_the_signs_among_the_training_questions_are_seen(intent):
    texts = [text for label, text in taught() if label == intent]
    missed = [text for text in texts if RED_FLAGS.read(text) is None]
    assert 1 - len(missed) / len(texts) >= LEAST_SEEN[intent]


@pytest.mark.parametrize(
    ("quiet", "alarm"),
    [
        ("i can swallow fine", "i cant swallow fine"),
        ("no numbness in my face", "numbness in my face"),
        ("i have never had a seizure", "i have just had a seizure"),
        ("can botox make it hard to swallow", "is it normal that its hard to swallow since the botox"),
        ("what are the signs of a stroke", "are these the signs of a stroke, my face is drooping"),
        ("is a sudden severe headache an emergency", "is sudden worst ever headache an emergency, i have it right now"),
        ("what do i do if my face goes numb", "what do i do my face has gone numb"),
        ("what if my throat closes", "my throat is closing"),
        ("my mouth drooped years ago", "my mouth drooped an hour ago"),
        ("my hand goes numb before every attack", "my hand went numb just now"),
        ("do people faint", "my husband fainted"),
        ("my eyelid droops since the shots", "my eyelid droops since the shots and i cant swallow"),
        ("i dont have a fever, just a stiff neck", "i have a fever and a stiff neck"),
        ("i read that botox can stop your breathing", "i read the leaflet but now i cant breathe"),
        ("breathing is normal since the botox", "breathing is hard since the botox"),
        ("rash? no. fever? no. stiff neck? also no", "rash? yes. fever and a stiff neck"),
        ("had a fit at 17", "had a fit just now"),
        ("fainted giving blood once", "fainted all at once"),
        ("the printer had a fit", "my son had a fit next to the printer"),
        ("my voice went after thyroid surgery, been fine since", "my voice went after the botox"),
        ("i can not feel my hand after my first run", "i can not feel my hand"),
        ("in my twenties i wanted to die, got help, glad i stayed", "i wanted to die, got help, and now it is back"),
        ("i wanted to kill myself when i was a student", "i want to kill myself, i am a student"),
        ("my arm went numb in 2019", "i had a stroke in 2019 and my arm has gone numb again"),
        ("haha i could die laughing at that film", "haha i want to die, watched a film to distract me"),
        ("zero numbness in my face", "numbness in my face, zero idea why"),
    ],
)
def test_how_it_is_said_decides(quiet, alarm):
    assert RED_FLAGS.read(quiet) is None
    assert RED_FLAGS.read(alarm) is not None


@pytest.mark.parametrize(
    ("urgent", "emergency"),
    [
        ("i see double", "suddenly i see double"),
        ("my legs have been weak for a while", "my legs have gone weak just now"),
        ("im pregnant with a terrible headache", "im pregnant with a terrible headache and had a fit"),
        ("my aura has lasted three hours", "my aura started and now i cant speak"),
        ("my vision is blurry with this headache", "my vision is blurry since the botox"),
    ],
)
def test_some_signs_become_emergencies(urgent, emergency):
    assert level(urgent) == "U"
    assert level(emergency) == "E"


def test_the_most_urgent_sign_counts():
    assert level("cant keep water down and my face is drooping") == "E"
    assert level("cant keep water down and i dont want to live anymore") == "C"


@pytest.mark.parametrize("text", ["i cant breathe", "i cant swallow", "my throat is closing"])
def test_what_botox_may_do_is_an_emergency_without_botox_too(text):
    assert level(text) == "E"


@pytest.mark.parametrize(
    ("text", "after_botox"),
    [
        ("my face is drooping on one side", False),
        ("my face is drooping on one side since the jabs", True),
        ("i cant breathe", True),
    ],
)
def test_it_says_whether_botox_may_be_behind_it(text, after_botox):
    flag = RED_FLAGS.read(text)
    assert flag is not None
    assert flag.after_botox is after_botox


@pytest.mark.parametrize(
    "text", ["CANT SWALLOW", "cnt swallow", "can't swallow", "can’t swallow", "cannot swalow", "i can not swallowww"]
)
def test_people_type_as_they_type(text):
    assert level(text) == "E"


@pytest.mark.parametrize(
    "text",
    ["this headache is killing me", "my head is killing me", "i could die of this pain", "kill me now, this migraine"],
)
def test_a_figure_of_speech_is_heard_without_alarm(text):
    assert RED_FLAGS.figure_of_speech(text)
    assert RED_FLAGS.read(text) is None


@pytest.mark.parametrize("text", ["does it hurt", "i want to die", "", "how does botox kill pain"])
def test_other_words_are_no_figure_of_speech(text):
    assert not RED_FLAGS.figure_of_speech(text)


@pytest.mark.parametrize(
    "text", ["", " ", "?!", "\x00\x1b[31m", "😀" * 50, "\N{COMBINING ACUTE ACCENT}" * 50, "a" * 20_000, "12" * 500]
)
def test_odd_input_raises_no_alarm(text):
    assert RED_FLAGS.read(text) is None
    assert not RED_FLAGS.figure_of_speech(text)


def test_a_sign_at_either_end_of_a_very_long_message_is_seen():
    filler = "and then we talked about the garden. " * 600
    assert level("my face has gone numb. " + filler) == "E"
    assert level(filler + "now my face has gone numb") == "E"


@pytest.mark.parametrize(
    "text", ["my arm is numb " * 1300, "i " * 10_000, "cant swallow, " * 1400, "head pain face " * 1300]
)
def test_the_work_on_a_very_long_message_is_bounded(text):
    start = process_time()
    RED_FLAGS.read(text)
    assert process_time() - start < 0.5


def test_a_message_is_read_within_two_milliseconds():
    texts = [text for _, text in taught()][::10]
    RED_FLAGS.read(texts[0])
    start = process_time()
    for text in texts:
        RED_FLAGS.read(text)
    assert (process_time() - start) / len(texts) < 0.002


@given(st.text())
def test_no_text_breaks_it(text):
    RED_FLAGS.read(text)
    RED_FLAGS.figure_of_speech(text)


@given(
    st.lists(st.sampled_from(sorted({word for _, _, text in SIGNS for word in text.split()} | set(".,?!")))).map(
        " ".join
    )
)
def test_no_order_of_its_own_words_breaks_it(text):
    flag = RED_FLAGS.read(text)
    assert flag is None or flag.level in {"E", "C", "U"}
