import re

from playwright.sync_api import expect

from tests.browser.chat import Chat


def test_erasing_is_asked_about_then_done_for_good(chat):
    chat.say("does it hurt?")
    chat.choose("Erase our chat", "No, keep it")
    expect(chat.answers).to_have_count(1)
    with chat.page.expect_response("**/chat/session") as response:
        chat.choose("Erase our chat", "Yes, erase it")
    assert response.value.request.method == "DELETE"
    assert response.value.status == 204
    expect(chat.status).to_contain_text("erased")
    expect(chat.dialog.locator(".first")).to_be_visible()
    chat.page.reload()
    chat.open()
    expect(chat.dialog.locator(".first")).to_be_visible()
    assert chat.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('token'))") == []


def test_if_erasing_fails_nothing_is_promised(chat):
    chat.say("does it hurt?")
    chat.page.route("**/chat/session", lambda route: route.fulfill(status=500))
    chat.choose("Erase our chat", "Yes, erase it")
    expect(chat.status).to_contain_text("could not erase")
    expect(chat.answers).to_have_count(1)


def test_starting_over_keeps_what_was_said_and_asks_anew(chat):
    chat.say("does it hurt?")
    chat.answered(lambda: chat.choose("Start over"))
    expect(chat.questions).to_have_count(2)


def test_the_conversation_can_be_copied(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    chat = Chat(page).open()
    answer = chat.say("does it hurt?").locator(".text p").first.inner_text()
    chat.choose("Copy our chat")
    expect(chat.status).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert "does it hurt?" in text
    assert answer in text
    assert "not a diagnosis" in text
    assert re.search(r"Sources?: .*Reviewed", text)


def test_the_conversation_alone_is_printed(visit, address):
    page = visit("/none", html="")
    page.add_init_script("window.print = () => { window.top.printed = document.body.innerText; }")
    page.goto(address + "/chat")
    chat = Chat(page).open()
    chat.say("does it hurt?")
    chat.choose("Print our chat")
    printed = page.evaluate("window.printed")
    assert printed.startswith("Migraine and Botox")
    assert "does it hurt?" in printed
    assert "demo page" not in printed


def test_a_visit_summary_can_be_copied_by_itself(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    chat = Chat(page).open()
    chat.say("does it hurt?")
    message = {
        "id": "s1",
        "role": "assistant",
        "text": "For your visit\n\n- Headache days a month: 18",
        "sent_at": "2026-01-02T03:04:05Z",
        "buttons": [],
        "links": [],
        "sources": [],
        "reviewed": None,
        "urgency": None,
        "calls": [],
        "topic": "visit_summary",
    }
    page.route("**/chat/messages", lambda route: route.fulfill(json={"messages": [message]}))
    summary = chat.say("summary")
    summary.get_by_role("button", name="Copy this summary").click()
    expect(chat.status).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert "Headache days a month: 18" in text
    assert "does it hurt?" not in text
