"""The widget as a person uses it: what they see, and what they do."""

from playwright.sync_api import Locator, Page, expect

LAUNCHER = "Ask about migraine and Botox"
EMERGENCY = "my face just went numb on one side and I can't speak"
# The real assistant may need a moment.
expect.set_options(timeout=15_000)


class Chat:
    """The widget on a page that is open in a browser."""

    def __init__(self, page: Page):
        self.page = page
        self.launcher = page.get_by_role("button", name=LAUNCHER)
        self.dialog = page.get_by_role("dialog")
        self.box = self.dialog.get_by_role("textbox")
        self.questions = self.dialog.locator(".message.person")
        self.answers = self.dialog.locator(".message:not(.person)")
        self.suggestions = self.dialog.get_by_role("group", name="You can ask next").get_by_role("button")
        self.status = self.dialog.locator(".notice")

    def open(self) -> "Chat":
        self.launcher.click()
        expect(self.dialog).to_be_visible()
        return self

    def type(self, text: str) -> None:
        """Send `text`, and wait for nothing."""
        self.box.fill(text)
        self.box.press("Enter")

    def say(self, text: str) -> Locator:
        """Send `text`, and return the answer."""
        return self.answered(lambda: self.type(text))

    def answered(self, act) -> Locator:
        """Do what sends a message, and return the answer."""
        before = self.answers.count()
        act()
        expect(self.answers).to_have_count(before + 1)
        return self.answers.last

    def press(self, name: str) -> None:
        self.dialog.get_by_role("button", name=name, exact=True).click()

    def choose(self, *names: str) -> None:
        """Open the menu and press what is in it."""
        self.press("Menu")
        for name in names:
            self.press(name)

    def focused(self) -> str:
        """The text or the label of what has the focus, however deep."""
        return self.page.evaluate(
            """() => {
                let at = document.activeElement;
                while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                return at?.getAttribute("aria-label") || at?.labels?.[0]?.textContent || at?.textContent.trim() || "";
            }"""
        )
