"""Look after the answers: list, show, write, check, try and exchange topics, and see what people ask in vain."""

from cli.faq import (
    approve,
    check,
    edit,
    export,
    history,
    import_,
    inbox,
    list_,
    new,
    publish,
    remove,
    show,
    try_,
    undo,
)

VERBS = (list_, show, new, edit, remove, check, try_, inbox, import_, export, publish, undo, history, approve)

EXAMPLES = """\
  migraine faq list              the topics, those due for review first
  migraine faq new               write a topic, step by step
  migraine faq edit aftercare    change one of them
  migraine faq check             what is wrong, and what could be better
  migraine faq try "can i fly?"  what a question is answered, and why
  migraine faq inbox             what people asked in vain
  migraine faq publish           let patients get the answers as they are now
  migraine faq undo              go back to the version before
  migraine faq VERB --help       more about one of them"""
