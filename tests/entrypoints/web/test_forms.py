"""Official forms on the pages: buttons for who may print, and faults told as sentences."""

from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document

from tests.entrypoints.web.page import page
from tests.entrypoints.web.visiting import client_of

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CARD = "custody.copy_card"


@pytest.fixture
def unfit_template(settings):
    """The office's own template of the card, with a slip of the pen in it."""
    folder = Path(settings.BAOMI_HOME) / "templates"
    folder.mkdir(exist_ok=True)
    path = folder / f"{CARD}.docx"
    document = Document()
    document.add_paragraph("{{price}}")
    document.save(str(path))
    yield
    path.unlink()
    folder.rmdir()


def buttons(browser, kind, key):
    seen = browser.get(reverse("object", args=[kind, key]))
    assert seen.status_code == 200
    links = page(seen).all("a")
    return [each.text for each in links if each.attributes.get("href", "").startswith("/form/")]


def test_the_buttons_stand_where_they_print_something(desk):
    _, copies = desk.ready()
    registrar, reader = client_of(desk.registrar), client_of(desk.reader)
    assert buttons(registrar, "custody.copy", copies[0]) == [
        "涉密载体登记卡（PDF）",
        "涉密载体登记卡（Word）",
    ]
    assert buttons(reader, "custody.copy", copies[0]) == []


def test_a_form_is_a_file_without_a_word_in_its_name(desk):
    _, copies = desk.ready()
    answer = client_of(desk.registrar).get(reverse("form", args=[CARD, copies[0], "docx"]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="custody-copy_card.docx"'
    assert "wordprocessingml" in answer.headers["Content-Type"]
    for odd in (("no.form", "pdf"), (CARD, "doc"), (CARD, "PDF")):
        address = reverse("form", args=[odd[0], copies[0], odd[1]])
        assert client_of(desk.registrar).get(address).status_code == 404


def test_an_unfit_template_is_told(desk, unfit_template):
    _, copies = desk.ready()
    browser = client_of(desk.registrar)
    answer = browser.get(reverse("form", args=[CARD, copies[0], "docx"]))
    assert answer.status_code == 400
    assert "不认识占位符“price”" in answer.content.decode()
    answer = browser.get(f"/api/forms/{CARD}/{copies[0]}.docx")
    assert answer.status_code == 422
    assert "不认识占位符“price”" in answer.json()["faults"][0]["sentence"]
    assert browser.get(reverse("form", args=[CARD, copies[0], "pdf"])).status_code == 200
