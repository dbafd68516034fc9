import pytest

from assistant import lead_in


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("no, my face is drooping", "my face is drooping"),
        ("No i cant breathe", "i cant breathe"),
        ("ok thanks, i passed out", "i passed out"),
        ("Hi! sorry... weakness all over", "weakness all over"),
        ("nope. she's not waking up", "she's not waking up"),
        ("please help my arm is numb", "my arm is numb"),
    ],
)
def test_what_leads_in_is_left_out(text, rest):
    assert lead_in.without(text) == rest


@pytest.mark.parametrize("text", ["no fever", "no, no fever", "yes", "oh", "", "my face droops", "sorely missed"])
def test_a_denial_and_a_message_of_nothing_else_stay(text):
    assert lead_in.without(text) == text
