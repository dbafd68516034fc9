"""Where questions wait for the staff: a small table beside the conversations, kept up as messages come in.

It holds no conversation's id, only an alias that nobody without the server's secret can make of one, and no question
stays longer than its conversation.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from assistant.privacy import INBOX, SETTLED

Floats = npt.NDArray[np.float32]

TABLES = sa.MetaData()
_INBOX = sa.Table(
    INBOX,
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation", sa.String(64), nullable=False, index=True),
    sa.Column("asked", sa.Float, nullable=False, index=True),
    sa.Column("question", sa.Text, nullable=False),
    # A number is given once, so that what staff call a group never comes to mean another.
    sqlite_autoincrement=True,
)
# What was dealt with: the mean of the sentence vectors of a whole group, and no words.
_SETTLED = sa.Table(
    SETTLED,
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("since", sa.Float, nullable=False),
    sa.Column("meaning", sa.LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class Asked:
    """A question in the inbox, masked. `conversation`: an alias; `asked`: Unix time in seconds."""

    id: int
    conversation: str
    asked: float
    question: str


@contextmanager
def opened(file: Path) -> Iterator[Connection]:
    """Open the SQLite database `file` until the block ends; what is done in it is done wholly or not at all.

    Raises:
        sqlalchemy.exc.OperationalError: it is in use elsewhere for too long, or damaged.
    """
    engine = sa.create_engine(f"sqlite:///{file}", hide_parameters=True, poolclass=NullPool)
    with engine.begin() as database:
        # Overwrite what is erased, so that it cannot be read back from the file.
        database.execute(sa.text("PRAGMA secure_delete = ON"))
        yield database


def add(database: Connection, conversation: str, asked: float, question: str) -> None:
    """Add a masked question of the conversation with this alias, asked at this Unix time in seconds."""
    database.execute(_INBOX.insert().values(conversation=conversation, asked=asked, question=question))


def forget(database: Connection, conversation: str) -> None:
    """Remove every question of the conversation with this alias."""
    database.execute(_INBOX.delete().where(_INBOX.c.conversation == conversation))


def questions(database: Connection, most: int) -> list[Asked]:
    """Return the newest questions, at most so many, oldest first; none where there is no table yet."""
    if not sa.inspect(database).has_table(INBOX):
        return []
    newest = database.execute(_INBOX.select().order_by(_INBOX.c.id.desc()).limit(most))
    return [Asked(**row._mapping) for row in newest][::-1]


def settled(database: Connection) -> list[Floats]:
    """Return the sentence vectors of what was dealt with, each of length 1, shape (384,)."""
    if not sa.inspect(database).has_table(SETTLED):
        return []
    return [np.frombuffer(row.meaning, dtype=np.float32) for row in database.execute(_SETTLED.select())]


def settle(database: Connection, ids: Iterable[int], meaning: Floats, since: float) -> None:
    """Remove the questions with these ids, and remember their common meaning as dealt with since then."""
    TABLES.create_all(database)
    database.execute(_INBOX.delete().where(_INBOX.c.id.in_(list(ids))))
    database.execute(_SETTLED.insert().values(since=since, meaning=meaning.astype(np.float32).tobytes()))
