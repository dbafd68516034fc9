"""Keep conversations no longer than they are needed."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

# Long enough to come back to a conversation the next morning.
KEPT_HOURS = 24


def purge(conversations: Path, now: float | None = None) -> int:
    """Erase every conversation without a message in the last 24 hours, and return how many there were.

    Args:
        conversations: Rasa's SQLite tracker store; a missing file is an empty one.
        now: Unix time in seconds, the present by default.
    """
    if not conversations.exists():
        return 0
    limit = (time.time() if now is None else now) - KEPT_HOURS * 3600
    with closing(sqlite3.connect(conversations, timeout=10)) as database, database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            return 0
        old = "SELECT sender_id FROM events GROUP BY sender_id HAVING MAX(timestamp) < ?"
        (count,) = database.execute(f"SELECT COUNT(*) FROM ({old})", (limit,)).fetchone()  # noqa: S608 - our own text
        # Overwrite what is erased, so that it cannot be read back from the file.
        database.execute("PRAGMA secure_delete = ON")
        database.execute(f"DELETE FROM events WHERE sender_id IN ({old})", (limit,))  # noqa: S608
    return int(count)
