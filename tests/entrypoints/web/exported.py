"""A register taken out at its page: the button, the job that it asks for, the file."""

import csv
import io

import openpyxl
from django.test import Client
from django.urls import reverse

from baomi.engine.jobs.running import run_next


def exported(browser: Client, register: str, kind: str) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of the file that the page gives out."""
    said = {"reason": "年度核对", "format": f".{kind}", "columns": "*"}
    asked = browser.post(reverse("take_out", args=[register]), said)
    assert asked.status_code == 302, asked.content.decode()
    assert run_next("worker-of-a-test", ["export"], is_ending=lambda: False)
    answer = browser.get(f"{asked.headers['Location']}/file")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    content = answer.content
    _, head, *rows = _csv(content) if kind == "csv" else _xlsx(content)
    return head, rows


def _csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _xlsx(content: bytes) -> list[list[str]]:
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = page.iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]
