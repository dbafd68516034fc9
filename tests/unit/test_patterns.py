import pytest

from assistant.patterns import Pattern, Vocabulary

FAMILIES = {"limb": ["arm+", "leg"], "numb": ["numb", "no feeling"], "old": ["age 50..119"], "hot": ["38.0..42"]}


def matches(pattern, words, breaks=None):
    parsed = Pattern.parse(pattern)
    words = words.split()
    found = Vocabulary(FAMILIES, [parsed]).find(words)
    return [words[start:end] for start, end in parsed.matches(found, breaks or [0] * (len(words) + 1))]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("@limb & @numb", "my arm is numb"),
        ("@limb & @numb", "numb in both arms"),
        ("@limb & @numb", "no feeling in the leg"),
        ("@limb > @numb", "arm and hand numb"),
        ("face|@limb & @numb", "numb face"),
        ("pass+_out", "he passed out"),
        ("@old && ache", "age 63 and so on and so forth and on and on it goes with an ache"),
        ("@hot", "fever 39.5"),
        ("@limb - @numb", "my arm"),
    ],
)
def test_a_pattern_finds_what_it_describes(pattern, message):
    assert matches(pattern, message)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("@limb & @numb", "my arm is fine and we had a very long talk about how numb things are"),
        ("@limb > @numb", "numb arm"),
        ("@limb > @numb", "arm one two three four numb"),
        ("@old", "age 12"),
        ("@hot", "fever 39"),
        ("@limb - @numb", "my numb arm"),
        ("numb & numb", "numb"),
    ],
)
def test_a_pattern_passes_over_the_rest(pattern, message):
    assert not matches(pattern, message)


def test_what_follows_each_other_does_so_within_one_clause():
    assert matches("@limb > @numb", "arm numb", [0, 0, 0])
    assert not matches("@limb > @numb", "arm numb", [0, 1, 1])


def test_a_match_spans_its_first_group():
    assert matches("@limb & @numb", "so my arm is numb today") == [["arm", "is", "numb"]]


@pytest.mark.parametrize("text", ["", "@limb & ", "a > > b"])
def test_a_pattern_that_says_nothing_is_refused(text):
    with pytest.raises(ValueError, match="empty place"):
        Pattern.parse(text)


def test_a_family_that_is_missing_is_named():
    with pytest.raises(ValueError, match="@nothing"):
        Vocabulary(FAMILIES, [Pattern.parse("@nothing")])
