import pytest

from assistant.evaluation import Answered, f1, macro_f1, questions, report, top


def _answered(label, *ranking, intent=None, sure=0.9):
    return Answered(label, f"a question of {label}", intent or ranking[0], ranking, sure)


SOME = [
    _answered("a", "a", "b", "c"),
    _answered("a", "b", "a", "c", intent="nlu_fallback", sure=0.3),
    _answered("b", "b", "a", "c"),
    _answered("b", "c", "d", "e", intent="out_of_scope", sure=0.05),
]


def test_top_counts_questions_whose_label_is_among_the_first():
    assert top(SOME, 1) == 0.5
    assert top(SOME, 3) == 0.75


def test_f1_is_the_harmonic_mean_of_precision_and_recall():
    assert f1("a", SOME) == pytest.approx(2 * 1 / (2 + 1))
    assert f1("c", SOME) == 0
    assert macro_f1(SOME) == pytest.approx((2 / 3 + 2 / 4) / 2)


def test_questions_are_read_by_label(tmp_path):
    (tmp_path / "dev.yml").write_text("a:\n- one\n- two\nb:\n- three\n")
    assert questions(tmp_path / "dev.yml") == [("a", "one"), ("a", "two"), ("b", "three")]


def test_what_rasa_parsed_is_taken_over():
    parsed = {
        "intent": {"name": "faq", "confidence": 0.8},
        "intent_ranking": [{"name": "faq/x", "confidence": 0.8}, {"name": "greet", "confidence": 0.1}],
        "nearness": 0.5,
    }
    assert Answered.of("faq/x", "q", parsed) == Answered("faq/x", "q", "faq", ("faq/x", "greet"), 0.4)


def test_the_report_names_the_figures_the_confusions_and_the_curve():
    text = report([*SOME, _answered("out_of_scope", "out_of_scope"), _answered("out_of_scope", "a")])
    assert "in scope       4 questions: top 1 50.0%, top 3 75.0%" in text
    assert "refused 25.0%, asked back 25.0%, wrong among answered 0.0%" in text
    assert "out of scope   2 questions: refused 50.0%" in text
    assert "1: a -> b" in text
    assert "     0.30                  50.0%" in text
