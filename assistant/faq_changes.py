"""Say in words what differs between two versions of a topic."""

from collections.abc import Iterator, Sequence

from assistant.faq import Topic


def changes(before: Topic | None, after: Topic) -> Iterator[str]:
    """Yield a line for each thing that is new (+), gone (-) or changed; nothing where the two are alike."""
    if before is None:
        yield f"{after.id}: new, {len(after.questions)} questions"
        yield f"  title: {after.title}"
        yield from (f"  + {question}" for question in after.questions)
        yield from _text(after.answer.splitlines(), "+")
        yield f"  sources: {', '.join(after.sources) or 'none'}"
        yield f"  reviewed: {after.reviewed}, next {after.review_due}"
        yield f"  related: {', '.join(after.related) or 'none'}"
        return
    if before == after:
        return
    gone = [question for question in before.questions if question not in after.questions]
    come = [question for question in after.questions if question not in before.questions]
    counts = "".join(
        f", {len(questions)} question{'s' * (len(questions) > 1)} {what}"
        for questions, what in ((come, "added"), (gone, "REMOVED"))
        if questions
    )
    yield f"{after.id}: changed{counts}"
    yield from (f"  - {question}" for question in gone)
    yield from (f"  + {question}" for question in come)
    if not gone and not come and before.questions != after.questions:
        yield "  the questions are in another order"
    if before.answer != after.answer:
        old_lines, new_lines = before.answer.splitlines(), after.answer.splitlines()
        yield from _text([line for line in old_lines if line not in new_lines], "-")
        yield from _text([line for line in new_lines if line not in old_lines], "+")
    for name in ("title", "reviewed", "review_due"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"  {name}: {old} -> {new}"
    for name in ("sources", "related"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"  {name}: {', '.join(old) or 'none'} -> {', '.join(new) or 'none'}"


def _text(lines: Sequence[str], sign: str) -> Iterator[str]:
    yield from (f"  {sign} answer: {line}" for line in lines if line)
