import contextlib

import pytest

from assistant import faq, sources
from assistant.evaluation import questions as read_questions
from cli.paths import PROJECT

FILES = sorted((PROJECT / faq.FOLDER).glob("*.yml"))


def _readable():
    """Return the topics that can be read; test_files names the others."""
    topics = {}
    for file in FILES:
        with contextlib.suppress(faq.FaqError):
            topics[file.stem] = faq.read(file)
    return topics


TOPICS = _readable()
SOURCES = sources.load(PROJECT / sources.FILE)


def each_topic(function):
    """Run a test once for every file in data/faq."""
    return pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS.keys())(function)


@pytest.fixture(scope="session")
def development():
    """The development questions: (label, question)."""
    return read_questions(PROJECT / "tests/nlu/dev.yml")
