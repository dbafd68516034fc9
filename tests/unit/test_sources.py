from assistant.sources import Source, added, load


def test_a_source_has_a_title_and_maybe_an_address_and_a_warning(tmp_path):
    file = tmp_path / "sources.yml"
    file.write_text('nice:\n  title: "NICE"\n  url: https://nice.example\n  recheck: true\nbook:\n  title: "Book"\n')
    assert load(file) == {
        "nice": Source("nice", "NICE", "https://nice.example", True),
        "book": Source("book", "Book", None, False),
    }


def test_a_source_is_added_at_the_end_and_the_rest_stays_to_the_letter(tmp_path):
    before = 'nice:\n  title: "NICE"  # England\n'
    ours, book = Source("ours", 'Our "leaflet": é', "https://x.example", False), Source("book", "Book", None, False)
    after = added(added(before, ours), book)
    assert after.startswith(before)
    (tmp_path / "sources.yml").write_text(after, encoding="utf-8")
    assert list(load(tmp_path / "sources.yml").values())[1:] == [ours, book]
