import re

from playwright.sync_api import expect


def test_it_says_what_it_is_and_is_not_and_what_is_kept(chat, address):
    config = chat.page.request.get(f"{address}/chat/config").json()
    screen = chat.dialog.locator(".first")
    expect(screen).to_contain_text("computer program, not a doctor")
    expect(screen).to_contain_text("general information")
    expect(screen).to_contain_text(f"up to {config['kept_hours']} hours")
    expect(screen.get_by_role("link").first).to_have_attribute("href", re.compile(r"^tel:\d+$"))
    assert screen.locator(".choices button").all_inner_texts() == config["starters"]


def test_it_makes_room_for_the_conversation(chat):
    chat.say("does it hurt?")
    expect(chat.dialog.locator(".first")).to_have_count(0)


def test_without_the_server_the_numbers_are_there(visit):
    from tests.browser.chat import Chat

    page = visit()
    page.route("**/chat/config", lambda route: route.abort())
    chat = Chat(page).open()
    expect(chat.dialog.locator(".first a[href='tel:112']")).to_be_visible()
