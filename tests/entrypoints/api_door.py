"""The API as the scenarios use it: what is sent, what is answered."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import openpyxl
from django.test import Client

from baomi.engine.demo.office_plan import Office
from baomi.engine.jobs.running import run_next
from tests.entrypoints.asking import DONE, FAULTY, REFUSED, Answered, Asked
from tests.entrypoints.web.visiting import client_of, person_of
from tests.factories.deeds import do

OUTCOMES = {200: DONE, 409: REFUSED, 422: FAULTY}
CHOSEN = "Nine-Blue-Kettles-8"
REASON = "年度核对"


class ApiDoor:
    """Sends what is asked for, and reads the JSON that is answered."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.confirming: dict[str, str] = {}

    def make_ready(self, asked: Asked) -> None:
        """The auditor gets a password of his own, with which he confirms."""
        if asked.confirmed:
            do("office.change_password", self.office.auditor, new_password=CHOSEN)
            login = self.office.logins[self.office.auditor]
            self.confirming = {"login": login, "password": CHOSEN}

    def act(self, asked: Asked) -> Answered:
        """``POST /api/actions/{name}``."""
        sent: dict[str, Any] = {"targets": list(asked.targets), "inputs": asked.inputs}
        if asked.confirmed:
            sent["second"] = self.confirming
        address = f"/api/actions/{asked.action}"
        if asked.why:
            address, sent = f"{address}/approval", {**sent, "reason": asked.why}
        answer = posted(client_of(person_of(asked.post)), address, sent)
        told = answer.json()
        return Answered(
            outcome=OUTCOMES[answer.status_code],
            refused=told.get("refused", ()),
            words="；".join(each["sentence"] for each in told.get("faults", ())),
        )

    def listed(
        self, register: str, *, overdue: bool = False, post: str = "registrar"
    ) -> list[dict[str, Any]]:
        """``POST /api/registers/{book}``, all its pages."""
        sent = {"filters": {"overdue": "yes"} if overdue else {}, "size": 200}
        return list(_rows(client_of(person_of(post)), register, sent))

    def owed(self, post: str = "registrar") -> list[dict[str, Any]]:
        """``GET /api/duties``."""
        answer = client_of(person_of(post)).get("/api/duties?all=true")
        assert answer.status_code == 200, answer.content
        return answer.json()["rows"]

    def form(self, name: str, kind: str, thing: UUID, post: str, written: str) -> bytes | None:
        """``GET /api/forms/{name}/{id}.{pdf|docx}``."""
        client = client_of(person_of(post))
        listed = {each["name"]: each["kind"] for each in client.get("/api/forms").json()}
        answer = client.get(f"/api/forms/{name}/{thing}.{written}")
        if answer.status_code == 404:
            return None
        assert answer.status_code == 200, answer.content
        assert listed[name] == kind
        return answer.content

    def exported(self, register: str, kind: str) -> tuple[list[str], list[list[str]]]:
        """``POST /api/registers/{book}/export``, the job done, its file read back."""
        client = client_of(person_of("registrar"))
        sent = {"reason": REASON, "format": f".{kind}"}
        asked = posted(client, f"/api/registers/{register}/export", sent)
        assert asked.status_code == 202, asked.content
        assert run_next("worker-of-a-test", ["export"])
        job = f"/api/jobs/{asked.json()['job']}"
        assert client.get(job).json()["state"] == "done", client.get(job).content.decode()
        content = client.get(f"{job}/file").content
        _, head, *rows = _csv(content) if kind == "csv" else _xlsx(content)
        return head, rows


def posted(client: Client, address: str, sent: Any) -> Any:
    """The answer to a POST of JSON."""
    return client.post(address, sent, content_type="application/json")


def _rows(client: Client, register: str, sent: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    after = None
    while True:
        answer = posted(client, f"/api/registers/{register}", {**sent, "after": after})
        assert answer.status_code == 200, answer.content.decode()
        told = answer.json()
        yield from told["rows"]
        after = told["after"]
        if after is None:
            return


def _csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _xlsx(content: bytes) -> list[list[str]]:
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    return [
        ["" if cell is None else str(cell) for cell in row]
        for row in page.iter_rows(values_only=True)
    ]
