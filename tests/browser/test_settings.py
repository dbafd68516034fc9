import re

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat

LUMINANCE = """element => {
    const [r, g, b] = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).slice(0, 3)
        .map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}"""


def test_dim_mode_is_remembered_and_goes_off_again(chat):
    chat.press("Dim")
    expect(chat.dialog).to_have_class(re.compile("dim"))
    chat.page.reload()
    chat.open()
    expect(chat.dialog).to_have_class(re.compile("dim"))
    chat.press("Dim")
    expect(chat.dialog).not_to_have_class(re.compile("dim"))


def test_dim_mode_is_dark_and_warm_and_has_no_pure_white(chat):
    chat.press("Dim")
    assert chat.dialog.evaluate(LUMINANCE) < 0.01
    colors = chat.dialog.evaluate(
        """dialog => [dialog, ...dialog.querySelectorAll("*")].flatMap(element => {
            const style = getComputedStyle(element);
            return [style.color, style.backgroundColor, style.borderTopColor];
        })"""
    )
    for color in set(colors):
        red, green, blue, *alpha = (float(part) for part in re.findall(r"[\d.]+", color))
        if alpha != [0]:
            assert red >= green >= blue
            assert red < 230


def test_in_dim_mode_nothing_moves(chat):
    chat.press("Dim")
    chat.page.route("**/chat/messages", lambda route: None)
    chat.type("does it hurt?")
    expect(chat.dialog.locator(".pending")).to_be_visible()
    assert chat.dialog.evaluate("dialog => dialog.getAnimations({ subtree: true }).length") == 0


@pytest.mark.parametrize(("motion", "moving"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_those_who_do_not_want_it(visit, motion, moving):
    chat = Chat(visit(reduced_motion=motion)).open()
    chat.page.route("**/chat/messages", lambda route: None)
    chat.type("does it hurt?")
    expect(chat.dialog.locator(".pending")).to_be_visible()
    assert chat.dialog.evaluate("dialog => dialog.getAnimations({ subtree: true }).length > 0") is moving


def test_large_text_is_large_and_remembered(chat):
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    before = chat.box.evaluate(size)
    chat.choose("Large text")
    assert chat.box.evaluate(size) > before * 1.3
    chat.page.reload()
    chat.open()
    assert chat.box.evaluate(size) > before * 1.3


def test_it_follows_the_light_or_dark_setting(visit):
    light = Chat(visit(color_scheme="light")).open().dialog.evaluate(LUMINANCE)
    dark = Chat(visit(color_scheme="dark")).open().dialog.evaluate(LUMINANCE)
    assert dark < 0.05 < 0.8 < light


def test_a_setting_is_the_same_in_every_tab(chat):
    other = chat.page.context.new_page()
    other.goto(chat.page.url)
    second = Chat(other).open()
    chat.press("Dim")
    expect(second.dialog).to_have_class(re.compile("dim"))
