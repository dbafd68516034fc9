import re

from playwright.sync_api import expect

from tests.browser.chat import EMERGENCY


def test_an_emergency_cannot_be_missed(chat):
    answer = chat.say(EMERGENCY)
    expect(answer).to_have_attribute("role", "alert")
    expect(answer.get_by_role("heading")).to_have_text("Call for help now")
    call = answer.get_by_role("link").first
    expect(call).to_have_attribute("href", re.compile(r"^tel:\+?\d+$"))
    expect(call).to_be_in_viewport()
    assert call.bounding_box()["height"] >= 44


def test_an_emergency_of_the_history_is_no_alarm_again(chat):
    chat.say(EMERGENCY)
    chat.page.reload()
    chat.open()
    expect(chat.answers.first.get_by_role("heading")).to_have_text("Call for help now")
    assert chat.answers.first.get_attribute("role") is None


def test_the_emergency_numbers_are_always_in_sight(chat):
    numbers = chat.dialog.locator("a[href^='tel:']")
    expect(numbers.first).to_be_in_viewport()
    chat.say("does it hurt?")
    expect(numbers.last).to_be_in_viewport()


def test_no_emergency_is_asked_whether_it_helped(chat):
    answer = chat.say(EMERGENCY)
    expect(answer.get_by_role("button", name="Yes")).to_have_count(0)
