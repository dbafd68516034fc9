"""Turns are timed with the real servers, and the tables say what was timed. That it is fast is not tested."""

import itertools
import shutil

import pytest

from bench import speed
from bench.report import table_text
from bench.speed import bots, talk
from bench.speed.bots import Bot, Served
from bench.speed.talk import CHECK, FALLBACK, FAQ, SESSION, Took
from cli import servers


def test_a_session_holds_questions_the_check_and_what_is_not_understood(address):
    took = talk.over_http(address, 1)
    assert [turn.kind for turn in took] == [kind for kind, _ in SESSION]
    assert {turn.kind for turn in took} == {FAQ, CHECK, FALLBACK}
    assert all(0 < turn.seconds < 60 for turn in took)


def test_the_check_of_a_session_is_the_whole_check(say):
    replies = [say(text) for kind, text in SESSION if kind == CHECK]
    assert "five short questions" in replies[0][0].text
    assert any("headache days a month: about 18; migraine days among them: 10" in reply.text for reply in replies[-1])


def test_what_is_not_understood_gets_no_answer(say):
    replies = [say(text) for kind, text in SESSION if kind == FALLBACK]
    assert not any(reply.sources or reply.urgency for answer in replies for reply in answer)


def test_a_long_conversation_goes_on_after_a_session(address):
    turns = itertools.islice(talk.long_conversation(address), len(SESSION) + 2)
    assert [turn.kind for turn in turns] == [kind for kind, _ in (*SESSION, *SESSION[:2])]


@pytest.mark.parametrize(("share", "value"), [(0.5, 51), (0.95, 96), (0.99, 100), (1.0, 100)])
def test_a_percentile_is_a_value_that_was_measured(share, value):
    assert talk.percentile(list(range(100, 0, -1)), share) == value


def test_the_bots_hold_the_same_content(tmp_path):
    one, other = bots.ours(tmp_path / "one"), bots.default(tmp_path / "other")
    for place in ("data/faq/does_it_hurt.yml", "data/rules.yml", "domain.yml"):
        assert (one.folder / place).read_bytes() == (other.folder / place).read_bytes()
    assert "components." not in (other.folder / "config.yml").read_text()
    assert other.folder.joinpath("config.yml").read_text().split("pipeline:")[1].lstrip().startswith("#")


def test_a_hurried_default_has_rasas_own_components(tmp_path):
    hurried = bots.default(tmp_path / "other", epochs=2)
    config = (hurried.folder / "config.yml").read_text()
    for name in ("DIETClassifier", "ResponseSelector", "TEDPolicy", "UnexpecTEDIntentPolicy"):
        assert f"name: {name}\n  epochs: 2" in config or f"name: {name}\n  max_history: 5\n  epochs: 2" in config


def test_a_quick_default_has_no_policies_that_learn(tmp_path):
    quick = bots.default(tmp_path / "other", epochs=1, policies=False)
    config = (quick.folder / "config.yml").read_text()
    assert "DIETClassifier" in config
    assert "RulePolicy" in config
    assert "TED" not in config


def test_the_assistant_is_measured_as_people_run_it(model, tmp_path):
    """Starting it, memory, sessions over HTTP and in process: what the tables are made of."""
    bot = bots.ours(tmp_path / "ours")
    (bot.folder / "models").mkdir()
    shutil.copy(model, bot.folder / "models" / model.name)
    with bot.served(talk.FIRST) as served:
        assert set(served.memory()) == {"starter", "Rasa server", "action server"}
        rounds = {bots.OURS: [talk.over_http(served.address, 1)], bots.DEFAULT: [speed._inside(served, 1)]}
    assert [len(held) for each in rounds.values() for held in each] == [len(SESSION)] * 2
    pair = [Served(_named(bot, name), served.address, {}, 1.0).bot for name in rounds]
    table = speed._message_table("http", "A message", pair, speed.QUICK, rounds)
    assert [row[0] for row in table.rows] == [FAQ, FAQ, CHECK, CHECK, FALLBACK, FALLBACK, "all", "all"]
    assert table_text(table)


def test_twice_as_long_is_twice_as_long():
    def rounds(seconds):
        return [[Took(FAQ, seconds), Took(CHECK, seconds), Took(FALLBACK, seconds)] for _ in range(3)]

    table = speed._message_table(
        "http", "A message", [_named(None, bots.OURS), _named(None, bots.DEFAULT)], speed.FULL,
        {bots.OURS: rounds(0.01), bots.DEFAULT: rounds(0.02)},
    )  # fmt: skip
    assert table.rows[0][2:] == ((10.0, 10.0, 10.0), (10.0, 10.0, 10.0), (10.0, 10.0, 10.0), 2.0)
    assert table.rows[1][-1] is None


def test_a_bot_that_cannot_start_says_why(tmp_path):
    broken = Bot("broken", tmp_path, (), {"rasa": ("no_such_module",)}, servers.free_port())
    with pytest.raises(bots.Problem, match=r"broken does not start.*no_such_module"), broken.served("hello"):
        pass


def _named(bot, name):
    return Bot(name, bot.folder if bot else None, (), {}, 0)
