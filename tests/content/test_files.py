"""Every file in data/faq can be read as a topic; if one cannot, this says why."""

import pytest

from assistant import faq
from tests.content.conftest import FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_can_be_read_as_a_topic(file):
    try:
        faq.read(file)
    except faq.FaqError as error:
        pytest.fail(str(error), pytrace=False)
