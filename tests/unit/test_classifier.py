import numpy as np
import pytest

from assistant.classifier import OUT_OF_SCOPE, QuestionClassifier, _weights, spoken
from assistant.encoder import SentenceEncoder

TAUGHT = {
    "faq/does_it_hurt": [
        "does it hurt?", "are the needles painful", "will the injections hurt a lot", "is there much pain",
        "scared of the needle", "how sore is it", "do people cry", "can i have numbing cream",
    ],
    "faq/cost_insurance": [
        "what does it cost", "is it expensive", "how much is one treatment", "price of the injections",
        "will insurance pay", "who pays for it", "can i afford this", "bill for the clinic",
    ],
    OUT_OF_SCOPE: [
        "what is the weather like", "tell me a joke", "who won the match", "recipe for pancakes",
        "when does the bus leave", "do you like music", "what is two plus two", "my dog is ill",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder()


@pytest.fixture(scope="module")
def classifier(encoder):
    return _train(encoder, TAUGHT)


def _train(encoder, taught):
    pairs = [(question, label) for label, questions in taught.items() for question in questions]
    questions, labels = [question for question, _ in pairs], [label for _, label in pairs]
    return QuestionClassifier.train(questions, encoder.encode(questions), labels, strength=40)


def _read(classifier, encoder, question):
    return classifier.read([question], encoder.encode([question]))[0]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("is the procedure painful", "faq/does_it_hurt"),
        ("whats the price of treatment", "faq/cost_insurance"),
        ("do you know a funny joke", OUT_OF_SCOPE),
    ],
)
def test_a_new_question_gets_the_label_it_is_closest_to(classifier, encoder, question, label):
    assert _read(classifier, encoder, question).ranking[0][0] == label


def test_the_ranking_holds_every_label_with_probabilities_that_add_up_to_one(classifier, encoder):
    ranking = _read(classifier, encoder, "is it painful").ranking
    probabilities = [probability for _, probability in ranking]
    assert {label for label, _ in ranking} == set(TAUGHT)
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) == pytest.approx(1)


def test_a_training_question_word_for_word_is_certain(classifier, encoder):
    assert _read(classifier, encoder, "DOES IT HURT").ranking[0] == ("faq/does_it_hurt", 1.0)


def test_nearness_counts_in_scope_questions_only(classifier, encoder):
    assert _read(classifier, encoder, "does it hurt?").nearness == pytest.approx(1, abs=1e-3)
    assert _read(classifier, encoder, "who won the match").nearness < 0.6


def test_two_labels_are_enough(encoder):
    taught = {label: TAUGHT[label] for label in list(TAUGHT)[:2]}
    classifier = _train(encoder, taught)
    assert _read(classifier, encoder, "is it painful").ranking[0][0] == "faq/does_it_hurt"
    assert _read(classifier, encoder, "how expensive").ranking[0][0] == "faq/cost_insurance"


def test_one_label_is_refused(encoder):
    with pytest.raises(ValueError, match="class"):
        _train(encoder, {"greet": ["hello", "hi there"]})


def test_a_saved_classifier_reads_the_same_after_loading(classifier, encoder, tmp_path):
    classifier.save(tmp_path / "classifier.npz")
    loaded = QuestionClassifier.load(tmp_path / "classifier.npz")
    for question in ["is it painful", "does it hurt?", "zzz"]:
        before, after = _read(classifier, encoder, question), _read(loaded, encoder, question)
        assert [label for label, _ in before.ranking] == [label for label, _ in after.ranking]
        np.testing.assert_allclose([p for _, p in before.ranking], [p for _, p in after.ranking], rtol=1e-6)
        assert before.nearness == after.nearness


def test_a_saved_classifier_holds_nothing_that_could_be_executed(classifier, tmp_path):
    file = tmp_path / "classifier.npz"
    classifier.save(file)
    with np.load(file, allow_pickle=False) as stored:
        assert {stored[name].dtype.kind for name in stored.files} <= {"U", "f", "i"}


def test_a_small_topic_counts_as_much_as_a_middling_one():
    labels = ["small"] * 10 + ["middling"] * 100 + ["large"] * 400
    assert _weights(labels) == {"small": 10.0, "middling": 1.0, "large": 1.0}


def test_the_name_of_a_label_is_one_more_example_but_no_question_word_for_word(encoder):
    taught = {**TAUGHT, "faq/parking_space": ["where do i leave the car"]}
    pairs = [(question, label) for label, questions in taught.items() for question in questions]
    questions, labels = zip(*pairs, strict=True)
    names = {"faq/parking_space": encoder.encode([spoken("faq/parking_space")])[0]}
    vectors = encoder.encode(questions)
    named = QuestionClassifier.train(questions, vectors, labels, 40, names)
    plain = QuestionClassifier.train(questions, vectors, labels, 40)
    ranking = _read(named, encoder, "is there a parking space").ranking
    assert (
        dict(ranking)["faq/parking_space"]
        > dict(_read(plain, encoder, "is there a parking space").ranking)["faq/parking_space"]
    )
    assert named.keys == plain.keys


def test_a_name_is_said_in_words():
    assert spoken("faq/side_effects") == "side effects"
    assert spoken("Refund_not_showing_up") == "refund not showing up"


def test_the_first_three_opinions_are_a_mean(classifier):
    assert classifier.weights[:-1].sum() == pytest.approx(1)
    assert (classifier.weights >= 0).all()
