"""What tests of the return pages share: a page as an element tree, and the words a reader sees."""

import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from monitoring.models import ProgressReturn
from monitoring.services import returns
from tests.factories.monitoring import FOLLOW_UPS, GREEN

TYPED = {
    "progress": {name: GREEN[name] for name in ("done", "difference")},
    "rating": {"lifecycle": "in_progress", "rating": "green", "outlook": "same"},
    "recovery": {
        **{name: FOLLOW_UPS[name] for name in ("rating_reason", "path_to_green", "help_needed")},
        "green_by_day": "30",
        "green_by_month": "6",
        "green_by_year": "2022",
    },
    "next": {"next_steps": GREEN["next_steps"]},
    "dates": {"expected_on_day": "31", "expected_on_month": "March", "expected_on_year": "2025", "date_reason": ""},
    "risks": {"risks": GREEN["risks"]},
}


class Page:
    """A response as its reader gets it."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.body = response.content.decode()
        self.tree = html.fromstring(self.body or "<html></html>")

    @property
    def title(self) -> str:
        return self.words("//title")

    @property
    def main(self) -> str:
        """The words between header and footer."""
        return self.words("//main")

    def words(self, xpath: str) -> str:
        """The words of the first element found, blanks run together; an empty text when there is none."""
        found = self.tree.xpath(xpath)
        return " ".join(found[0].text_content().split()) if found else ""

    def every(self, xpath: str) -> list[str]:
        """The words of each element found."""
        return [" ".join(each.text_content().split()) for each in self.tree.xpath(xpath)]

    def by_class(self, name: str) -> list[str]:
        return self.every(f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(sentence, target) of the error summary."""
        links = self.tree.xpath("//div[contains(@class, 'govuk-error-summary')]//li")
        return [(" ".join(each.text_content().split()), (each.xpath("./a/@href") or [""])[0]) for each in links]

    @property
    def ids(self) -> list[str]:
        return self.tree.xpath("//@id")

    def error_beside(self, field: str) -> str:
        """The message at a field, which its control is described by."""
        return self.words(f"//p[@id='id_{field}_error']").removeprefix("Error: ")

    def value(self, name: str) -> str:
        """What a control holds: the text of a box, the chosen radio, the value of an input."""
        [*boxes] = self.tree.xpath(f"//textarea[@name='{name}']")
        if boxes:
            return (boxes[0].text or "").removeprefix("\n").replace("\r\n", "\n")
        [*chosen] = self.tree.xpath(f"//input[@name='{name}'][@type='radio' or @type='checkbox'][@checked]")
        if chosen:
            return chosen[0].get("value", "on")
        return (self.tree.xpath(f"//input[@name='{name}'][not(@type='radio' or @type='checkbox')]/@value") or [""])[0]

    def href(self, words: str) -> str:
        """Where the link or button with these words leads."""
        return next(
            (
                each.get("href")
                for each in self.tree.xpath("//main//a")
                if words in " ".join(each.text_content().split())
            ),
            "",
        )

    def links_land(self) -> bool:
        """Whether every link of the error summary lands on something of this page."""
        return all(target[1:] in self.ids for _, target in self.summary if target.startswith("#"))


def url(name: str, row: ProgressReturn, *more) -> str:
    return reverse(f"monitoring:{name}", args=[row.pk, *more])


def section_url(row: ProgressReturn, slug: str) -> str:
    return url("return_section", row, slug)


def get(client: Client, address: str) -> Page:
    return Page(client.get(address))


def post(client: Client, address: str, data: dict | None = None, **extra) -> HttpResponse:
    return client.post(address, data or {"sent": "yes"}, **extra)


def fill(client: Client, row: ProgressReturn, slug: str, then: str = "continue", **answers) -> HttpResponse:
    """What a browser sends from a section page: the page's own token, and the typed answers."""
    seen = get(client, section_url(row, slug)).value("seen")
    return client.post(section_url(row, slug), {**TYPED[slug], "seen": seen, "then": then, **answers})


def autosave(client: Client, row: ProgressReturn, slug: str, **answers) -> HttpResponse:
    return client.post(url("return_autosave", row, slug), answers, HTTP_HX_REQUEST="true")


def token(row: ProgressReturn, slug: str) -> str:
    row.refresh_from_db()
    version = returns.current_version(row) or returns.unsaved_version(row)
    return returns.seen_token(version, slug)


def new_token(response: HttpResponse) -> str:
    """The token that autosave sent along."""
    found = re.search(rb'name="seen" id="id_seen" value="([0-9a-f]+)" hx-swap-oob="true"', response.content)
    return found.group(1).decode() if found else ""
