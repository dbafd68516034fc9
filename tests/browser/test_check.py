"""The whole eligibility check in the widget, by buttons and by typing."""

from playwright.sync_api import expect


def _until(chat, act, text):
    """Do what sends a message, and wait until the last answer says `text`."""
    act()
    expect(chat.answers.last).to_contain_text(text)


def test_the_whole_check_and_a_summary_to_copy(chat):
    _until(chat, lambda: chat.type("do i qualify?"), "1 of 5")
    _until(chat, chat.suggestions.get_by_text("Yes").click, "2 of 5")
    _until(chat, chat.suggestions.get_by_text("Not sure").click, "3 of 5")
    _until(chat, lambda: chat.type("about 18"), "4 of 5")
    _until(chat, lambda: chat.type("half of them"), "5 of 5")
    _until(chat, chat.suggestions.get_by_text("More than 3 months").click, "This is what I understood")
    expect(chat.answers.last).to_contain_text("headache days a month: about 18; migraine days among them: about 9")
    _until(chat, chat.suggestions.get_by_text("Yes").click, "Good to know before you see someone")
    outcome = chat.answers.nth(chat.answers.count() - 2)
    expect(outcome).to_contain_text("Your answers are like the pattern called chronic migraine.")
    expect(outcome).to_contain_text("The pattern: 15 or more.")
    _until(chat, chat.suggestions.get_by_text("Make a summary for my visit").click, "My headaches, for my visit")
    expect(chat.answers.last.get_by_role("button", name="Copy")).to_be_visible()


def test_a_question_in_between_and_a_reload_do_not_lose_the_check(chat):
    _until(chat, lambda: chat.type("do i qualify?"), "1 of 5")
    _until(chat, lambda: chat.type("does it hurt?"), "1 of 5")
    chat.page.reload()
    chat.open()
    _until(chat, lambda: chat.type("yes"), "2 of 5")
