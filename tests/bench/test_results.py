"""The stored figures: nothing is lost, and a part that is measured again replaces its own tables only."""

import pytest

from bench import results
from bench.results import Column, Plot, Run, Table
from cli.problem import Problem

RUN = Run("python -m bench speed", "2026-11-24 10:00 UTC", "a machine", 0.4)


def table(name, figure=1.0):
    columns = (Column("what"), Column("time", ".1f", " s"))
    return Table(
        name, f"About {name}", columns, (("ours", figure), ("theirs", (2.0, 1.0, 3.0)), ("none", None)), "Once."
    )


def names(file, part):
    return [measured.table.name for measured in results.load(file)[part]]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "docs/benchmarks.json"


def test_what_was_stored_is_read_again(file):
    columns, rows = (Column("n"), Column("ms", ".0f")), ((1, 2.5), (2, 3.5))
    whole = Table("growth", "Growth", columns, rows, "Once.", ("A note.",), Plot("n", ("ms",)))
    results.put(file, "speed", RUN, whole)
    results.put(file, "speed", RUN, table("start"))
    assert [measured.table for measured in results.load(file)["speed"]] == [whole, table("start")]
    assert results.load(file)["speed"][0].run == RUN


def test_a_table_measured_again_replaces_the_old_one(file):
    for figure in (1.0, 5.0):
        results.put(file, "speed", RUN, table("start", figure))
    assert [measured.table.rows[0] for measured in results.load(file)["speed"]] == [("ours", 5.0)]


def test_a_part_measured_again_leaves_the_others_alone(file):
    for part, name in (("quality", "dev"), ("speed", "start"), ("speed", "gone")):
        results.put(file, part, RUN, table(name))
    results.put(file, "speed", RUN, table("growth"))
    results.keep(file, "speed", ["growth", "start"])
    assert names(file, "quality") == ["dev"]
    assert names(file, "speed") == ["growth", "start"]


def test_a_damaged_file_is_a_problem_that_says_what_to_do(file):
    results.put(file, "speed", RUN, table("start"))
    file.write_text(file.read_text().replace('"date"', '"day"'))
    with pytest.raises(Problem, match="version control"):
        results.load(file)


def test_a_row_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="2 cells"):
        Table("start", "Start", (Column("what"), Column("time")), (("ours",),), "Once.")


def test_a_plot_of_a_column_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="memory"):
        Table("start", "Start", (Column("what"),), (), "Once.", plot=Plot("what", ("memory",)))
