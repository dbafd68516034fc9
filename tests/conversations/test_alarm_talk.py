"""What is said when somebody is in danger, and in the messages after it, over HTTP with the real servers."""

import pytest

EVERYWHERE = "911 (US), 999 (UK), 112 (Europe) or your local emergency number"
NUMB = "my face just went numb on one side and i cant speak properly"
SWALLOW = "had botox last week and now i cant swallow, food gets stuck"
FOURTH_DAY = "this is the fourth day of the same migraine and it wont stop"
DIE = "i dont want to live anymore with this pain"
PLAN = "i am going to kill myself tonight"
MENU = ("What is migraine?", "How Botox works", "Who Botox is for", "Side effects")


@pytest.fixture
def talk(say):
    """Say one thing after another; return the last replies."""

    def talk(*turns):
        for turn in turns:
            replies = say(turn)
        return replies

    return talk


@pytest.mark.parametrize(
    ("said", "first", "urgency"),
    [
        (NUMB, f"Call {EVERYWHERE} now. Please do not wait for this chat.", "E"),
        (SWALLOW, f"Call {EVERYWHERE} now. Please do not wait for this chat.", "E"),
        (FOURTH_DAY, "Get medical help today:", "U"),
        (DIE, "Please reach out to someone now: 988", "C"),
        (PLAN, f"Call {EVERYWHERE} now. Please do not wait for this chat.", "E"),
    ],
)
def test_the_first_line_is_the_instruction_and_the_level_travels_with_it(talk, said, first, urgency):
    (reply,) = talk(said)
    assert reply.text.startswith(first)
    assert reply.urgency == urgency
    assert reply.calls
    assert reply.buttons == []


def test_after_botox_it_says_to_tell_that_botox_was_given(talk):
    assert "If you had Botox, tell them so" in talk(SWALLOW)[0].text


def test_a_crisis_text_is_calm_and_names_a_line(talk):
    (reply,) = talk(DIE)
    assert "988" in reply.text
    assert "116 123" in reply.text
    assert "!" not in reply.text


@pytest.mark.parametrize("said", ["i'm ok now", "it has passed", "thanks", "bye"])
def test_after_an_emergency_being_better_is_heard_with_care(talk, said):
    (reply,) = talk(NUMB, said)
    assert reply.text.startswith("Please still call")
    assert reply.urgency == "E"


def test_after_an_urgent_sign_being_better_still_needs_help_today(talk):
    (reply,) = talk(FOURTH_DAY, "feeling better now")
    assert reply.text.startswith("Please still get medical help today")


@pytest.mark.parametrize("said", ["what should i do", "i don't know", "what can you do", "help me what do i do"])
def test_after_an_emergency_what_to_do_is_said_again(talk, said):
    assert talk(NUMB, said)[0].text.startswith(f"Call {EVERYWHERE} now, or ask someone near you to call.")


def test_the_alarm_can_be_raised_again(talk):
    assert talk(NUMB, "i'm ok now", "no wait my arm has gone weak now")[0].text.startswith(f"Call {EVERYWHERE} now.")
    assert talk("thanks", DIE)[0].urgency == "C"


def test_a_question_right_after_an_alarm_is_answered_with_a_reminder(talk):
    (reply,) = talk(NUMB, "does it hurt?")
    assert reply.text.startswith("If the signs you told me about are there, please get help first.")
    assert "pinpricks" in reply.text
    assert talk("does it hurt?")[0].text.startswith("Most people describe")


@pytest.mark.parametrize("said", ["thanks", "hello", "ok", "what can you do", "what is the weather", "bye", "no"])
def test_after_a_crisis_nothing_is_cheerful_and_there_is_no_menu(talk, said):
    (reply,) = talk(DIE, said)
    assert reply.text.startswith("I'm glad you are still here.")
    assert reply.buttons == []


def test_a_question_right_after_a_crisis_is_answered_with_a_reminder(talk):
    (reply,) = talk(DIE, "side effects")
    assert reply.text.startswith("You told me something that matters more than my answer.")


@pytest.mark.parametrize("said", ["this headache is killing me", "i could die of this headache"])
def test_a_figure_of_speech_raises_no_alarm_but_gets_a_note_of_care(talk, said):
    (reply,) = talk(said)
    assert reply.urgency is None
    assert "if you ever feel that you can't go on" in reply.text


def test_start_over_ends_the_care(talk):
    talk(NUMB)
    assert "start again" in talk("start over")[0].text
    assert talk("thanks")[0].text.startswith("You're welcome")


def test_alarms_are_complete_without_the_action_server_whatever_was_going_on(model, tmp_path):
    from cli import servers
    from cli.client import Conversation

    with servers.running(servers.HOST, servers.free_port(), servers.free_port(), tmp_path, trained=model) as running:
        inside = Conversation(running.address)
        for turn in ("do i qualify", "yes"):
            inside.say(turn)
        running.processes["actions"].terminate()
        running.processes["actions"].wait()
        for conversation in (inside, Conversation(running.address)):
            for said, level in ((NUMB, "E"), (FOURTH_DAY, "U"), (DIE, "C")):
                (reply,) = conversation.say(said)
                assert reply.urgency == level
                assert reply.calls
            assert conversation.say("i'm ok now")[0].text.startswith("I'm glad you are still here.")
