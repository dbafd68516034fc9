"""The eligibility check, over HTTP with the real servers, as people go through it."""

import time

import pytest

ADULT = "1 of 5. Are you 18 or older?"
DIAGNOSED = "2 of 5. Has a doctor"
HEADACHE = "3 of 5. In a typical month"
MIGRAINE = "4 of 5. On how many of those"
DURATION = "5 of 5. For how long"
SUMMARY = "This is what I understood:"
BOTH = "Those numbers don't fit together"

MATCH_DIAGNOSED = "Your answers are like the pattern doctors use when they consider Botox."
MATCH_NOT_DIAGNOSED = "Your answers are like the pattern called chronic migraine."
BELOW = "Botox is not usually used at this number of days."
FEW_MIGRAINE = "You have headaches often."
SHORT = "The usual pattern goes on for more than 3 months."
UNCLEAR = "Your answers are close to the usual cut-off, or hard to judge."
UNDER_18 = "This check is for adults."
NEAR = "At least one of your numbers is close to the usual cut-off."


@pytest.fixture
def talk(say):
    """Say one thing after another; return the texts of what came last."""

    def talk(*turns):
        for turn in turns:
            replies = say(turn)
        return [reply.text for reply in replies]

    return talk


@pytest.fixture
def check(talk):
    """Go through the whole check, answer by answer, and confirm the summary."""

    def check(adult="yes", diagnosed="yes", headache="20", migraine="10", months="6 months"):
        return talk("do i qualify", adult, diagnosed, headache, migraine, months, "yes")

    return check


# ---- to every outcome, and at each limit


def test_all_answers_like_the_pattern_and_diagnosed(check):
    told, after = check()
    assert told.startswith(MATCH_DIAGNOSED)
    assert NEAR not in told
    assert "That does not mean it is right for you" in told
    assert "Headache days a month: you said 20. The pattern: 15 or more. Like the pattern." in told
    assert "Painkillers" in after
    assert "not a diagnosis or medical advice" in after


@pytest.mark.parametrize(
    ("answers", "outcome", "near"),
    [
        ({"diagnosed": "no"}, MATCH_NOT_DIAGNOSED, False),
        ({"diagnosed": "not sure"}, MATCH_NOT_DIAGNOSED, False),
        ({"headache": "14"}, BELOW, True),
        ({"headache": "13"}, BELOW, True),
        ({"headache": "12"}, BELOW, False),
        ({"headache": "15"}, MATCH_DIAGNOSED, True),
        ({"migraine": "8"}, MATCH_DIAGNOSED, True),
        ({"migraine": "7"}, FEW_MIGRAINE, True),
        ({"migraine": "5"}, FEW_MIGRAINE, False),
        ({"migraine": "none of them"}, FEW_MIGRAINE, False),
        ({"months": "3 months"}, SHORT, True),
        ({"months": "3 and a half months"}, MATCH_DIAGNOSED, False),
        ({"months": "3 months or less"}, SHORT, False),
        ({"months": "More than 3 months"}, MATCH_DIAGNOSED, False),
        ({"months": "12 weeks"}, SHORT, True),
        ({"months": "nearly 3 months"}, SHORT, True),
        ({"headache": "10-20"}, UNCLEAR, False),
        ({"headache": "15-20"}, MATCH_DIAGNOSED, True),
        ({"headache": "about 15"}, UNCLEAR, False),
        ({"headache": "every other day"}, MATCH_DIAGNOSED, True),
        ({"headache": "3-4 a week", "months": "for a year or so"}, UNCLEAR, False),
        ({"migraine": "I don't know"}, UNCLEAR, False),
        ({"headache": "I don't know", "migraine": "5"}, FEW_MIGRAINE, False),
        ({"months": "I don't know"}, UNCLEAR, False),
    ],
    ids=str,
)
def test_every_outcome_at_its_limits(check, answers, outcome, near):
    told = check(**answers)[0]
    assert told.startswith(outcome)
    assert (NEAR in told) is near


