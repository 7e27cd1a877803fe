"""What was entered, and a Chinese sentence for each thing that cannot be meant."""

import re

import pytest

from baomi.engine import registry
from baomi.engine.inputs import InvalidInputs, parse
from baomi.kernel.ids import new_id

GIVE = registry.actions()["custody.hand_over_copy"]
ENVELOPE = registry.actions()["custody.receive_envelope"]
CHINESE = re.compile(r"[一-鿿]")
PAPER = {"issuer": "省委办公厅", "title": "通知"}
SOUND = {"sender": "市委机要局", "intact": True, "papers_stated": 1, "papers": [PAPER]}


def test_what_is_sound_is_parsed():
    person = new_id()
    inputs = parse(GIVE, {"person": str(person), "remark": "  急  "})
    assert (inputs.person, inputs.remark) == (person, "急")


@pytest.mark.parametrize(
    ("action", "entered", "field", "says"),
    [
        (GIVE, {}, "person", "没有填写"),
        (GIVE, {"person": "nobody"}, "person", "不认识"),
        (GIVE, {"person": new_id(), "purpose": "x"}, "purpose", "不在可选的范围内"),
        (GIVE, {"person": new_id(), "remark": "字" * 201}, "remark", "太长"),
        (GIVE, {"person": new_id(), "holder": 1}, "holder", "没有“holder”这一项"),
        (ENVELOPE, {**SOUND, "papers_stated": -1}, "papers_stated", "太小"),
        (ENVELOPE, {**SOUND, "papers_stated": "三"}, "papers_stated", "应当是整数"),
        (ENVELOPE, {**SOUND, "intact": "完好"}, "intact", "“是”或“否”"),
        (ENVELOPE, {**SOUND, "papers": []}, "papers", "至少要有一项"),
        (ENVELOPE, {**SOUND, "papers": [PAPER] * 201}, "papers", "项数太多"),
        (
            ENVELOPE,
            {**SOUND, "papers": [PAPER, {**PAPER, "dated_on": "2025-02-30"}]},
            "papers.1.dated_on",
            "不是有效的日期",
        ),
    ],
    ids=[
        *("missing", "unknown_person", "no_such_choice", "too_long_text", "no_such_field"),
        *("too_small", "no_integer", "no_yes_or_no", "none_of_them", "too_many", "no_such_day"),
    ],
)
def test_each_fault_has_its_sentence(action, entered, field, says):
    with pytest.raises(InvalidInputs) as wrong:
        parse(action, entered)
    (fault,) = wrong.value.faults
    assert fault.field == field
    assert says in fault.sentence
    assert CHINESE.search(fault.sentence)


def test_all_faults_come_at_once():
    with pytest.raises(InvalidInputs) as wrong:
        parse(ENVELOPE, {"papers_stated": "x", "papers": "y"})
    assert {fault.field for fault in wrong.value.faults} == {
        *("sender", "intact", "papers_stated", "papers")
    }


def test_the_exception_holds_nothing_of_what_was_entered():
    with pytest.raises(InvalidInputs) as wrong:
        parse(GIVE, {"person": "某机密文件标题"})
    assert "标题" not in str(wrong.value)
    assert "标题" not in repr(wrong.value)
    assert wrong.value.__cause__ is None
    assert all("标题" not in fault.sentence for fault in wrong.value.faults)


def test_each_action_says_every_field_in_chinese():
    for action in registry.actions().values():
        for name, field in action.inputs.model_fields.items():
            where = f"{action.name}.{name}"
            assert CHINESE.search(field.title or ""), where
            assert CHINESE.search(field.description or ""), where
