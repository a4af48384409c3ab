"""A person at a browser, and what must hold of every page they see."""

import re
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Response

from people.models import User

PASSWORD = "a long test password"
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}
LOOK = Path(__file__).with_name("axe.js").read_text(encoding="utf-8")
AXE = f"async rules => {{ if (!window.axe) {{ {AXE_SCRIPT} }} return ({LOOK})(rules) }}"
FACTS = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    title: document.title,
    headings: all("h1").map((each) => each.innerText),
    ids: all("[id]").map((each) => each.id),
    wrong: all(".govuk-error-summary").length > 0,
  };
}"""
EXPECTED = (403, 404, 409, 422)  # answers that are pages of their own: refused, not found, conflict, try again


class Walker:
    """Goes from page to page; `look` asserts what axe checks and what it cannot."""

    def __init__(self, page: Page, base: str, *, javascript: bool) -> None:
        self.page, self.base, self.javascript = page, base, javascript
        self.complaints: list[str] = []
        self.titles: dict[str, str] = {}
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        # The browser also reports each page that answers 403 or 422 on purpose.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        on_purpose = response.request.resource_type == "document" and response.status in EXPECTED
        if response.status >= 400 and not on_purpose:
            self.complaints.append(f"{response.status} for {response.url}")

    def enter_as(self, email: str) -> None:
        """Signed in already, on the first page; one journey is about signing in."""
        visitor = Client()
        visitor.force_login(User.objects.get(email=email))
        cookie = visitor.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.base}])
        self.go("/")

    def sign_in(self, email: str) -> None:
        """Through the sign-in page."""
        self.go("/sign-in/")
        self.page.fill("#id_login", email)
        self.page.fill("#id_password", PASSWORD)
        self.page.locator("form", has=self.page.locator("#id_login")).get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)

    def go(self, path: str) -> None:
        """Open an address of the service."""
        self.page.goto(self.base + path)

    def press(self, name: str) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        """Follow the link of this name; links that start something look like buttons, and say so."""
        page = self.page
        page.get_by_role("link", name=name, exact=True).or_(page.locator("a[role=button]", has_text=name)).first.click()

    def sees(self, *texts: str) -> None:
        """Each text stands on the page, white space aside."""
        shown = self._shown()
        for text in texts:
            assert text in shown, f"{self.page.url} does not say {text!r}. It says:\n{shown[:3000]}"

    def does_not_see(self, *texts: str) -> None:
        """None of the texts stands on the page."""
        shown = self._shown()
        for text in texts:
            assert text not in shown, f"{self.page.url} says {text!r}"

    def _shown(self) -> str:
        self.page.wait_for_load_state()  # a press returns as soon as the next page begins to arrive
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base)

    def look(self, *, axe: bool = True) -> None:
        """Everything that must hold of the page, whatever it is; without axe where somebody else's walk has it."""
        page = self.page
        page.wait_for_load_state()
        facts = page.evaluate(FACTS)
        self._titled(facts)
        ids = facts["ids"]
        assert len(ids) == len(set(ids)), f"{page.url}: ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
        if self.javascript and axe:
            self._accessible()
        self._fits()
        self._error_links_land()
        assert not self.complaints, "\n".join(self.complaints)

    def _titled(self, facts: dict) -> None:
        title, headings = facts["title"], facts["headings"]
        assert re.search(r" – STRIDE$", title), f"{self.page.url}: {title!r}"
        assert title.startswith("Error: ") == facts["wrong"], f"{self.page.url}: {title!r}"
        assert len(headings) == 1, f"{self.page.url} has {len(headings)} h1"
        other = self.titles.setdefault(title, headings[0])
        assert other == headings[0], f"{title!r} is the title of {other!r} and of {headings[0]!r}"

    def _accessible(self) -> None:
        found = self.page.evaluate(AXE, RULES)
        told = [f"{each['id']}: {each['help']}\n  {each['nodes'][0]['html'][:300]}" for each in found]
        assert not told, f"{self.page.url}\n" + "\n".join(told)

    def _fits(self) -> None:
        """No sideways scroll of the page at 320 px (which is also 400 % zoom of 1280)."""
        size = self.page.viewport_size
        for width in (1280, 320):
            if self.page.viewport_size["width"] != width:
                self.page.set_viewport_size({"width": width, "height": 900})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.page.url} is {wide} px wide in a window of {width}"
        self.page.set_viewport_size(size)

    def _error_links_land(self) -> None:
        """Each link of the error summary puts the focus into a control."""
        links = self.page.locator(".govuk-error-summary a[href^='#']")
        for place in range(links.count()):
            target = links.nth(place).get_attribute("href")[1:]
            tag = self.page.evaluate("id => document.getElementById(id)?.tagName ?? 'nothing'", target)
            assert tag in {"INPUT", "SELECT", "TEXTAREA", "BUTTON"}, f"{self.page.url}#{target} is {tag}"
            if self.javascript:
                links.nth(place).click()
                focused = self.page.evaluate("document.activeElement.id")
                assert focused == target, f"{self.page.url}#{target}: the focus is on {focused!r}"
