"""What is to be entered is told whole: rows, choices, and what may be chosen after a mistake."""

import json

import pytest

from baomi.engine import registry
from baomi.engine.face.choices import choices_of, code_of
from baomi.kernel.clock import clock
from baomi.registers.custody.facts.things import CARRYING, CONSULTING
from baomi.registers.custody.reads.worded import CARRIERS, PURPOSES
from baomi.rulebook.terms import Terms
from tests.architecture.source_tree import has_chinese

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

ENVELOPE = "custody.receive_envelope"
REGISTRAR = ("--as", "registrar")
PAPER = {"issuer": "省委办公厅", "title": "关于某事的通知"}
SETTINGS = ("--set", "sender=机要局", "--set", "intact=是", "--set", "papers_stated=1")


def every_field(model):
    for field in model.model_fields.values():
        yield field
        for row in (each for each in _models_in(field.annotation)):
            yield from every_field(row)


def _models_in(annotation):
    from pydantic import BaseModel

    from baomi.engine.face.choices import inside

    kind = inside(annotation)
    return [kind] if isinstance(kind, type) and issubclass(kind, BaseModel) else []


FIELDS = [
    (name, field)
    for name, action in registry.actions().items()
    for field in every_field(action.inputs)
]


def test_every_choice_of_every_action_has_a_word_that_stands_for_it_alone():
    terms = Terms.on(clock.today())
    offered = [(name, field, choices_of(field.annotation, terms)) for name, field in FIELDS]
    assert sum(bool(choices) for _, _, choices in offered) > 20
    for name, field, choices in offered:
        for each in choices:
            assert has_chinese(each.title), (name, field.title, each.code)
            assert code_of(each.title, field.annotation, terms) == each.code


def test_the_lists_print_the_words_that_are_taken():
    terms = Terms.on(clock.today())
    for name, field, words, of_other_deeds in (
        ("custody.hand_over_copy", "purpose", PURPOSES, {CARRYING, CONSULTING}),
        ("custody.register_own_paper", "carrier", CARRIERS, set()),
    ):
        annotation = registry.actions()[name].inputs.model_fields[field].annotation
        printed = {code: word for code, word in words.items() if code}
        taken = {each.code: each.title for each in choices_of(annotation, terms)}
        assert printed.keys() - taken.keys() == of_other_deeds
        assert taken.items() <= printed.items()


def test_the_fields_of_a_row_are_told_with_the_row(office, baomi):
    fields = {each["name"]: each for each in baomi("rules", ENVELOPE, "--json").data["inputs"]}
    inner = {each["name"]: each for each in fields["papers"]["fields"]}
    assert fields["papers"]["several"] is True
    assert (inner["title"]["title"], inner["title"]["required"]) == ("文件标题", True)
    assert {"code": "disc", "title": "光盘"} in inner["carrier"]["choices"]
    shown = baomi("rules", ENVELOPE).out
    assert "papers.title" in shown and "文件标题" in shown and "纸质、电报、光盘" in shown
    assert '--set papers=@文件.json，形如 [{"issuer": …, "title": …}, …]' in shown


def test_an_example_of_a_row_is_enough_to_register(office, baomi, tmp_path):
    path = tmp_path / "papers.json"
    path.write_text(json.dumps([PAPER | {"carrier": "纸质"}]), encoding="utf-8")
    ran = baomi("act", ENVELOPE, *REGISTRAR, *SETTINGS, "--set", f"papers=@{path}")
    assert ran.code == 0, ran.err or ran.out


def test_a_fault_in_a_row_is_told_once(office, baomi, tmp_path):
    path = tmp_path / "papers.json"
    path.write_text(json.dumps([{"title": "甲"}]), encoding="utf-8")
    ran = baomi("act", ENVELOPE, *REGISTRAR, *SETTINGS, "--set", f"papers=@{path}")
    assert ran.code == 2
    assert ran.err.splitlines() == ["“文件第1项的来文单位”没有填写，请补上（papers.0.issuer）"]


def test_a_list_that_is_empty_is_still_a_fault(office, baomi, tmp_path):
    path = tmp_path / "papers.json"
    path.write_text("[]", encoding="utf-8")
    ran = baomi("act", ENVELOPE, *REGISTRAR, *SETTINGS, "--set", f"papers=@{path}")
    assert (ran.code, ran.err.strip()) == (2, "“文件”至少要有一项（papers）")


def test_what_is_no_choice_names_the_choices(office, baomi, tmp_path):
    path = tmp_path / "papers.json"
    path.write_text(json.dumps([PAPER | {"carrier": "竹简"}]), encoding="utf-8")
    ran = baomi("act", ENVELOPE, *REGISTRAR, *SETTINGS, "--set", f"papers=@{path}")
    assert ran.code == 2
    assert "不在可选的范围内，可填：纸质、电报、光盘、电子文件（papers.0.carrier）" in ran.err
    person = str(office.auditor)
    words = ["office.set_class", person, "--as", "security_admin", "--set", "ground=调整"]
    ran = baomi("why", *words, "--set", "personnel_class=特级")
    assert ran.code == 2
    assert "可填：核心、重要、一般、非涉密（personnel_class）" in ran.err


def test_chinese_words_do_a_deed(office, baomi):
    words = ["office.set_class", str(office.auditor), "--as", "security_admin"]
    ran = baomi("act", *words, "--set", "personnel_class=重要", "--set", "ground=调整")
    assert ran.code == 0, ran.err or ran.out
    rows = baomi("list", "office.person", "--as", "security_admin", "--json").data
    assert "重要" in {row["personnel_class"] for row in rows}
    ran = baomi("why", "office.appoint", str(office.auditor), "--as", "security_admin",
                "--set", "post=保密员", "--set", "letter=云人发〔2025〕9号")  # fmt: skip
    assert "三员分立" in ran.out
