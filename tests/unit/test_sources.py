from assistant.sources import Source, load


def test_a_source_has_a_title_and_maybe_an_address_and_a_warning(tmp_path):
    file = tmp_path / "sources.yml"
    file.write_text('nice:\n  title: "NICE"\n  url: https://nice.example\n  recheck: true\nbook:\n  title: "Book"\n')
    assert load(file) == {
        "nice": Source("nice", "NICE", "https://nice.example", True),
        "book": Source("book", "Book", None, False),
    }
