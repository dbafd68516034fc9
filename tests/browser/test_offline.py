from playwright.sync_api import expect

from tests.browser.chat import Chat


def test_offline_it_says_so_and_shows_whom_to_call(chat):
    chat.say("does it hurt?")
    chat.page.context.set_offline(True)
    notice = chat.dialog.locator(".offline")
    expect(notice).to_contain_text("You are offline")
    expect(notice.locator("a[href^='tel:']").first).to_be_in_viewport()


def test_the_clinic_can_be_called_when_offline(visit, address):
    page = visit()
    config = page.request.get(f"{address}/chat/config").json()
    config["clinic"] = {"name": "Test Clinic", "phone": "+44 20 7946 0000", "hours": None, "booking": None}
    page.route("**/chat/config", lambda route: route.fulfill(json=config))
    chat = Chat(page).open()
    expect(chat.dialog.get_by_role("link", name="Call Test Clinic")).to_be_visible()
    page.context.set_offline(True)
    clinic = chat.dialog.locator(".offline").get_by_role("link", name="Call Test Clinic")
    expect(clinic).to_have_attribute("href", "tel:+442079460000")


def test_what_was_written_offline_is_sent_when_back(chat):
    chat.say("does it hurt?")
    chat.page.context.set_offline(True)
    chat.type("what are the side effects?")
    expect(chat.questions.last).to_contain_text("Not sent.")
    chat.page.context.set_offline(False)
    expect(chat.answers).to_have_count(2)
    expect(chat.questions).to_have_count(2)
    expect(chat.dialog.locator(".offline")).to_have_count(0)


def test_a_server_that_is_gone_is_not_called_being_offline(chat):
    chat.page.route("**/chat/messages", lambda route: route.abort())
    chat.type("does it hurt?")
    expect(chat.dialog.locator(".offline")).to_contain_text("I can't be reached")
    chat.page.unroute("**/chat/messages")
    chat.answered(lambda: chat.press("Send again"))
    expect(chat.dialog.locator(".offline")).to_have_count(0)


def test_if_the_chat_does_not_load_the_numbers_are_there_and_it_can_be_tried_again(visit):
    page = visit()
    page.route("**/chat/assets/chat-*", lambda route: route.abort(), times=1)
    chat = Chat(page)
    chat.launcher.click()
    failure = page.get_by_role("alert")
    expect(failure).to_contain_text("did not load")
    expect(failure.get_by_role("link").first).to_have_attribute("href", "tel:911")
    chat.open()
    expect(failure).not_to_be_visible()
