"""The pages as the scenarios use them: what is typed into a form, what is shown."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from baomi.engine.demo.office_plan import Office
from baomi.kernel.ids import new_id
from tests.entrypoints.asking import DONE, FAULTY, REFUSED, Answered, Asked
from tests.entrypoints.web.page import Element, page
from tests.entrypoints.web.visiting import client_of, person_of
from tests.factories.deeds import do

OUTCOMES = {200: DONE, 302: DONE, 409: REFUSED, 422: FAULTY}
CHOSEN = "Nine-Blue-Kettles-8"
NUMBER = re.compile(r"-?\d+")
COUNTED = ("overdue_days",)


class WebDoor:
    """Fills in forms and reads pages."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.confirming: dict[str, str] = {}

    def browser(self, post: str) -> Client:
        """A browser of the holder of a post."""
        return client_of(person_of(post))

    def make_ready(self, asked: Asked) -> None:
        """The auditor gets a password of his own, with which he confirms."""
        if asked.confirmed:
            do("office.change_password", self.office.auditor, new_password=CHOSEN)
            login = self.office.logins[self.office.auditor]
            self.confirming = {"second_login": login, "second_password": CHOSEN}

    def act(self, asked: Asked) -> Answered:
        """The form of the action, filled in and sent."""
        browser, address = self.browser(asked.post), reverse("deed", args=[asked.action])
        form = page(browser.get(address))
        fields = {"targets": list(asked.targets), "op_id": _operation(form)}
        fields |= dict(_posted(asked.inputs)) | (self.confirming if asked.confirmed else {})
        if asked.why:
            address = reverse("ask", args=[asked.action])
            fields["why"] = asked.why
        answer = browser.post(address, fields)
        told = page(answer)
        return Answered(
            outcome=OUTCOMES[answer.status_code],
            refused=[_refusal(each) for each in told.all("li", class_="refusal")],
            words=_words(told),
        )

    def listed(
        self, register: str, *, overdue: bool = False, post: str = "registrar"
    ) -> list[dict[str, Any]]:
        """The register's page, every column shown, all its pages."""
        browser = self.browser(post)
        address = reverse("register", args=[register])
        sought = {"columns": "*"} | ({"f.overdue": "yes"} if overdue else {})
        answer = browser.post(address, sought, follow=True)
        rows: list[dict[str, Any]] = []
        while True:
            told = page(answer)
            rows += _rows(told)
            onward = told.all("a", rel="next")
            if not onward:
                return rows
            answer = browser.get(onward[0].attributes["href"])

    def owed(self, post: str = "registrar") -> list[dict[str, Any]]:
        """What is owed by anybody: the register of duties, those that are open."""
        return [row for row in self.listed("duties.duty", post=post) if row["state"] == "未办"]

    def form(self, name: str, kind: str, thing: UUID, post: str, written: str) -> bytes | None:
        """The button of the thing's page; without the page or the button, the bare address."""
        browser, address = self.browser(post), reverse("form", args=[name, thing, written])
        seen = browser.get(reverse("object", args=[kind, thing]), follow=True)
        offered = seen.status_code == 200 and any(
            each.attributes.get("href") == address for each in page(seen).all("a")
        )
        answer = browser.get(address)
        assert answer.status_code == (200 if offered else 404)
        return answer.content if offered else None

    def exported(self, register: str, kind: str) -> tuple[list[str], list[list[str]]]:
        """The button “导出”, the job that it asks for, and its file."""
        from tests.entrypoints.web.exported import exported

        return exported(self.browser("registrar"), register, kind)


def _operation(form: Element) -> str:
    found = form.all("input", name="op_id")
    return found[0].attributes["value"] if found else str(new_id())


def _posted(inputs: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in inputs.items():
        place = f"{within}{name}"
        if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            for number, row in enumerate(value):
                yield from _posted(row, f"{place}.{number}.")
        elif isinstance(value, Mapping):
            yield from _posted(value, f"{place}.")
        elif isinstance(value, bool):
            yield place, "true" if value else "false"
        elif isinstance(value, list | tuple):
            yield place, [str(each) for each in value]
        elif value is not None:
            yield place, str(value)


def _refusal(item: Element) -> dict[str, str]:
    return {
        "clause": item.attributes["data-clause"],
        "guard": item.attributes["data-guard"],
        "reason": item.one("span", class_="reason").text,
        "remedy": item.one("p", class_="refusal-remedy").text,
    }


def _words(told: Element) -> str:
    said = [*told.all("p", class_="field-fault"), *told.all("div", class_="alert")]
    return "；".join(each.text for each in said)


def _rows(told: Element) -> list[dict[str, Any]]:
    keys = [each.attributes["data-key"] for each in told.all("th") if "data-key" in each.attributes]
    body = [row for each in told.all("tbody") for row in each.all("tr")]
    cells = ([cell for cell in row.all("td") if "data-key" in cell.attributes] for row in body)
    return [
        {key: _value(key, cell.text) for key, cell in zip(keys, row, strict=True)}
        for row in cells
        if row
    ]


def _value(key: str, text: str) -> Any:
    if key in COUNTED:
        return int(text) if NUMBER.fullmatch(text) else None
    return text
