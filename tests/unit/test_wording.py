import numpy as np

from assistant.wording import Wording

QUESTIONS = [
    "do the injections hurt",
    "how many injections",
    "do the injections help",
    "how much does it cost",
    "how much",
]


def test_a_question_has_one_row_of_unit_length_parts_and_words():
    wording = Wording.learn(QUESTIONS)
    features = wording.features(["do the injections hurt", "injections"])
    assert features.shape == (2, len(wording.words))
    assert "word:injections" in wording.words
    assert "part:ject" in wording.words


def test_a_misspelt_word_still_shares_parts_with_the_right_one():
    wording = Wording.learn(QUESTIONS)
    right, misspelt, other = wording.features(["injections", "injecsions", "cost"]).toarray()
    assert right @ misspelt > 0.3 > right @ other


def test_words_never_seen_have_no_features():
    assert Wording.learn(QUESTIONS).features(["zzz qqq"]).nnz == 0


def test_too_few_questions_leave_an_empty_vocabulary():
    wording = Wording.learn(["botox"])
    assert wording.words == ()
    assert wording.features(["botox", "x"]).shape == (2, 0)


def test_the_same_vocabulary_gives_the_same_features():
    learned = Wording.learn(QUESTIONS)
    again = Wording(learned.words, learned.rarity)
    np.testing.assert_array_equal(learned.features(QUESTIONS).toarray(), again.features(QUESTIONS).toarray())
