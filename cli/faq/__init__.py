"""Look after the answers: list, show, write, check and exchange topics."""

from cli.faq import check, try_

VERBS = (check, try_)

EXAMPLES = """\
  migraine faq check             what is wrong, and what could be better
  migraine faq try "can i fly?"  what a question is answered
  migraine faq VERB --help       more about one of them"""
