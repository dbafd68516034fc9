import os
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.chat import Chat

WIDGET = Path(__file__).parents[2] / "widget"
CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Not for the whole session: while it runs, no other test can have an event loop.
@pytest.fixture(scope="package")
def browser():
    if CHROMIUM is None:
        # Never a silent pass: where tests count, a missing browser is a failure.
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Chromium is not installed: see requirements/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str):
    """Open pages as a new visitor; what the browser complains of, or asks elsewhere, fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def note(message) -> None:
        # That a request failed is the subject of some tests; that the page broke is of none.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def visit(path: str = "/chat", html: str | None = None, headers: dict | None = None, **options) -> Page:
        """`html` and `headers`: a page of our own on the assistant's origin."""
        context = browser.new_context(**options)
        contexts.append(context)
        context.on("request", lambda request: complaints.append(request.url) if not own(request.url) else None)
        context.on("console", note)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        if html is not None:
            context.route(
                address + path,
                lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers or {}),
            )
        page = context.new_page()
        page.goto(address + path)
        return page

    def own(url: str) -> bool:
        return url.startswith((address + "/", "about:"))

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def chat(visit) -> Chat:
    """The chat on the demo page, open, of a new visitor."""
    return Chat(visit()).open()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    return (WIDGET / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def dist() -> Path:
    """The widget as it is built now."""
    subprocess.run([WIDGET / "build"], check=True)
    return WIDGET / "dist"
