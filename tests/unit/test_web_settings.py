import pytest
import yaml

from assistant.limits import Limits
from assistant.origins import Origins
from assistant.web_settings import SettingsError, WebSettings
from cli.paths import PROJECT


def test_what_is_not_set_is_as_usual():
    assert WebSettings.load(None) == WebSettings.load({}) == WebSettings()
    assert WebSettings().allowed_origins == Origins()


def test_the_settings_as_they_come_are_the_usual_ones():
    settings = yaml.safe_load((PROJECT / "credentials.yml").read_text())["components.web_channel.WebChannel"]
    assert WebSettings.load(settings) == WebSettings()


def test_everything_can_be_set():
    settings = WebSettings.load(
        {
            "allowed_origins": ["https://a.example"], "limits": {"characters": 5}, "proxies": 2, "patience": 1.5,
            "widget": "somewhere",
        }
    )  # fmt: skip
    assert settings.allowed_origins.lists("https://a.example")
    assert settings.limits == Limits(characters=5)
    assert (settings.proxies, settings.patience, str(settings.widget)) == (2, 1.5, "somewhere")


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"allowed_origins": ["*"]}, r"allowed_origins: '\*' is not an origin"),
        ({"limits": {"speed": 1}}, "limits: there is no limit speed"),
        ({"colour": "blue"}, "there is no setting colour. They are: allowed_origins"),
        (["proxies"], "Each line is a setting"),
        ({"proxies": -1}, "proxies is -1. Write a whole number"),
        ({"proxies": True}, "proxies is True"),
        ({"patience": "long"}, "patience is 'long'. Write seconds"),
        ({"patience": 31}, "patience is 31. Write seconds, at most 15"),
    ],
)
def test_a_setting_that_cannot_be_is_named(settings, says):
    with pytest.raises(SettingsError, match=says):
        WebSettings.load(settings)
