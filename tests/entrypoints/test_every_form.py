"""Every official form through every door: its text read back from the PDF and from the docx."""

import io
import json
import os
from pathlib import Path
from uuid import UUID

import pytest
from docx import Document
from docx.oxml.ns import qn

from baomi.engine import evidence, registry
from baomi.engine.papers.forms.kinds import forms
from tests.engine.papers.looking import properties_of, words_on
from tests.entrypoints.scenarios import forms as scenarios
from tests.entrypoints.scenarios import governing, pledging, requests, standing_in
from tests.entrypoints.scenarios.forms import PRINTS

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

DOORS = {"command_line": "cli", "api": "api", "web": "web"}
NOBODYS = UUID("00000000-0000-4000-8000-000000000000")


@pytest.fixture(autouse=True)
def observed(monkeypatch, tmp_path):
    """The engine reads back whatever it prints."""
    if not evidence.is_observed():
        monkeypatch.setenv("BAOMI_EVIDENCE", str(tmp_path / "evidence"))


def seen(form: str, test: str) -> set[tuple[str, str]]:
    """What was observed of a form in a test, and through which door."""
    lines = map(json.loads, Path(os.environ["BAOMI_EVIDENCE"]).read_text().splitlines())
    return {
        (line["outcome"], line["door"])
        for line in lines
        if line["kind"] == "form" and line["control"] == form and line["test"] == test
    }


def text_of(docx: bytes) -> str:
    """Its text, headers and footers too, without blanks."""
    document = Document(io.BytesIO(docx))
    margins = [
        each._element for section in document.sections for each in (section.header, section.footer)
    ]
    roots = [document.element, *margins]
    return "".join("".join(each.text or "" for each in root.iter(qn("w:t"))) for root in roots)


def test_every_form_has_its_scenario():
    assert set(PRINTS) == set(forms())
    modules = {
        module.__name__ for module in (scenarios, governing, pledging, standing_in, requests)
    }
    assert {each.__module__ for each in PRINTS.values()} == modules


def test_a_clause_names_forms_that_there_are():
    named = {
        name
        for clause in registry.rulebook()
        for part in clause.every_part()
        for rule in part.plain
        if rule.kind == "form"
        for name in rule.names
    }
    assert named <= set(forms())


@pytest.mark.parametrize("form", sorted(PRINTS))
def test_printed_and_read_back(form, desk, door, request):
    printed = PRINTS[form](desk)
    kind = forms()[form].kind
    pdf = door.form(form, kind, printed.thing, printed.post, "pdf")
    docx = door.form(form, kind, printed.thing, printed.post, "docx")
    said = {"pdf": words_on(pdf), "docx": "".join(text_of(docx).split())}
    for words in said.values():
        for key, value in printed.shows.items():
            assert "".join(value.split()) in words, key
        assert "{{" not in words
        assert "«" not in words
    assert "Title" not in properties_of(pdf)
    assert Document(io.BytesIO(docx)).core_properties.title == ""
    through = DOORS[request.node.callspec.params["door"]]
    assert seen(form, request.node.nodeid) == {("rendered", through), ("compared", through)}
    for written in ("pdf", "docx"):
        assert door.form(form, kind, printed.thing, printed.stranger, written) is None
        assert door.form(form, kind, NOBODYS, printed.post, written) is None
