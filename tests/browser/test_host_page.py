"""The page around the widget: whatever it is like, neither harms the other."""

import gzip
import json
import re

from playwright.sync_api import expect

from tests.browser.chat import LAUNCHER, Chat

STRICT = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
}
HOSTILE = """
* { color: lime !important; font: 40px/3 cursive !important; margin: 30px !important; letter-spacing: 1em !important;
    position: static !important; display: inline !important; opacity: 0.3 !important; transform: rotate(9deg);
    all: revert; visibility: hidden !important; pointer-events: none !important; }
html { font-size: 5px; }
body { overflow: hidden; }
migraine-chat { display: none !important; width: 1px !important; }
"""


def page_with(scripts: str, styles: str = "") -> str:
    return f"""<!doctype html><html lang="en"><head><title>Clinic</title>{styles}</head>
        <body><h1>Clinic</h1>{scripts}</body></html>"""


def test_hostile_styles_do_not_get_in(visit, address):
    page = visit("/none", html="")
    page.context.route("**/hostile.css", lambda route: route.fulfill(body=HOSTILE, content_type="text/css"))
    page.context.route(
        "**/host",
        lambda route: route.fulfill(
            body=page_with(
                '<script src="/chat/widget.js" defer></script>', '<link rel="stylesheet" href="/hostile.css">'
            ),
            content_type="text/html",
        ),
    )
    look = "element => ['color', 'fontSize', 'letterSpacing', 'margin'].map(name => getComputedStyle(element)[name])"
    plain = Chat(visit()).open()
    page.goto(address + "/host")
    hostile = Chat(page).open()
    for part in ("h2", ".first p", ".send", "textarea"):
        assert hostile.dialog.locator(part).first.evaluate(look) == plain.dialog.locator(part).first.evaluate(look)
    assert hostile.dialog.bounding_box()["width"] == plain.dialog.bounding_box()["width"]
    hostile.say("does it hurt?")


def test_our_styles_do_not_get_out(visit, address):
    bare = visit("/bare", html=page_with(""))
    with_chat = visit("/host", html=page_with('<script src="/chat/widget.js" defer></script>'))
    Chat(with_chat).open()
    look = "h1 => { const style = getComputedStyle(h1); return [...style].map(name => style[name]); }"
    assert with_chat.locator("h1").evaluate(look) == bare.locator("h1").evaluate(look)
    assert with_chat.evaluate("document.adoptedStyleSheets.length + document.styleSheets.length") == 0


def test_a_strict_content_security_policy_is_enough(visit):
    page = visit("/host", html=page_with('<script src="/chat/widget.js" defer></script>'), headers=STRICT)
    page.evaluate(
        """window.broken = [];
        document.addEventListener("securitypolicyviolation", (event) => broken.push(event.violatedDirective));"""
    )
    chat = Chat(page).open()
    chat.say("does it hurt?")
    chat.press("Dim")
    chat.choose("Print our chat")
    assert page.evaluate("window.broken") == []
    assert chat.dialog.evaluate("dialog => getComputedStyle(dialog).position") == "fixed"


def test_included_twice_there_is_one_launcher(visit):
    script = '<script src="/chat/widget.js" defer></script>'
    page = visit("/host", html=page_with(script + script))
    expect(page.get_by_role("button", name=LAUNCHER)).to_have_count(1)


def test_two_widgets_show_one_conversation(visit):
    html = page_with(
        '<script src="/chat/widget.js" defer></script>'
        '<script src="/chat/widget.js" data-position="start" data-title="Second" defer></script>'
    )
    page = visit("/host", html=html)
    launchers = page.get_by_role("button", name=LAUNCHER)
    expect(launchers).to_have_count(2)
    first, second = launchers.all()
    assert first.bounding_box()["x"] > 640 > second.bounding_box()["x"]
    first.click()
    second = page.get_by_role("button", name=LAUNCHER)
    second.click()
    dialogs = page.get_by_role("dialog")
    expect(dialogs).to_have_count(2)
    one, two = dialogs.nth(0), page.get_by_role("dialog", name="Second")
    one.get_by_role("textbox").fill("does it hurt?")
    one.get_by_role("textbox").press("Enter")
    for dialog in (one, two):
        expect(dialog.locator(".message:not(.person)")).to_have_count(1)


def test_attributes_set_title_color_and_words(visit):
    strings = json.dumps({"launcher": "Frag uns", "close": "Schliessen"})
    html = page_with(
        f"""<script src="/chat/widget.js" lang="de" data-title="Fragen" data-accent="#ffd400"
        data-strings='{strings}' defer></script>"""
    )
    page = visit("/host", html=html)
    launcher = page.get_by_role("button", name="Frag uns")
    assert launcher.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 212, 0)"
    # Black words on yellow: they are chosen to be read.
    assert launcher.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    launcher.click()
    dialog = page.get_by_role("dialog", name="Fragen")
    expect(dialog).to_have_attribute("lang", "de")
    expect(dialog.get_by_role("button", name="Schliessen")).to_be_visible()


def test_words_can_come_from_a_file(visit, address):
    page = visit("/none", html="")
    page.context.route("**/words.json", lambda route: route.fulfill(json={"launcher": "Frag uns"}))
    html = page_with('<script src="/chat/widget.js" data-strings="/words.json" defer></script>')
    page.context.route("**/host", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(address + "/host")
    expect(page.get_by_role("button", name="Frag uns")).to_be_visible()


def test_the_page_can_have_it_open_from_the_start_and_keeps_its_focus(visit):
    html = page_with('<input autofocus aria-label="mine"><script src="/chat/widget.js" data-open defer></script>')
    page = visit("/host", html=html)
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_label("mine")).to_be_focused()


def test_the_page_can_open_close_and_say_and_is_told_but_not_the_words(visit):
    page = visit()
    page.evaluate(
        """window.told = [];
        for (const type of ["chat-open", "chat-close", "chat-message"])
            document.addEventListener(type, (event) => told.push([type, event.detail]));"""
    )
    element = page.locator("migraine-chat")
    element.evaluate("chat => chat.message('does it hurt?')")
    chat = Chat(page)
    expect(chat.answers).to_have_count(1)
    element.evaluate("chat => chat.close()")
    expect(chat.dialog).not_to_be_visible()
    told = page.evaluate("window.told")
    assert [name for name, _ in told] == ["chat-open", "chat-message", "chat-message", "chat-close"]
    assert [detail["role"] for name, detail in told if name == "chat-message"] == ["person", "assistant"]
    assert "hurt?" not in json.dumps(told)


def test_what_is_typed_is_no_shortcut_of_the_page(chat):
    chat.page.evaluate("window.keys = 0; document.addEventListener('keydown', () => keys++)")
    chat.box.press_sequentially("jk/")
    assert chat.page.evaluate("window.keys") == 0


def test_nothing_but_the_loader_is_loaded_before_it_is_opened(visit):
    page = visit()
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)")
    assert "/chat/widget.js" in loaded
    assert not [path for path in loaded if re.search(r"/chat-|/config|/sessions", path)]


def test_nothing_is_kept_before_something_is_said(chat):
    keys = chat.page.evaluate("Object.keys(localStorage)")
    assert not [key for key in keys if "token" in key]


def test_it_is_small(dist):
    sizes = {file.name: len(gzip.compress(file.read_bytes())) for file in dist.glob("*.js")}
    sizes.pop("demo.js")
    assert sizes["widget.js"] <= 5 * 1024
    assert sum(sizes.values()) <= 30 * 1024