@pytest.mark.parametrize("answer", ["no", "im 16", "17", "not yet, nearly 18", "no i'm still at school"])
def test_under_18_ends_the_check_kindly(talk, answer):
    (told,) = talk("am i a candidate", answer)
    assert told.startswith(UNDER_18)
    assert "doctor" in told
    assert talk("does it hurt?")[0].startswith("Most people describe")


def test_nothing_said_sounds_like_a_verdict(check):
    for answers in ({}, {"diagnosed": "no"}, {"headache": "4", "migraine": "2"}):
        said = " ".join(check(**answers)).lower()
        for word in ("qualify", "eligible", "candidate", "congratulations", "score", "%"):
            assert word not in said


# ---- how it begins


@pytest.mark.parametrize("opening", ["do i qualify", "Check if it could be for me", "could botox be something for me?"])
def test_it_begins_on_request_and_from_a_button(talk, opening):
    intro, question = talk(opening)
    assert "Only a healthcare professional can" in intro
    assert question == ADULT


def test_the_button_that_begins_it_stands_under_the_answer_on_who_it_is_for(say):
    (answer,) = say("who is botox for")
    assert "Check if it could be for me" in dict(answer.buttons)


def test_everything_in_one_go_asks_only_what_is_missing(talk):
    assert talk("18 headaches a month, 10 of them migraine, for 6 months")[-1] == ADULT
    assert talk("yes")[-1].startswith(DIAGNOSED)
    (summary,) = talk("yes")
    assert "headache days a month: 18; migraine days among them: 10; for how long: 6 months" in summary
    assert talk("yes")[0].startswith(MATCH_DIAGNOSED)


def test_an_opening_with_age_and_diagnosis_leaves_little_to_ask(talk):
    opening = "im 42, diagnosed with chronic migraine, 20 headache days a month, 12 migraine, do i qualify?"
    assert talk(opening)[-1].startswith(DURATION)
    assert talk("two years")[-1].startswith(SUMMARY)


def test_a_part_of_it_told_at_the_start_is_not_asked_again(talk):
    assert talk("do i qualify with 20 headache days a month")[-1] == ADULT
    assert talk("yes", "no")[-1].startswith(MIGRAINE)


# ---- mid-way


def test_a_question_in_between_is_answered_and_the_check_goes_on(talk):
    answer, question = talk("do i qualify", "yes", "does it hurt?")
    assert answer.startswith("Most people describe small, quick pinpricks")
    assert question.startswith(DIAGNOSED)
    assert talk("yes")[-1].startswith(HEADACHE)


def test_what_is_out_of_scope_does_not_end_the_check(talk):
    assert talk("do i qualify", "yes", "what is the weather like tomorrow")[-1].startswith(DIAGNOSED)


@pytest.mark.parametrize("small_talk", ["thank you", "hello", "are you a real person?", "do you store what i type"])
def test_small_talk_in_between_is_answered_and_the_check_goes_on(talk, small_talk):
    assert talk("do i qualify", "yes", "yes", small_talk)[-1].startswith(HEADACHE)


def test_why_do_you_ask_is_explained_for_each_question(talk):
    asked = ["do i qualify", "yes", "yes", "20", "10", "6 months"]
    explanations = set()
    for turn in asked:
        talk(turn)
        explanation, question = talk("why do you ask?")
        explanations.add(explanation)
        assert explanation.startswith("Because")
        assert question
    assert len(explanations) == len(asked)


def test_i_dont_know_is_unknown_at_once_with_a_word_about_a_diary(talk):
    word, question = talk("do i qualify", "yes", "yes", "I don't know")
    assert "diary" in word
    assert question.startswith(MIGRAINE)


def test_what_is_vague_is_asked_once_more_with_an_example_then_taken_as_unknown(talk):
    example, question = talk("do i qualify", "yes", "yes", "a lot")
    assert "every other day" in example
    assert question.startswith(HEADACHE)
    word, question = talk("most days really")
    assert "diary" in word
    assert question.startswith(MIGRAINE)


