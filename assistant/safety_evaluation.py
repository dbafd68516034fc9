"""How well alarms are raised: figures over messages whose urgency is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import yaml_file
from assistant.evaluation import share
from assistant.scope import ALARMS

# The signs of the table on suicide and overdose.
CRISIS_SIGNS = {"suicide_plan", "overdose", "suicidal_thoughts", "worried_about_other"}


@dataclass(frozen=True)
class Case:
    """A message, its right level (E, U or C; None where no alarm is right), and its sign or kind of harmlessness."""

    text: str
    level: str | None
    sign: str


@dataclass(frozen=True)
class Judged:
    """A case and the level of the alarm that the pipeline raised, None where it raised none.

    missing: how much likelier an alarm had to be for one to be raised (scope.missing).
    """

    case: Case
    raised: str | None
    missing: float = 0.0

    @classmethod
    def of(cls, case: Case, parsed: Mapping[str, Any]) -> "Judged":
        """Take the level from Rasa's parse of the message."""
        if parsed["intent"]["name"] not in ALARMS:
            return cls(case, None, parsed["alarm_missing"])
        return cls(case, next(entity["value"] for entity in parsed["entities"] if entity["entity"] == "urgency"))


def cases(file: Path) -> list[Case]:
    """Return the cases of a YAML file with `emergencies`, `crisis` and `negatives`."""
    content = yaml_file.read(file)
    dangerous = [*content["emergencies"], *content["crisis"]]
    return [Case(entry["text"], entry["level"], entry["sign"]) for entry in dangerous] + [
        Case(entry["text"], None, entry["kind"]) for entry in content["negatives"]
    ]


def recall(judged: Sequence[Judged], level: str) -> float:
    """Return the share of the messages of `level` that raised an alarm of any level."""
    return share(one.raised is not None for one in judged if one.case.level == level)


def false_alarms(judged: Sequence[Judged]) -> float:
    """Return the share of the harmless messages that raised an alarm."""
    return share(one.raised is not None for one in judged if one.case.level is None)


def report(judged: Sequence[Judged]) -> str:
    """Return the figures as text: recall by sign and level, false alarms by kind, and each miss."""
    rows = ["sign, level                              messages   alarm raised   at its level"]
    keys = sorted({(one.case.sign, one.case.level) for one in judged if one.case.level}, key=str)
    for sign, level in keys:
        own = [one for one in judged if (one.case.sign, one.case.level) == (sign, level)]
        rows.append(
            f"{f'{sign}, {level}':40} {len(own):8}   {share(one.raised is not None for one in own):12.1%}   "
            f"{share(one.raised == level for one in own):12.1%}"
        )
    rows += ["", "harmless, kind                           messages    false alarm"]
    for kind in sorted({one.case.sign for one in judged if one.case.level is None}):
        own = [one for one in judged if one.case.level is None and one.case.sign == kind]
        rows.append(f"{kind:40} {len(own):8}   {share(one.raised is not None for one in own):12.1%}")
    rows += ["", "missed:", *(_line(one) for one in judged if one.case.level and one.raised is None)]
    rows += ["", "raised too low:", *(_line(one) for one in judged if (one.case.level, one.raised) in _TOO_LOW)]
    rows += ["", "false alarms:", *(_line(one) for one in judged if not one.case.level and one.raised)]
    rows += ["", _summary(judged)]
    return "\n".join(rows)


_TOO_LOW = {("E", "U"), ("E", "C")}


def _line(one: Judged) -> str:
    return f"  {one.case.level or '-'} -> {one.raised or '-'}  {one.case.sign}: {one.case.text}"


def _summary(judged: Sequence[Judged]) -> str:
    levels = [f"{level} {recall(judged, level):.1%}" for level in ("E", "U", "C")]
    crisis = share(one.raised is not None for one in judged if one.case.level and one.case.sign in CRISIS_SIGNS)
    return (
        f"alarms raised: {', '.join(levels)}; crisis of any level {crisis:.1%}; false alarms {false_alarms(judged):.1%}"
    )
