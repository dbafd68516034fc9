import pytest
from playwright.sync_api import expect

from tests.browser.chat import EMERGENCY, LAUNCHER, Chat

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def closed(page) -> None:
    expect(Chat(page).launcher).to_be_visible()


def first(page) -> None:
    Chat(page).open()


def conversation(page) -> None:
    Chat(page).open().say("does it hurt?")


def emergency(page) -> None:
    Chat(page).open().say(EMERGENCY)


def dim(page) -> None:
    first(page)
    Chat(page).press("Dim")


def dim_conversation(page) -> None:
    conversation(page)
    Chat(page).press("Dim")


def dim_emergency(page) -> None:
    emergency(page)
    Chat(page).press("Dim")


def large(page) -> None:
    conversation(page)
    Chat(page).choose("Large text", "Show times")


def erasing(page) -> None:
    conversation(page)
    Chat(page).choose("Erase our chat")


def not_sent(page) -> None:
    first(page)
    page.context.set_offline(True)
    Chat(page).type("does it hurt?")
    expect(Chat(page).questions).to_contain_text("Not sent.")


def not_loaded(page) -> None:
    page.route("**/chat/assets/chat-*", lambda route: route.abort())
    Chat(page).launcher.click()
    expect(page.get_by_role("alert")).to_be_visible()


STATES = [
    closed,
    first,
    conversation,
    emergency,
    dim,
    dim_conversation,
    dim_emergency,
    large,
    erasing,
    not_sent,
    not_loaded,
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(visit, axe, state, scheme):
    page = visit(color_scheme=scheme)
    state(page)
    # Focus rings and hover are no part of it.
    page.mouse.move(0, 0)
    page.evaluate(axe)
    # In dim mode the page around is meant to be hard to see.
    within = "migraine-chat" if state.__name__.startswith("dim") else "html"
    result = page.evaluate(
        "([within, rules]) => axe.run(within, { runOnly: rules })",
        [within, RULES],
    )
    found = [(v["id"], [(n["html"][:120], n["failureSummary"]) for n in v["nodes"]]) for v in result["violations"]]
    assert found == []


@pytest.mark.parametrize("state", [first, conversation, emergency, erasing, large, not_sent])
@pytest.mark.parametrize("width", [1280, 320])
def test_targets_are_large_enough_for_an_unsteady_hand(visit, state, width):
    page = visit(viewport={"width": width, "height": 700})
    state(page)
    # Links within a line of text are exempt.
    small = Chat(page).dialog.evaluate(
        """dialog => [...dialog.querySelectorAll("button, a, summary, textarea")]
            .filter(element => !element.closest("p.origin, details:not([open]) ul"))
            .map(element => [element.textContent.trim(), element.getBoundingClientRect()])
            .filter(([, box]) => box.width < 44 || box.height < 44)
            .map(([text, box]) => `${text} ${box.width} x ${box.height}`)"""
    )
    assert small == []


def test_with_the_keyboard_alone(visit):
    page = visit()
    chat = Chat(page)
    tab_to(chat, LAUNCHER)
    page.keyboard.press("Enter")
    expect(chat.dialog).to_be_visible()
    # Something to read: the focus is at its beginning.
    assert chat.focused() == "Migraine and Botox"
    stops = tab_to(chat, "Send")
    assert stops[:3] == ["Dim", "Menu", "Close"]
    assert "Your question" in stops
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("does it hurt?")
    page.keyboard.press("Enter")
    expect(chat.answers).to_have_count(1)
    assert chat.focused() == "Your question"
    page.keyboard.press("Escape")
    expect(chat.dialog).not_to_be_visible()
    assert chat.focused() == LAUNCHER
    # The second time, something to write.
    page.keyboard.press("Enter")
    expect(chat.box).to_be_focused()


def test_the_menu_with_the_keyboard(chat):
    tab_to(chat, "Menu")
    chat.page.keyboard.press("Enter")
    assert chat.focused() == "Large text"
    chat.page.keyboard.press("Space")
    expect(chat.dialog.get_by_role("button", name="Large text")).to_have_attribute("aria-pressed", "true")
    chat.page.keyboard.press("Escape")
    expect(chat.dialog.locator("#menu")).to_have_count(0)
    expect(chat.dialog).to_be_visible()
    assert chat.focused() == "Menu"


def test_the_focus_returns_to_what_opened_it(visit):
    page = visit()
    opener = page.locator("#ask")
    opener.focus()
    page.keyboard.press("Enter")
    expect(Chat(page).dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_on_a_small_screen_the_focus_stays_inside(visit):
    page = visit(viewport={"width": 320, "height": 600})
    chat = Chat(page).open()
    for _ in range(30):
        page.keyboard.press("Tab")
        inside = page.evaluate("document.activeElement.localName")
        # The browser's own bar is a stop too: the body has the focus then.
        assert inside in ("migraine-chat", "body")
    page.keyboard.press("Escape")
    expect(chat.dialog).not_to_be_visible()
    assert chat.focused() == LAUNCHER


def test_every_stop_of_the_focus_can_be_seen(chat):
    chat.say("does it hurt?")
    for _ in range(20):
        chat.page.keyboard.press("Tab")
        ring = chat.page.evaluate(
            """() => {
                let at = document.activeElement;
                while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                const style = getComputedStyle(at);
                return at === document.body || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
            }"""
        )
        assert ring, chat.focused()


def test_what_a_screen_reader_is_told(visit):
    page = visit()
    launcher = page.get_by_role("button", name=LAUNCHER)
    expect(launcher).to_have_attribute("aria-haspopup", "dialog")
    chat = Chat(page).open()
    expect(page.get_by_role("dialog", name="Migraine and Botox")).to_be_visible()
    log = chat.dialog.get_by_role("log", name="Conversation")
    expect(log).to_have_attribute("aria-live", "polite")
    chat.say("does it hurt?")
    # The answer is read aloud; what the person wrote, and the tools below the answer, are not.
    expect(chat.questions.first).to_have_attribute("aria-live", "off")
    expect(chat.answers.first.locator(".tools")).to_have_attribute("aria-live", "off")
    assert log.locator("xpath=.//*[@aria-label='You can ask next']").count() == 0
    emergency = chat.say(EMERGENCY)
    expect(emergency).to_have_attribute("role", "alert")


def test_the_history_is_not_read_aloud(chat):
    chat.say("does it hurt?")
    page = chat.page
    held = []
    page.route("**/chat/messages", lambda route: held.append(route))
    page.reload()
    chat.open()
    log = chat.dialog.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "off")
    log.evaluate(
        """log => {
            window.live = [];
            new MutationObserver(() => live.push(log.ariaLive)).observe(log, { childList: true, subtree: true });
        }"""
    )
    held[0].continue_()
    expect(chat.answers).to_have_count(1)
    expect(log).to_have_attribute("aria-live", "polite")
    assert set(page.evaluate("window.live")) == {"off"}


def tab_to(chat: Chat, label: str) -> list[str]:
    """Press the Tab key until `label` has the focus; return what had it on the way."""
    stops = []
    for _ in range(40):
        chat.page.keyboard.press("Tab")
        stops.append(chat.focused())
        if stops[-1] == label:
            return stops
    raise AssertionError(f"{label} is not reached: {stops}")
