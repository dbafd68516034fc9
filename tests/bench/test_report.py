"""The report shows what is stored, and nothing else."""

import pytest

from bench import report, results
from bench.__main__ import main
from bench.results import Column, Measured, Plot, Run, Table

RUN = Run("python -m bench load", "2026-11-24 10:00 UTC", "two cores", 0.4)
TABLE = Table(
    "growth",
    "How it grows",
    (Column("what"), Column("topics"), Column("time", ".1f", " s"), Column("right", ".1%")),
    (("ours", 50, (1.25, 1.0, 1.5), 0.937), ("ours", 200, 3.0, None), ("theirs", 50, 20.0, 0.6)),
    "Five runs.",
    ("Topics are made up.",),
    Plot("topics", ("time",), by="what", log=True),
)


@pytest.fixture
def written(tmp_path):
    file = tmp_path / "benchmarks.md"
    report.write({"load": [Measured(RUN, TABLE)]}, file)
    return file


def test_a_table_shows_figures_in_their_form_with_their_spread():
    assert report.table_text(TABLE).splitlines()[2:] == [
        "| what   | topics |               time | right |",
        "| ------ | -----: | -----------------: | ----: |",
        "| ours   |     50 | 1.2 s (1.0 to 1.5) | 93.7% |",
        "| ours   |    200 |              3.0 s |     - |",
        "| theirs |     50 |             20.0 s | 60.0% |",
        "",
        "Topics are made up.",
    ]


def test_it_names_command_date_machine_and_spread(written):
    assert "`python -m bench load`, 2026-11-24 10:00 UTC. Five runs. two cores; load 0.4." in written.read_text()


def test_each_plot_it_shows_is_drawn(written):
    assert "(images/bench-load-growth.png)" in written.read_text()
    assert (written.parent / "images/bench-load-growth.png").stat().st_size > 5000


def test_names_are_drawn_as_bars(tmp_path):
    rows = (("ours", 3.0), ("theirs", 9.0))
    bars = Table("sizes", "Sizes", (Column("what"), Column("MB")), rows, "Once.", plot=Plot("what", ("MB",)))
    report.write({"speed": [Measured(RUN, bars)]}, tmp_path / "benchmarks.md")
    assert (tmp_path / "images/bench-speed-sizes.png").exists()


def test_the_committed_report_is_what_the_stored_figures_make_of_it():
    stored = results.load()
    assert results.FILE.with_suffix(".md").read_text() == report.text(stored)
    plots = {
        f"bench-{part}-{one.table.name}.png" for part, tables in stored.items() for one in tables if one.table.plot
    }
    assert {file.name for file in (results.FILE.parent / report.IMAGES).glob("bench-*.png")} == plots


def test_trouble_is_told_without_a_traceback(tmp_path, capsys):
    broken = tmp_path / "benchmarks.json"
    broken.write_text("{")
    assert main(["report", "--results", str(broken)]) == 1
    assert "damaged" in capsys.readouterr().err
