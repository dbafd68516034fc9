"""Look after the answers: list, show, write, check and exchange topics."""

from cli.faq import approve, check, edit, export, history, import_, list_, new, publish, show, undo

VERBS = (list_, show, new, edit, check, import_, export, publish, undo, history, approve)

EXAMPLES = """\
  migraine faq list              the topics, those due for review first
  migraine faq new               write a topic, step by step
  migraine faq check             what is wrong, and what could be better
  migraine faq publish           let patients get the answers as they are now
  migraine faq undo              go back to the version before
  migraine faq VERB --help       more about one of them"""
