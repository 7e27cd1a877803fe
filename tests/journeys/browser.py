"""Debian's Chromium, driven as a person drives it, watching for what no page may do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
)
SMALL, LARGE = (1366, 768), (1920, 1080)


@dataclass
class Watched:
    """What the pages did that they must not: requests elsewhere, breaches of the policy, faults."""

    origin: str
    elsewhere: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def on_request(self, request: Any) -> None:
        if not request.url.startswith((self.origin, "data:", "about:", "blob:")):
            self.elsewhere.append(request.url)

    def on_response(self, response: Any) -> None:
        if response.status >= 500:
            self.failed.append(f"{response.status} {response.url}")

    def on_console(self, message: Any) -> None:
        # a refused deed and a lost session are answers, and the console calls them errors
        if message.type == "error" and "status of 4" not in message.text:
            self.said.append(message.text)

    def on_fault(self, fault: Any) -> None:
        self.said.append(str(fault))

    def nothing_wrong(self) -> None:
        """Raises ``AssertionError`` for anything seen."""
        assert (self.elsewhere, self.said, self.failed) == ([], [], [])


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a profile of its own."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visitor:
    """Somebody before a screen."""

    context: BrowserContext
    page: Page
    origin: str
    watched: Watched

    def go(self, path: str) -> None:
        """Open an address of the product."""
        self.page.goto(f"{self.origin}{path}")

    def log_in(self, login: str, password: str) -> None:
        """Log in at the log-in page, by keyboard."""
        if not self.page.url.startswith(f"{self.origin}/login"):
            self.go("/login")
        self.page.fill("#login", login)
        self.page.fill("#password", password)
        with self.page.expect_navigation():
            self.page.press("#password", "Enter")

    def change_password(self, old: str, new: str) -> None:
        """Put a password of his own in the place of a one-time code."""
        for name, value in (("old", old), ("new", new), ("again", new)):
            self.page.fill(f"#{name}", value)
        with self.page.expect_navigation():
            self.page.press("#again", "Enter")

    def do(self, action: str, fields: dict[str, Any], *, target: str = "") -> None:
        """Fill in the form of an action and send it."""
        self.go(f"/do/{action}" + (f"/{target}" if target else ""))
        for name, value in fields.items():
            self.enter(name, value)
        self.send()

    def enter(self, name: str, value: Any) -> None:
        """Enter one field, whatever it is."""
        field_ = self.page.locator(f'form#deed [name="{name}"]')
        kind = field_.first.evaluate("e => e.tagName + ':' + (e.type || '')")
        if kind.startswith("SELECT"):
            field_.first.select_option(label=value)
        elif kind in ("INPUT:radio", "INPUT:checkbox"):
            choice = self.page.locator(f'[name="{name}"]')
            self.page.locator("form#deed label", has=choice).filter(has_text=value).first.click()
        elif isinstance(value, list | tuple):
            for number, each in enumerate(value):
                if number:
                    field_.nth(number - 1).press("Enter")
                field_.nth(number).fill(each)
        else:
            field_.first.fill(value)

    def send(self) -> None:
        """Press the button that does it."""
        with self.page.expect_navigation():
            self.page.click("#do")

    @property
    def text(self) -> str:
        """What stands on the page."""
        return self.page.inner_text("main")


@contextmanager
def visitor(browser: Browser, origin: str, size: tuple[int, int] = SMALL) -> Iterator[Visitor]:
    """Somebody with a browser of his own; what the pages may not do fails at the end."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    watched = Watched(origin)
    context.on("request", watched.on_request)
    context.on("response", watched.on_response)
    page = context.new_page()
    context.on("console", watched.on_console)
    context.on("weberror", watched.on_fault)
    page.set_default_timeout(15_000)
    try:
        yield Visitor(context, page, origin, watched)
        watched.nothing_wrong()
    finally:
        context.close()
