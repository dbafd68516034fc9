"""Small screens, zoom, and languages that are written from right to left."""

import pytest
from playwright.sync_api import expect

from tests.browser.chat import EMERGENCY, Chat

PHONE = {"viewport": {"width": 320, "height": 600}, "has_touch": True, "is_mobile": True}
# What 200 % zoom leaves of a window of 1280 x 800.
ZOOMED = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}

# Whatever sticks out of the panel sideways, or is cut off in it.
OVERFLOW = """dialog => [dialog, ...dialog.querySelectorAll("*")]
    .filter(element => !element.closest(".hidden") && !element.closest("svg"))
    .filter(element => {
        const box = element.getBoundingClientRect();
        return box.right > innerWidth + 1 || box.left < -1 || element.scrollWidth > element.clientWidth + 1
            && getComputedStyle(element).display !== "inline" && element.clientWidth > 0;
    })
    .map(element => element.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("screen", [PHONE, ZOOMED])
def test_nothing_is_cut_off_sideways(visit, screen, large):
    chat = Chat(visit(**screen)).open()
    if large:
        chat.choose("Large text")
        chat.page.keyboard.press("Escape")
    assert chat.dialog.evaluate(OVERFLOW) == []
    chat.say("does it hurt?")
    chat.say(EMERGENCY)
    assert chat.dialog.evaluate(OVERFLOW) == []
    chat.press("Menu")
    assert chat.dialog.evaluate(OVERFLOW) == []


@pytest.mark.parametrize("screen", [PHONE, ZOOMED])
def test_it_covers_the_screen_and_keeps_the_focus_in(visit, screen):
    chat = Chat(visit(**screen)).open()
    box = chat.dialog.bounding_box()
    assert (box["x"], box["y"], box["width"]) == (0, 0, screen["viewport"]["width"])
    expect(chat.page.locator("dialog:modal")).to_be_visible()


def test_zooming_in_while_it_is_open(visit):
    chat = Chat(visit()).open()
    chat.box.focus()
    chat.page.set_viewport_size({"width": 320, "height": 600})
    expect(chat.page.locator("dialog:modal")).to_be_visible()
    expect(chat.box).to_be_focused()
    chat.page.set_viewport_size({"width": 1280, "height": 800})
    expect(chat.page.locator("dialog:not(:modal)")).to_be_visible()
    expect(chat.box).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.dialog).not_to_be_visible()


def test_the_answer_shows_from_its_first_line(visit):
    chat = Chat(visit(**PHONE)).open()
    answer = chat.say("what are the side effects?")
    expect(answer.locator("p").first).to_be_in_viewport(ratio=1)


def test_right_to_left(visit):
    strings = '{"launcher": "اسأل", "write": "سؤالك", "send": "إرسال"}'
    html = f"""<!doctype html><html lang="ar" dir="rtl"><title>عيادة</title><body>
        <script src="/chat/widget.js" lang="ar" data-strings='{strings}' defer></script></body></html>"""
    page = visit("/rtl", html=html)
    launcher = page.get_by_role("button", name="اسأل")
    assert launcher.bounding_box()["x"] < 100
    launcher.click()
    chat = Chat(page)
    expect(chat.dialog).to_have_attribute("lang", "ar")
    assert chat.dialog.bounding_box()["x"] < 100
    send = chat.dialog.get_by_role("button", name="إرسال")
    assert send.bounding_box()["x"] < chat.box.bounding_box()["x"]
    chat.say("ما هو الصداع النصفي؟ migraine")
    text = chat.questions.first.locator(".text")
    assert text.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert chat.answers.first.locator("p").first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert chat.dialog.evaluate(OVERFLOW) == []
