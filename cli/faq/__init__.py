"""Look after the answers: list, show, write, check, try and exchange topics, and see what people ask in vain."""

from cli.faq import check, edit, export, import_, inbox, list_, new, show, try_

VERBS = (list_, show, new, edit, check, try_, inbox, import_, export)

EXAMPLES = """\
  migraine faq list              the topics, those due for review first
  migraine faq new               write a topic, step by step
  migraine faq check             what is wrong, and what could be better
  migraine faq try "can i fly?"  what a question is answered, and why
  migraine faq inbox             what people asked in vain
  migraine faq VERB --help       more about one of them"""
