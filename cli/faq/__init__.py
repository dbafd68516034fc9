"""Look after the answers: list, show, write, check and exchange topics."""

from cli.faq import check, edit, list_, new, show

VERBS = (list_, show, new, edit, check)

EXAMPLES = """\
  migraine faq list              the topics, those due for review first
  migraine faq new               write a topic, step by step
  migraine faq check             what is wrong, and what could be better
  migraine faq VERB --help       more about one of them"""
