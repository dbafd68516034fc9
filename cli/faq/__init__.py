"""Look after the answers: list, show, write, check and exchange topics."""

from cli.faq import check

VERBS = (check,)

EXAMPLES = """\
  migraine faq check             what is wrong, and what could be better
  migraine faq VERB --help       more about one of them"""
