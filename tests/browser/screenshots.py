"""Take the pictures of the README: `python -m tests.browser.screenshots http://127.0.0.1:5005`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chat import EMERGENCY, Chat
from tests.browser.conftest import CHROMIUM, QUIET

IMAGES = Path("docs/images")
DESKTOP = {"viewport": {"width": 1100, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
QUESTION = "does it hurt?"


def light(chat: Chat) -> None:
    chat.say(QUESTION)


def dark(chat: Chat) -> None:
    chat.say(QUESTION)


def dim(chat: Chat) -> None:
    chat.press("Dim")
    chat.say(QUESTION)


def phone(chat: Chat) -> None:
    """The first screen as it is."""


def emergency(chat: Chat) -> None:
    chat.say(EMERGENCY)


PICTURES = {light: DESKTOP, dark: {**DESKTOP, "color_scheme": "dark"}, dim: DESKTOP, phone: PHONE, emergency: PHONE}


def take(address: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for scene, options in PICTURES.items():
            page = browser.new_context(**options).new_page()
            page.goto(address + "/chat")
            scene(Chat(page).open())
            # What is shown is the chat, not where the pointer or the caret happened to be.
            page.mouse.move(0, 0)
            page.screenshot(path=IMAGES / f"{scene.__name__}.png", caret="hide")
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1])
