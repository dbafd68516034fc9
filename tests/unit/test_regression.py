from assistant import regression
from assistant.classifier import OUT_OF_SCOPE
from assistant.evaluation import Answered
from assistant.regression import Readings
from assistant.safety_evaluation import Case, Judged
from assistant.scope import ASK_BACK


def asked(label, question, led_to=None):
    """A question of `label` that led to `led_to`, by default where it should."""
    led_to = led_to or label
    if led_to in {OUT_OF_SCOPE, ASK_BACK}:
        return Answered(label, question, led_to, (label,), 0.2)
    return Answered(label, question, led_to.split("/")[0], (led_to, label), 0.9)


def many(label, *led_to):
    return [asked(label, f"{label} {number}", to) for number, to in enumerate(led_to)]


def losses(before, now):
    return regression.losses(Readings.of(before, []), now)


RIGHT = many("faq/side_effects", *[None] * 20)


def test_a_model_that_answers_alike_has_lost_nothing():
    assert losses(RIGHT, RIGHT) == []


def test_each_loss_is_named_in_plain_words_the_greatest_first():
    led_to = ["faq/drive_home"] * 3 + [ASK_BACK] + [OUT_OF_SCOPE] * 2 + [None] * 14
    (loss,) = losses(RIGHT, many("faq/side_effects", *led_to))
    assert [sentence.partition(" (")[0] for sentence in loss.sentences()] == [
        "3 questions of side_effects now go to drive_home",
        "2 questions of side_effects now get no answer",
        "1 question of side_effects is not clear any more: the assistant asks what was meant",
    ]
    assert (loss.lost, loss.of) == (6, 20)


def test_a_loss_names_some_of_the_questions():
    (loss,) = losses(RIGHT, many("faq/side_effects", *["faq/x"] * 4, *[None] * 16))
    named = '"faq/side_effects 0", "faq/side_effects 1", "faq/side_effects 2", ...'
    assert loss.sentences() == [f"4 questions of side_effects now go to x ({named})"]


def test_an_ordinary_question_that_raises_an_alarm_is_said_as_that():
    (loss,) = losses(RIGHT, many("faq/side_effects", "emergency", *[None] * 19))
    assert loss.sentences() == ['1 question of side_effects now raises an alarm ("faq/side_effects 0")']


def test_a_question_that_is_refused_no_more_is_a_loss_of_what_no_topic_answers():
    before = many(OUT_OF_SCOPE, *[OUT_OF_SCOPE] * 4)
    (loss,) = losses(before, many(OUT_OF_SCOPE, "faq/drive_home", *[OUT_OF_SCOPE] * 3))
    assert [sentence.partition(" (")[0] for sentence in loss.sentences()] == [
        "1 question that no topic answers now goes to drive_home"
    ]


def test_what_was_wrong_before_is_no_loss_and_what_is_won_counts_against_it():
    before = many("faq/side_effects", "faq/x", "faq/x", *[None] * 18)
    assert losses(before, before) == []
    (loss,) = losses(before, many("faq/side_effects", None, "faq/x", "faq/y", "faq/y", *[None] * 16))
    assert loss.lost == 1
    assert losses(before, many("faq/side_effects", None, None, "faq/y", "faq/y", *[None] * 16)) == []


def test_a_loss_is_too_great_above_the_limit_only():
    (loss,) = losses(RIGHT, many("faq/side_effects", *["faq/x"] * 2, *[None] * 18))
    assert not loss.too_many(10)
    assert loss.too_many(9)
    (loss,) = losses(many("faq/a", None), many("faq/a", "faq/b"))
    assert loss.too_many(99)
    assert not loss.too_many(100)


DANGER = Case("my face went numb", "E", "stroke")
HARMLESS = Case("this headache is killing me", None, "figure of speech")


def test_a_danger_that_raises_no_alarm_any_more_is_found():
    before = Readings.of([], [Judged(DANGER, "E"), Judged(HARMLESS, "E")])
    assert regression.silenced(before, [Judged(DANGER, None), Judged(HARMLESS, None)]) == [Judged(DANGER, None)]
    assert regression.silenced(before, [Judged(DANGER, "U"), Judged(HARMLESS, None)]) == []


def test_a_danger_that_was_missed_before_is_no_loss():
    assert regression.silenced(Readings.of([], [Judged(DANGER, None)]), [Judged(DANGER, None)]) == []


def test_readings_are_kept_without_a_word_of_the_questions():
    readings = Readings.of(RIGHT, [Judged(DANGER, "E")])
    kept = readings.to_json()
    assert "numb" not in kept
    assert "side_effects 3" not in kept
    assert Readings.from_json(kept) == readings


def test_readings_of_another_set_do_not_do():
    readings = Readings.of(RIGHT, [Judged(DANGER, "E")])
    assert readings.covers(Readings.of(RIGHT[:5], []))
    assert not readings.covers(Readings.of([*RIGHT, asked("faq/x", "new")], []))
    assert not readings.covers(Readings.of([], [Judged(HARMLESS, None)]))


def test_the_figures_are_shares():
    answered = [*many("faq/a", None, None, ASK_BACK, "faq/b"), *many(OUT_OF_SCOPE, OUT_OF_SCOPE, "faq/a")]
    judged = [Judged(DANGER, "U"), Judged(DANGER, None), Judged(HARMLESS, None)]
    assert regression.figures(answered, judged) == {"right": 0.5, "refused": 0.5, "alarms": 0.5, "false_alarms": 0.0}
