import pytest

from assistant import clinic, sources
from assistant.clinic import Clinic, ClinicError
from cli.paths import PROJECT

COUNTRIES = ["US", "GB", "EU", None]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch):
    monkeypatch.chdir(PROJECT)


@pytest.fixture
def settings(tmp_path):
    def write(text):
        file = tmp_path / "clinic.yml"
        file.write_text(text, encoding="utf-8")
        return clinic.load(file)

    return write


def test_the_settings_we_ship_are_empty_and_a_missing_file_is_as_good(tmp_path):
    assert clinic.load() == clinic.load(tmp_path / "none.yml") == Clinic()


def test_what_a_clinic_writes_is_read(settings):
    written = settings(
        'name: "Riverside Headache Clinic"\nphone: "+44 20 7946 0000"\nhours: Monday to Friday, 9 to 5\n'
        "country: GB\nbooking: https://riverside.example/book\n"
    )
    assert written == Clinic(
        "Riverside Headache Clinic",
        "+44 20 7946 0000",
        "Monday to Friday, 9 to 5",
        "GB",
        "https://riverside.example/book",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("country: France", "Write one of US, GB, EU, or leave it empty"),
        ("phone: ask at the desk", "Write it as it is dialed"),
        ("phone: 5551234", "put the value of phone in quotes"),
        ("booking: www.riverside.example", "begins with https://"),
        ("booking: javascript:alert(1)", "begins with https://"),
        ("name: [a, b]", "put the value of name in quotes"),
        (
            "telephone: '123'",
            "there is no setting telephone. The settings are: name, phone, hours, country, booking, inbox_from",
        ),
        ("inbox_from: 1", "Write a whole number from 2 to 100"),
        ("inbox_from: 101", "Write a whole number from 2 to 100"),
        ("inbox_from: '3'", "without quotes"),
        ("inbox_from: yes", "Write a whole number"),
        ("just words", "each line is a setting"),
        ("name: 'a", "cannot be read"),
        (f"hours: {'a' * 121}", "at most 120 characters"),
        ('hours: "a\\nb"', "must be one line"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_with_what_to_do(settings, text, says):
    with pytest.raises(ClinicError) as refused:
        settings(text)
    assert says in str(refused.value)


def test_staff_see_questions_of_at_least_three_conversations_if_the_clinic_says_nothing(settings):
    assert settings("name: 'A'").inbox_from == settings("inbox_from:").inbox_from == 3
    assert settings("inbox_from: 5").inbox_from == 5


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_numbers_to_call_with_known_sources(country):
    numbers = clinic.numbers(country)
    assert numbers.emergency
    assert numbers.urgent
    assert numbers.crisis
    assert all(call.tel.isdigit() for call in (*numbers.emergency_calls, *numbers.crisis_calls, *numbers.urgent_calls))
    assert set(numbers.sources) <= set(sources.load(PROJECT / sources.FILE))


def test_without_a_country_all_emergency_numbers_are_shown():
    shown = clinic.numbers(None)
    assert [call.tel for call in shown.emergency_calls] == ["911", "999", "112"]
    assert all(number in shown.emergency for number in ("911", "999", "112"))
    assert "988" in shown.crisis
    assert "116 123" in shown.crisis


def test_the_settings_of_publishing_have_defaults_and_are_read(settings):
    assert (settings("").two_people, settings("").may_lose) == (False, clinic.MAY_LOSE)
    assert settings("two_people: yes").two_people
    assert not settings("two_people: no").two_people
    assert settings("may_lose: 0").may_lose == 0


@pytest.mark.parametrize(
    "text", ["two_people: maybe", "two_people: 2", "may_lose: 101", "may_lose: yes", "may_lose: a"]
)
def test_a_setting_of_publishing_that_cannot_be_right_is_refused(settings, text):
    with pytest.raises(ClinicError, match="without quotes"):
        settings(text)
