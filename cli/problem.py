"""What goes wrong for reasons a person can mend."""


class Problem(Exception):  # noqa: N818 - it is shown to people, not caught by name
    """A message that says what is wrong and what to do; shown without a traceback, exit status 1."""
