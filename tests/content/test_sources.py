import yaml

from assistant import clinic, eligibility
from cli.paths import PROJECT
from tests.content.conftest import SOURCES, TOPICS


def test_every_source_is_cited():
    cited = {source for topic in TOPICS.values() for source in topic.sources} | set(eligibility.sources())
    for country in yaml.safe_load((PROJECT / clinic.COUNTRIES).read_text()).values():
        cited |= set(country["sources"])
    assert set(SOURCES) - cited == set()


def test_every_source_has_a_title_of_its_own():
    titles = [source.title for source in SOURCES.values()]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_addresses_are_web_addresses():
    assert [
        source.id for source in SOURCES.values() if source.url and not source.url.startswith(("https://", "http://"))
    ] == []
