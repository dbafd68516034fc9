import pytest

from assistant.referral import points_to_professional


@pytest.mark.parametrize(
    "text",
    [
        "Please ask your doctor.",
        "It may help. A nurse can explain how to keep one.",
        "Talk to a pharmacist before you take it.",
        "Only a clinician can say what you have.",
        "Your headache specialist can weigh this with you.",
        "Speak with a qualified healthcare professional.",
        "Tell your midwife or doctor.",
        "Check with your health care provider first.",
    ],
)
def test_a_sentence_that_sends_the_person_to_a_professional_is_seen(text):
    assert points_to_professional(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Migraine is common.",
        "Keep a diary and ask a friend to help.",
        "Doctors wrote this. Ask me anything.",
        "The nurse gave the injections in the trial.",
    ],
)
def test_naming_or_asking_alone_is_not_enough(text):
    assert not points_to_professional(text)
