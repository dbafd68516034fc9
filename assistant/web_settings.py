"""The settings of the web channel, as they stand in credentials.yml."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from assistant.limits import Limits, LimitsError
from assistant.origins import Origins, OriginsError


class SettingsError(Exception):
    """A setting cannot be right; the message names it and says what to write instead."""


@dataclass(frozen=True)
class WebSettings:
    """All optional.

    allowed_origins: web sites that may use it beside its own page.
    limits: how much may be asked of it.
    proxies: how many of our own proxies are in front of it.
    patience: seconds to wait for an answer before saying that there is none.
    widget: the folder of the built widget.
    """

    allowed_origins: Origins = field(default_factory=Origins)
    limits: Limits = field(default_factory=Limits)
    proxies: int = 0
    patience: float = 8
    widget: Path = Path("widget/dist")

    @classmethod
    def load(cls, settings: Mapping[str, Any] | None) -> "WebSettings":
        """Return the settings, and the usual ones for what is not set.

        Raises:
            SettingsError: there is no such setting, or it cannot be right.
        """
        given = {} if settings is None else settings
        known = [each.name for each in fields(cls)]
        if not isinstance(given, Mapping):
            raise SettingsError(f"Each line is a setting, such as proxies: 0. They are: {', '.join(known)}.")
        for name in given:
            if name not in known:
                raise SettingsError(f"there is no setting {name}. They are: {', '.join(known)}.")
        usual = cls()
        proxies = given.get("proxies", usual.proxies)
        if type(proxies) is not int or proxies < 0:
            raise SettingsError(f"proxies is {proxies!r}. Write a whole number, 0 where there is none.")
        patience = given.get("patience", usual.patience)
        if type(patience) not in (int, float) or not 0 < patience <= 15:
            raise SettingsError(f"patience is {patience!r}. Write seconds, at most 15.")
        try:
            return cls(
                allowed_origins=Origins.load(given.get("allowed_origins")),
                limits=Limits.load(given.get("limits")),
                proxies=proxies,
                patience=patience,
                widget=Path(str(given.get("widget", usual.widget))),
            )
        except (OriginsError, LimitsError) as error:
            raise SettingsError(str(error)) from error
