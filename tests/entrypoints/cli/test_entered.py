"""What is typed becomes inputs: lists, levels, yes and no, and names at any depth."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import pytest
from pydantic import Field

from baomi.engine.face import meant
from baomi.entrypoints.cli.answer import Stop
from baomi.entrypoints.cli.entered import entered
from baomi.kernel.action import Inputs
from baomi.kernel.fields import LevelCode, PersonRef, Pick, RoomRef
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import PersonnelClass, Post, Purpose
from baomi.registers.custody.facts import Carrier
from baomi.rulebook.terms import Terms

ACTOR = object()  # handed on to the picker as it is
TERMS = Terms.on(date(2025, 3, 3))
KNOWN = {"张伟": UUID(int=1), "李娜": UUID(int=2)}


class Paper(Inputs):
    title: str
    handler: PersonRef | None = None
    level: LevelCode = "none"
    carrier: Carrier = Carrier.PAPER


class Everything(Inputs):
    person: PersonRef = Field(title="人", description="姓名")
    others: tuple[PersonRef, ...] = ()
    sorted_out: list[Annotated[UUID, Pick("office.person")]] = Field(default_factory=list)
    room: RoomRef | None = None
    papers: tuple[Paper, ...] = ()
    level: LevelCode = "none"
    kind: Literal["in", "out"] = "in"
    urgent: bool = False
    remark: str = ""
    purpose: Purpose = Purpose.READING
    personnel_class: PersonnelClass | None = None
    posts: tuple[Post, ...] = ()


@pytest.fixture(autouse=True)
def _people(monkeypatch):
    def pick(actor, kind, text):
        if text not in KNOWN:
            raise BadInput(f"查无此人：{kind}")
        return KNOWN[text]

    monkeypatch.setattr(meant, "pick", pick)


def typed(*settings, file=None):
    return entered(settings, file, Everything, ACTOR, TERMS)


def test_names_become_ids():
    assert typed("person=张伟") == {"person": str(KNOWN["张伟"])}


def test_a_name_that_means_nobody_is_refused():
    with pytest.raises(BadInput, match=r"office\.person"):
        typed("others=王五")


@pytest.mark.parametrize("field", ["others", "sorted_out"])
def test_one_or_several_make_a_list(field):
    assert typed(f"{field}=张伟") == {field: [str(KNOWN["张伟"])]}
    both = [str(KNOWN["张伟"]), str(KNOWN["李娜"])]
    assert typed(f"{field}=张伟", f"{field}=李娜") == {field: both}


def test_an_empty_text_takes_a_choice_back():
    assert typed("room=") == {"room": None}
    assert typed("remark=") == {"remark": ""}


def test_levels_and_yes_and_no_are_chinese_words():
    assert typed("level=机密", "urgent=是") == {"level": "secret", "urgent": True}
    assert typed("level=secret", "urgent=false") == {"level": "secret", "urgent": "false"}
    assert typed("kind=机密") == {"kind": "机密"}


def test_values_may_hold_signs():
    assert typed("remark=a=b") == {"remark": "a=b"}
    assert typed("remark=@@机关") == {"remark": "@机关"}


def test_rows_from_a_file_are_resolved_as_deep_as_they_go(tmp_path):
    path = tmp_path / "papers.json"
    path.write_text('[{"title": "甲", "handler": "李娜", "level": "绝密", "x": 1}]', "utf-8")
    row = {"title": "甲", "handler": str(KNOWN["李娜"]), "level": "top_secret", "x": 1}
    assert typed(f"papers=@{path}") == {"papers": [row]}


def test_single_settings_go_before_the_file(tmp_path):
    path = tmp_path / "all.json"
    path.write_text('{"remark": "甲", "person": "李娜"}', "utf-8")
    found = typed("remark=乙", file=str(path))
    assert found == {"remark": "乙", "person": str(KNOWN["李娜"])}
    path.write_text("[1]", "utf-8")
    with pytest.raises(Stop):
        typed(file=str(path))


def test_what_is_no_field_is_left_for_the_check_of_the_inputs():
    assert typed("nosuch=1") == {"nosuch": "1"}


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("purpose=承办", {"purpose": "handling"}),
        ("purpose=handling", {"purpose": "handling"}),
        ("personnel_class=重要", {"personnel_class": "important"}),
        ("posts=组长", {"posts": ["group_leader"]}),
        ("posts=组长（秘书长）", {"posts": ["group_leader"]}),
        ("posts= 保密员 ", {"posts": ["registrar"]}),
        ("purpose=借阅", {"purpose": "借阅"}),
    ],
    ids=["word", "code", "optional", "short_title", "whole_title", "spaces", "no_choice"],
)
def test_the_words_of_the_lists_are_taken_as_well_as_the_codes(setting, code):
    assert typed(setting) == code


def test_words_in_a_file_are_taken_in_every_row(tmp_path):
    path = tmp_path / "papers.json"
    path.write_text('[{"title": "甲", "carrier": "光盘", "level": "秘密"}]', "utf-8")
    assert typed(f"papers=@{path}")["papers"] == [
        {"title": "甲", "carrier": "disc", "level": "confidential"}
    ]