@pytest.mark.parametrize("impossible", ["40", "-3", "a million", "8 days a week"])
def test_the_impossible_is_asked_again_with_the_reason(talk, impossible):
    reason, question = talk("do i qualify", "yes", "yes", impossible)
    assert "from 0 to 31" in reason
    assert question.startswith(HEADACHE)
    assert talk("20")[-1].startswith(MIGRAINE)


def test_an_impossible_length_of_time_is_asked_again(talk):
    reason, question = talk("do i qualify", "yes", "yes", "20", "10", "300 years")
    assert "length of time" in reason
    assert question.startswith(DURATION)


def test_sorry_i_meant_corrects_the_answer_before(talk):
    changed, question = talk("do i qualify", "yes", "yes", "20", "sorry, I meant 12")
    assert "changed" in changed
    assert question.startswith(MIGRAINE)
    assert "headache days a month: 12; migraine days among them: 5" in talk("5", "6 months")[-1]


def test_an_answer_can_be_corrected_by_its_name_from_anywhere(talk):
    talk("do i qualify", "yes", "yes", "20", "10")
    assert talk("actually 18 headache days")[-1].startswith(DURATION)
    assert "headache days a month: 18" in talk("a year")[-1]


def test_back_asks_the_question_before_again(talk):
    assert talk("do i qualify", "yes", "yes", "20", "go back")[-1].startswith(HEADACHE)
    assert talk("16")[-1].startswith(MIGRAINE)
    assert talk("back")[-1].startswith(HEADACHE)


def test_back_at_the_first_question_stays_there(talk):
    assert talk("do i qualify", "go back") == ["This is the first question.", ADULT]


def test_stop_ends_it_and_continue_takes_it_up_again(talk):
    (stopped,) = talk("do i qualify", "yes", "yes", "20", "stop")
    assert "healthcare professional" in stopped
    assert talk("side effects")[0].startswith("Most side effects")
    going_on, question = talk("continue the check")
    assert going_on == "All right, let's go on where we were."
    assert question.startswith(MIGRAINE)


def test_after_stop_a_new_check_begins_from_nothing(talk):
    talk("do i qualify", "yes", "yes", "20", "stop")
    assert talk("do i qualify", "yes")[-1].startswith(DIAGNOSED)
    assert talk("no")[-1].startswith(HEADACHE)


def test_more_migraine_days_than_headache_days_are_asked_again_together(talk):
    (together,) = talk("do i qualify", "yes", "yes", "10", "15")
    assert together.startswith(BOTH)
    assert talk("16, and 9 of them migraine")[-1].startswith(DURATION)
    assert "headache days a month: 16; migraine days among them: 9" in talk("a year")[-1]


def test_half_of_them_is_understood(talk):
    talk("do i qualify", "yes", "yes", "20", "half of them")
    assert "migraine days among them: 10" in talk("a year")[-1]


def test_all_three_numbers_mid_way_fill_their_places(talk):
    talk("do i qualify", "yes", "yes")
    (summary,) = talk("6 months now, 9 migraines and 17 headaches in all each month")
    assert "headache days a month: 17; migraine days among them: 9; for how long: 6 months" in summary


def test_a_red_flag_ends_it_at_once(talk):
    told = talk("do i qualify", "yes", "my face just went numb on one side and i cant speak properly")
    assert "911" in told[0]
    assert ADULT not in " ".join(told)
    assert talk("yes")[0].startswith("Please still call")


def test_after_a_red_flag_the_answers_count_only_if_asked_for(talk):
    talk("do i qualify", "yes", "yes", "20", "i want to kill myself")
    asked = talk("do i qualify")[-1]
    assert asked.startswith("You told me something that matters more than my answer.")
    assert asked.endswith(ADULT)
    assert talk("yes", "yes")[-1].startswith(HEADACHE)


def test_starting_over_keeps_nothing_of_the_first_run(talk):
    talk("do i qualify", "yes", "yes", "20", "10", "6 months", "yes")
    assert "start again" in talk("start over")[0]
    assert talk("make a summary for my visit")[0].startswith("There is nothing to sum up yet")
    assert talk("do i qualify")[-1] == ADULT
    assert talk("yes", "no")[-1].startswith(HEADACHE)


