"""Find where a text states the founding rule with other numbers than the rule has (eligibility.yml)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.eligibility import Limit, limits

_WORDS = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
]
_NUMBER = rf"(?P<number>\d+|{'|'.join(_WORDS)})"
_BEFORE = (
    r"(?:(?P<before>at least|a minimum of|no fewer than|more than|over|longer than|fewer than|less than|under|below"
    r"|at most|up to|≥|≤|>=|<=|>|<)\s*)?"
)
_AFTER = r"(?:\s*(?P<after>\+|or (?:more|longer|above)|and (?:more|over)|or (?:fewer|less)))?"
_AMOUNT = rf"{_BEFORE}\b{_NUMBER}{_AFTER}"
# "14 headache days or more"
_LATER = r"(?P<later> or (?:more|fewer|less))?"
_PER_MONTH = r"days? (?:a|per|each|every|in a|of the) month"
# "15 headache tablets" is none of it.
_NO_MEDICINE = r"(?!\s*(?:tablets?|pills?|medicines?|drugs?|relief))"
_HEADACHE = (
    rf"{_AMOUNT}\s+headache[- ]days?{_LATER}",
    rf"{_AMOUNT}\s+days? (?:of|with) (?:an? )?headaches?{_NO_MEDICINE}",
    rf"{_AMOUNT}\s+{_PER_MONTH} (?:of|with) (?:an? )?headaches?{_NO_MEDICINE}",
    rf"headaches?,? (?:(?:on|for) )?(?:about )?{_AMOUNT}\s+{_PER_MONTH}",
)
_MIGRAINE = (
    rf"{_AMOUNT}\s+migraine[- ]days?{_LATER}",
    rf"{_AMOUNT}\s+days? (?:of|with) (?:an? )?migraines?{_NO_MEDICINE}",
    rf"{_AMOUNT}\s+of (?:those|these|them)(?: days)?\b(?=.*\bmigraine)",
    rf"migraines?,? (?:(?:on|for) )?(?:about )?{_AMOUNT}\s+{_PER_MONTH}",
)
_DURATION = (rf"{_AMOUNT}\s+months?\b",)
# A sentence that tells of a trial or of somebody, and lays down no rule: "started with about 20 headache days a month".
_TOLD = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|reviews?|started|average|fell|for (?:example|instance)|about|around|say)\b", re.I
)
# A sentence that lays down a rule, also on how long it must have lasted.
_RULE = re.compile(
    r"\b(?:chronic|episodic|mean(?:s|t)?|defin\w+|criteri\w+|rule|must|needs?|requir\w+|have to|has to|counts? as"
    r"|qualif\w+|approved|licensed|offered|(?:is|for) (?:people|adults|those|someone))\b",
    re.I,
)
_MEDICINE = re.compile(
    r"\b(?:medicines?|tablets?|pills?|drugs?|triptans?|painkillers?|preventi?ves?|treatments?)\b", re.I
)
_HEADACHES_FOR = re.compile(r"\b(?:headaches?|migraines?)\b[^,;:]*\bfor\b", re.I)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\d)[^.!?\n]*)*")


@dataclass(frozen=True)
class Misstated:
    """A text says `said`, beginning at character `start`, where the rule has `rule`, such as "15 or more"."""

    said: str
    rule: str
    start: int


def misstated(text: str) -> list[Misstated]:
    """Return where `text` gives the rule's days or months otherwise than the rule does."""
    found: dict[int, Misstated] = {}
    # Whether the sentence before stated the days of the rule: "... This must go on for three months."
    ruling = False
    for sentence in _SENTENCE.finditer(text):
        days = [*_differing(sentence, _HEADACHE, "headache_days"), *_differing(sentence, _MIGRAINE, "migraine_days")]
        states_days = any(re.search(pattern, sentence[0], re.I) for pattern in (*_HEADACHE, *_MIGRAINE))
        is_rule, told = bool(_RULE.search(sentence[0])), bool(_TOLD.search(sentence[0]))
        found.update({one.start: one for one, is_limit in days if is_limit or is_rule or not told})
        if not _MEDICINE.search(sentence[0]):
            months = _differing(sentence, _DURATION, "duration_months")
            about_headaches = states_days or ruling or bool(_HEADACHES_FOR.search(sentence[0]))
            found.update(
                {one.start: one for one, _ in months if about_headaches and (is_rule or ruling or states_days)}
            )
        ruling = states_days and (is_rule or bool(days))
    return [found[start] for start in sorted(found)]


def _differing(sentence: re.Match[str], patterns: tuple[str, ...], name: str) -> Iterator[tuple[Misstated, bool]]:
    """Yield what differs from the limit `name`, and whether it was said as a limit ("or more")."""
    limit = limits()[name]
    for pattern in patterns:
        for match in re.finditer(pattern, sentence[0], re.I):
            how = _comparison(match)
            if not _agrees(limit, _value(match["number"]), how):
                first = match.start("before") if match["before"] else match.start("number")
                last = match.end("after") if match["after"] else match.end("number")
                yield Misstated(sentence[0][first:last], _rule(limit), sentence.start() + first), how != "is"


def _value(number: str) -> int:
    return int(number) if number.isdigit() else _WORDS.index(number.lower()) + 1


def _comparison(match: re.Match[str]) -> str:
    parts = match.groupdict()
    said = f"{parts['before'] or ''} {parts['after'] or ''} {parts.get('later') or ''}".lower()
    if re.search(r"fewer than|less than|under|below|<(?!=)", said) and "no fewer" not in said:
        return "below"
    if re.search(r"at most|up to|≤|<=|or (fewer|less)", said):
        return "at most"
    if re.search(r"more than|over|longer than|>(?!=)", said) and "and over" not in said:
        return "above"
    return "at least" if said.strip() else "is"


def _agrees(limit: Limit, value: int, how: str) -> bool:
    """Return whether the border so stated is the limit's: days are whole, so more than 14 is 15 or more."""
    if how == "is":
        return value == limit.number
    if limit.exclusive:
        return value == limit.number and how in {"above", "at most"}
    return value == limit.number - (how in {"above", "at most"})


def _rule(limit: Limit) -> str:
    return f"more than {limit.number:.0f}" if limit.exclusive else f"{limit.number:.0f} or more"
