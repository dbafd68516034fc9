import pytest

from assistant.origins import Origins, OriginsError

CLINIC = "https://www.clinic.example"


@pytest.fixture
def origins():
    return Origins.load([CLINIC, "http://localhost:8080"])


@pytest.mark.parametrize("origin", [CLINIC, "http://localhost:8080", "https://chat.example", "http://chat.example"])
def test_a_listed_site_and_the_pages_own_are_let_in(origins, origin):
    assert origins.accepts(origin, "chat.example")


def test_a_program_that_sends_no_origin_is_let_in(origins):
    assert origins.accepts(None, "chat.example")


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "file://",
        "http://www.clinic.example",
        "https://www.clinic.example:8443",
        "https://www.clinic.example.evil.example",
        "https://evil.example/https://www.clinic.example",
        "https://WWW.clinic.example",
        "https://clinic.example",
        "https://chat.example.evil.example",
        "https://user@chat.example",
        "chrome-extension://abc",
    ],
)
def test_any_other_site_is_not(origins, origin):
    assert not origins.accepts(origin, "chat.example")


def test_by_default_only_the_pages_own_is_let_in():
    assert Origins.load(None) == Origins.load([]) == Origins()
    assert not Origins().accepts(CLINIC, "chat.example")
    assert not Origins().accepts("https://", "")


@pytest.mark.parametrize("listed", [["*"], "*", 5, [5], ["https://a.example/"], ["https://*.a.example"], ["a.example"]])
def test_a_site_that_cannot_be_is_named_with_how_to_write_it(listed):
    with pytest.raises(OriginsError, match="Write each as browsers do"):
        Origins.load(listed)
