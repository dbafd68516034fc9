"""Write FAQ files: what did not change keeps comments, order and quoting; a file is replaced whole or not at all."""

import io
import os
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from assistant import faq
from assistant.faq import FaqError, Topic
from assistant.text import words

_LONGEST_ID = 40
# What YAML cannot hold as it is, and the mark that some programs put at the beginning of a file.
_UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE
_MARK = "\ufeff"
_BLANK = """\
version: "3.1"

nlu:
- intent: faq/{topic}
  examples: |
    -

responses:
  utter_faq/{topic}:
  - text: |-
      -
    metadata:
      title: ""
      sources: []
      reviewed: ""
      review_due: ""
      related: []
"""


def id_of(title: str) -> str:
    """Return the id that a topic of this title gets, "parking_at_the_clinic"; empty where no letter is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    name = ""
    for word in words(plain.replace("'", "")):
        longer = f"{name}_{word}" if name else word
        if len(longer) > _LONGEST_ID:
            break
        name = longer
    return name if name[:1].isalpha() else f"topic_{name}" if name else ""


def tidy(topic: Topic) -> Topic:
    """Return `topic` as it can be written: a question in one line and none empty, no sign that cannot be shown."""
    return replace(
        topic,
        title=one_line(topic.title),
        questions=tuple(filter(None, map(one_line, topic.questions))),
        answer="\n".join(_printable(line).rstrip() for line in topic.answer.splitlines()).strip(),
    )


def one_line(text: str) -> str:
    """Return `text` without signs that cannot be shown, and with one space for any stretch of them."""
    return " ".join(_printable(text).split())


def text_of(topic: Topic, before: str | None = None) -> str:
    """Return the text of the file of `topic`; where there was one `before`, only what differs is changed.

    Raises:
        FaqError: what was there before cannot be read, or the topic cannot be written so that it is read as it was.
    """
    topic = tidy(topic)
    file = Path(f"{topic.id}.yml")
    if before is None:
        before, held = _BLANK.format(topic=topic.id), None
    else:
        held = faq.parse(before, file)
        if held == topic:
            return before
    content = _yaml().load(before)
    (nlu,) = content["nlu"]
    (response,) = content["responses"][f"utter_{topic.label}"]
    metadata = response["metadata"]
    if held is None or held.questions != topic.questions:
        _put_block(nlu, "examples", "".join(f"- {question}\n" for question in topic.questions))
    if held is None or held.answer != topic.answer:
        _put_block(response, "text", topic.answer)
    for name in ("title", "reviewed", "review_due"):
        if held is None or getattr(held, name) != getattr(topic, name):
            metadata[name] = DoubleQuotedScalarString(str(getattr(topic, name)))
    for name in ("sources", "related"):
        if held is None or getattr(held, name) != getattr(topic, name):
            if not metadata[name]:
                # One that was empty has forgotten its brackets.
                metadata[name].fa.set_flow_style()
            metadata[name][:] = [_id(id_) for id_ in getattr(topic, name)]
    stream = io.StringIO()
    _yaml().dump(content, stream)
    if faq.parse(stream.getvalue(), file) != topic:
        raise FaqError(f"The topic {topic.title} has signs that a file cannot hold. Type its text again as plain text.")
    return stream.getvalue()


def write(contents: Mapping[Path, str | bytes]) -> None:
    """Write all files or, where one cannot be written, none.

    Each is replaced in one step, so that whoever reads it, or finds it after a crash, has the old one or the new.

    Raises:
        OSError: the disk is full, or a folder cannot be written to; the files are as they were.
    """
    scratch: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for file, content in contents.items():
            # A link goes on pointing to the file it names.
            place = file.resolve()
            scratch[place] = _scratch(place, content.encode() if isinstance(content, str) else content)
        for file, made in scratch.items():
            before[file] = file.read_bytes() if file.exists() else None
            os.replace(made, file)
    except BaseException:
        for file, old in before.items():
            _restore(file, old)
        raise
    finally:
        for made in scratch.values():
            made.unlink(missing_ok=True)
    for folder in {file.parent for file in scratch}:
        _sync(folder)


def _scratch(file: Path, content: bytes) -> Path:
    """Write `content` beside `file`, to the disk itself, under a name that nobody reads as a topic."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".tmp")
    try:
        with open(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fchmod(descriptor, file.stat().st_mode & 0o777 if file.exists() else 0o644)
            os.fsync(descriptor)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _restore(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink(missing_ok=True)
    elif not file.exists() or file.read_bytes() != content:
        os.replace(_scratch(file, content), file)


def _sync(folder: Path) -> None:
    """Make the new names last, should the power fail now."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put_block(parts: Any, name: str, text: str) -> None:
    """Put `text` under `name` as a block of lines, with the comment that stands behind its sign."""
    block = LiteralScalarString(text)
    comment = getattr(parts[name], "comment", None)
    if comment is not None:
        block.comment = comment
    parts[name] = block


def _id(text: str) -> str:
    """Return `text`, in quotes where YAML would read something else: no, on, 1."""
    return text if yaml.safe_load(text) == text else DoubleQuotedScalarString(text)


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text).replace(_MARK, "")


def _yaml() -> Any:
    form: Any = YAML()
    form.preserve_quotes = True
    # A list stays on its line.
    form.width = 1_000_000
    return form
