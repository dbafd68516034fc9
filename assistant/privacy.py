"""Keep conversations no longer than they are needed, and out of them what tells who somebody is."""

import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

# Long enough to come back to a conversation the next morning.
KEPT_HOURS = 24
# How long what the staff dealt with is known again. It holds no words.
SETTLED_DAYS = 90
# Tables beside Rasa's (assistant/inbox_store.py).
INBOX = "faq_inbox"
SETTLED = "faq_inbox_settled"

_EMAIL = re.compile(r"[\w.%+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# "NHS no. 12345", "my MRN is A-12345": announced, so that fewer digits tell.
_ANNOUNCED = re.compile(
    r"\b((?:nhs|mrn|ssn|passport|policy|account|member(?:ship)?|medicare|insurance|patient id|case|reference|ref|id)"
    r"(?:\s+(?:number|no|id|is|nr)\b|\s*[#:.])*\s*)"
    r"(?=[\w-]*\d[\w-]*\d[\w-]*\d[\w-]*\d[\w-]*\d)[A-Za-z\d-]{5,24}",
    re.IGNORECASE,
)
# A passport, a member's number; a National Insurance number.
_LETTERED = re.compile(r"\b(?:[A-Za-z]{1,3}-?\d{6,12}[A-Za-z]?|[A-Za-z]{2}(?: ?\d\d){3} ?[A-Da-d])\b")
_DATE = r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d|(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2})(?!\d)"
# A date, or digits that belong together: a number that somebody wrote in groups.
_DIGITS = re.compile(rf"(?P<date>\b{_DATE})|\+?\(?\d(?:\d|[ \t.()/\u2013-]{{1,3}}(?!{_DATE})(?=\d))*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PUBLIC_NUMBERS = {"911", "999", "112", "111", "988", "116", "123"}
_NAME = r"[^\W\d_]+(?:['-][^\W\d_]+)*"
_NAME = r"[^\W\d_]+(?:['-][^\W\d_]+)*"
_CAPITALIZED = r"[A-Z][^\W\d_]*(?:['-][^\W\d_]+)*(?:\s+[A-Z][^\W\d_]*(?:['-][^\W\d_]+)*)*"
# What announces a name however it is written, and what announces only one with a capital.
_MY_NAME = r"my (?:full |first |last )?name(?:'s| is)|(?:am|is|i'm) called"
_TITLE = r"dr\.?|mr\.?|mrs\.?|ms\.?|prof\.?"
_BEFORE_A_CAPITAL = r"i'm|i am|this is|doctor|professor|nurse|sister"
# "my name is anna and i ..." is one word of a name, "my name is anna lee" are two.
_GOES_ON = r"(?:and|am|are|but|can|do|does|from|how|i|i'm|i've|is|may|my|please|so|the|what|when|where|who|will)\b"
_NAMED = re.compile(
    rf"(?P<lead>\b(?i:{_MY_NAME}|{_TITLE})\s+){_CAPITALIZED}"
    rf"|(?P<mine>\b(?i:{_MY_NAME})\s+){_NAME}(?:\s+(?!{_GOES_ON}){_NAME})?"
    rf"|(?P<title>\b(?i:{_TITLE})\s+){_NAME}"
    rf"|(?P<capital>\b(?i:{_BEFORE_A_CAPITAL})\s+){_CAPITALIZED}"
)
_EMAIL_MASK = "[email]"
_NAME_MASK = "[name]"
_NUMBER_MASK = "[number]"


def redact(text: str) -> str:
    """Return `text` with e-mail addresses, phone numbers and numbers like an id's replaced by a mask in brackets.

    What people say about their headaches stays: days, doses, dates, years, ranges, and the public numbers to call.
    """
    text = _EMAIL.sub(_EMAIL_MASK, text)
    text = _ANNOUNCED.sub(rf"\1{_NUMBER_MASK}", text)
    text = _LETTERED.sub(_NUMBER_MASK, text)
    return _DIGITS.sub(_mask, text)


def mask_names(text: str) -> str:
    """Return `text` with names that are announced ("my name is ...", "Dr ...") replaced by a mask in brackets.

    It cannot know a name that nothing announces.
    """
    return _NAMED.sub(lambda found: f"{found[found.lastgroup or 0]}{_NAME_MASK}", text)


def _mask(found: "re.Match[str]") -> str:
    """Return the mask where the digits may lead to somebody, or else what was found."""
    written = found[0]
    if found["date"] or not _is_personal(written, re.findall(r"\d+", written)):
        return written
    return _NUMBER_MASK


def _is_personal(written: str, groups: list[str]) -> bool:
    """Decide by how the digits are grouped: nobody counts headaches in the groups of a phone number."""
    digits = sum(len(group) for group in groups)
    longest = max(len(group) for group in groups)
    if digits < 7 or all(_YEAR.fullmatch(group) or group in _PUBLIC_NUMBERS for group in groups):
        return False
    if longest >= 7 or written.startswith("+"):
        return True
    if len(groups[0]) > 1 and groups[0].startswith("0") and digits >= 9:
        return True
    if [len(group) for group in groups] in ([3, 4], [3, 2, 4]):
        return True
    if [len(group) for group in groups] == [3, 3, 3]:
        # Doses come in steps: "100 150 200".
        return not all(group[-1] in "05" for group in groups)
    return digits >= 10 and any(len(group) >= 4 and not _YEAR.fullmatch(group) for group in groups)


def purge(conversations: Path, now: float | None = None) -> int:
    """Erase every conversation without a message in the last 24 hours, and return how many there were.

    A question in the inbox of the staff goes 24 hours after it was asked: never later than its conversation.

    Args:
        conversations: Rasa's SQLite tracker store; a missing file is an empty one.
        now: Unix time in seconds, the present by default.
    """
    if not conversations.exists():
        return 0
    moment = time.time() if now is None else now
    limit = moment - KEPT_HOURS * 3600
    with closing(sqlite3.connect(conversations, timeout=10)) as database, database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "events" not in tables:
            return 0
        old = "SELECT sender_id FROM events GROUP BY sender_id HAVING MAX(timestamp) < ?"
        (count,) = database.execute(f"SELECT COUNT(*) FROM ({old})", (limit,)).fetchone()  # noqa: S608 - our own text
        # Overwrite what is erased, so that it cannot be read back from the file.
        database.execute("PRAGMA secure_delete = ON")
        database.execute(f"DELETE FROM events WHERE sender_id IN ({old})", (limit,))  # noqa: S608
        if INBOX in tables:
            database.execute(f"DELETE FROM {INBOX} WHERE asked < ?", (limit,))  # noqa: S608
        if SETTLED in tables:
            settled = moment - SETTLED_DAYS * 24 * 3600
            database.execute(f"DELETE FROM {SETTLED} WHERE since < ?", (settled,))  # noqa: S608
    return int(count)
