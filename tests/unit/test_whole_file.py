import pytest

from assistant import whole_file


def test_what_is_written_takes_the_files_place(tmp_path):
    file = tmp_path / "new folder" / "kept.txt"
    for text in ("first", "second"):
        with whole_file.written(file) as made:
            made.write_text(text)
        assert file.read_text() == text
    assert list(file.parent.iterdir()) == [file]


def test_a_failure_leaves_what_was_there_and_nothing_else(tmp_path):
    file = tmp_path / "kept.txt"
    file.write_text("before")

    def write():
        with whole_file.written(file) as made:
            made.write_text("half")
            made.with_name("missing").read_text()

    with pytest.raises(FileNotFoundError):
        write()
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]