def test_a_second_check_keeps_nothing_of_the_first(talk, check):
    check()
    assert talk("do the check again")[-1] == ADULT
    assert talk("yes", "yes")[-1].startswith(HEADACHE)


# ---- the summary to confirm


def test_the_summary_is_one_line_and_can_be_corrected(talk):
    (summary,) = talk("do i qualify", "yes", "no", "20", "10", "2 years")
    assert summary == (
        "This is what I understood: 18 or older; chronic migraine diagnosed: no; headache days a month: 20; "
        "migraine days among them: 10; for how long: 2 years. Is that right?"
    )
    assert talk("no")[0] == "Which answer shall I change?"
    assert talk("Migraine days")[-1].startswith(MIGRAINE)
    assert "migraine days among them: 9" in talk("9")[-1]


@pytest.mark.parametrize(
    ("button", "question"),
    [("Age", ADULT), ("Diagnosis", DIAGNOSED), ("Headache days", HEADACHE), ("How long", DURATION)],
)
def test_each_answer_can_be_changed_by_its_button(talk, button, question):
    talk("do i qualify", "yes", "no", "20", "10", "2 years", "no")
    assert talk(button)[-1].startswith(question)


def test_a_correction_in_words_changes_the_summary(talk):
    talk("do i qualify", "yes", "yes", "20", "10", "6 months")
    changed, summary = talk("no, it's 9 migraine days")
    assert "changed" in changed
    assert "migraine days among them: 9" in summary


def test_a_correction_that_contradicts_is_asked_again_together(talk):
    talk("do i qualify", "yes", "yes", "20", "10", "6 months")
    assert talk("no, 25 migraine days")[-1].startswith(BOTH)


# ---- after it


def test_a_summary_for_the_visit_can_be_copied(talk, check):
    check(headache="about 18", migraine="I don't know", months="2 years")
    (summary,) = talk("Make a summary for my visit")
    assert "Headache days a month: you said about 18. The pattern: 15 or more." in summary
    assert "Migraine days among them: you said not sure." in summary
    assert "not a diagnosis" in summary


def test_what_would_change_the_picture_is_told(talk, check):
    check()
    assert talk("What would change this?")[0].startswith("The picture can change when")


def test_without_a_check_there_is_nothing_to_sum_up(talk):
    assert talk("make a summary for my visit")[0].startswith("There is nothing to sum up yet")


# ---- trouble


def test_strange_input_mid_way_breaks_nothing(talk):
    talk("do i qualify", "yes", "yes")
    for strange in ("", "🤕🤕", "<b>20</b>" * 3, "' OR 1=1; --", "9" * 400, "/greet{}", "½½½"):
        assert "something went wrong" not in " ".join(talk(strange))
    assert talk("stop")[0].startswith("All right, we stop here")


def test_when_the_action_server_is_down_it_says_so_and_keeps_the_answers(model, tmp_path):
    from cli import environment, servers
    from cli.client import Conversation

    actions_port = servers.free_port()
    with servers.running(servers.HOST, servers.free_port(), actions_port, tmp_path, trained=model) as running:
        conversation = Conversation(running.address)
        for turn in ("do i qualify", "yes", "yes", "20"):
            conversation.say(turn)
        running.processes["actions"].terminate()
        running.processes["actions"].wait()
        assert "something went wrong on my side" in conversation.say("10")[0].text
        revived = environment.start(
            "rasa_sdk", "--actions", "actions", "--port", str(actions_port), "--quiet",
            log=tmp_path / "revived.log", SANIC_HOST=servers.HOST,
        )  # fmt: skip
        try:
            while not servers.answers(f"http://{servers.HOST}:{actions_port}/health"):
                assert revived.poll() is None
                time.sleep(0.1)
            assert conversation.say("10")[-1].text.startswith(DURATION)
            assert "headache days a month: 20" in conversation.say("a year")[-1].text
        finally:
            revived.terminate()
            revived.wait()
