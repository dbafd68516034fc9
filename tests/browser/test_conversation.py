import re

from playwright.sync_api import expect

from tests.browser.chat import Chat

TRICKY = "≥ 15 and > 3 months, <b>not bold</b>"


def test_a_question_gets_its_answer_with_source_and_review_date(chat):
    answer = chat.say("does it hurt?")
    expect(answer).to_contain_text(re.compile(r"Sources?: .+\. Reviewed \w+ \d+, \d{4}"))


def test_several_sources_are_a_list_to_open(chat):
    answer = chat.say("what are the side effects?")
    link = answer.locator(".origin a").first
    expect(link).not_to_be_visible()
    answer.locator("summary").press("Enter")
    expect(link).to_be_visible()
    assert link.bounding_box()["height"] >= 44


def test_a_suggestion_is_asked_by_pressing_it(chat):
    chat.say("does it hurt?")
    title = chat.suggestions.first.inner_text()
    chat.answered(chat.suggestions.first.click)
    expect(chat.questions.last).to_contain_text(title)


def test_after_a_suggestion_the_focus_is_where_one_writes(chat):
    chat.say("does it hurt?")
    chat.answered(chat.suggestions.first.click)
    expect(chat.box).to_be_focused()


def test_a_starter_is_asked_by_pressing_it(chat):
    starter = chat.dialog.locator(".choices button").first
    chat.answered(starter.click)
    expect(chat.questions).to_have_count(1)


def test_text_shows_as_it_was_typed(chat):
    chat.say(TRICKY)
    assert chat.questions.first.locator(".text").inner_text() == TRICKY
    assert chat.dialog.locator("b").count() == 0
    chat.page.reload()
    chat.open()
    assert chat.questions.first.locator(".text").inner_text() == TRICKY


def test_text_of_the_server_shows_as_text_and_its_scripts_as_nothing(chat):
    message = {
        "id": "m1",
        "role": "assistant",
        "text": f"{TRICKY}\n\n- one\n- <i>two</i>",
        "sent_at": "2026-01-02T03:04:05Z",
        "buttons": [],
        "links": [
            {"title": "bad", "url": "javascript:alert(1)"},
            {"title": "page", "url": "https://example.org/"},
            {"title": "phone", "url": "tel:+1 23"},
        ],
        "sources": [{"title": "<u>s</u>", "url": "javascript:alert(1)"}],
        "reviewed": "2026-01-02",
        "urgency": None,
        "calls": [],
        "topic": None,
    }
    chat.page.route("**/chat/messages", lambda route: route.fulfill(json={"messages": [message]}))
    answer = chat.say("anything")
    assert answer.locator("p").first.inner_text() == TRICKY
    assert answer.locator("li").all_inner_texts()[:2] == ["one", "<i>two</i>"]
    assert [link.get_attribute("href") for link in answer.locator("a").all()] == ["https://example.org/", "tel:+123"]


def test_the_history_is_there_after_a_reload(chat):
    chat.say("does it hurt?")
    answer = chat.answers.first.locator(".text").inner_text()
    chat.page.reload()
    chat.open()
    expect(chat.answers).to_have_count(1)
    assert chat.answers.first.locator(".text").inner_text() == answer
    assert chat.questions.first.locator(".text").inner_text() == "does it hurt?"


def test_what_was_not_sent_can_be_sent_again(chat):
    chat.page.route("**/chat/messages", lambda route: route.fulfill(status=500), times=1)
    chat.type("does it hurt?")
    expect(chat.questions.first).to_contain_text("Not sent.")
    chat.answered(lambda: chat.press("Send again"))
    expect(chat.questions).to_have_count(1)
    expect(chat.questions.first).not_to_contain_text("Not sent.")


def test_a_busy_server_is_asked_again_after_the_time_it_wants(chat):
    busy = {"status": 429, "headers": {"Retry-After": "1"}, "json": {"error": {"code": "busy", "message": ""}}}
    chat.page.route("**/chat/messages", lambda route: route.fulfill(**busy), times=1)
    chat.say("does it hurt?")


def test_an_expired_session_is_replaced_and_said_so(chat):
    chat.say("does it hurt?")
    over = {"status": 401, "json": {"error": {"code": "expired", "message": ""}}}
    chat.page.route("**/chat/messages", lambda route: route.fulfill(**over), times=1)
    chat.type("what are the side effects?")
    expect(chat.status).to_contain_text("This is a new one")
    expect(chat.questions).to_have_count(1)
    expect(chat.answers).to_have_count(1)


def test_too_long_a_question_is_not_cut_but_told(chat):
    chat.box.fill("a " * 600)
    expect(chat.dialog).to_contain_text("characters too long")
    chat.box.press("Enter")
    expect(chat.questions).to_have_count(0)
    assert len(chat.box.input_value()) == 1200


def test_an_answer_can_be_rated(chat):
    answer = chat.say("does it hurt?")
    with chat.page.expect_response("**/chat/feedback") as response:
        answer.get_by_role("button", name="Yes").click()
    assert response.value.status == 204
    expect(answer).to_contain_text("Thank you.")
    expect(answer.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")


def test_times_are_shown_when_wanted(chat):
    chat.say("does it hurt?")
    expect(chat.dialog.locator("time")).to_have_count(0)
    chat.choose("Show times")
    expect(chat.dialog.locator("time")).to_have_count(2)


def test_two_tabs_hold_one_conversation(chat):
    other = chat.page.context.new_page()
    other.goto(chat.page.url)
    second = Chat(other).open()
    chat.say("does it hurt?")
    expect(second.answers).to_have_count(1)
    second.say("what are the side effects?")
    expect(chat.answers).to_have_count(2)
    chat.choose("Erase our chat", "Yes, erase it")
    expect(second.answers).to_have_count(0)


def test_storage_that_is_blocked_does_not_stop_it(visit, address):
    page = visit("/none", html="")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"
    )
    page.goto(address + "/chat")
    chat = Chat(page).open()
    chat.press("Dim")
    expect(chat.dialog).to_have_class(re.compile("dim"))
    chat.say("does it hurt?")
    chat.say("what are the side effects?")
