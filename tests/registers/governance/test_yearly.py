"""Plans and summaries: of each year, adopted by the group, changed as versions that are kept."""

from datetime import date
from uuid import UUID

import pytest

from baomi.engine.face.reading import pick
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.registers.duties.models import Duty
from baomi.registers.governance import models
from tests.factories.deeds import do, imaged, kinds, size
from tests.registers.walking import page, person

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


def planned(desk, **inputs):
    made = {
        "year": 2025,
        "title": "2025年保密工作计划",
        "drafted_by": desk.registrar,
        "goals": [{"what": "清点全部密件", "unit": desk.office.units["研究室"]}],
    }
    return do("governance.adopt_plan", desk.registrar, **{**made, **inputs}).told["yearly"]


def summed_up(desk, **inputs):
    made = {
        "year": 2025,
        "title": "2025年保密工作总结",
        "drafted_by": desk.registrar,
        "done": [{"what": "清点密件两次"}],
    }
    return do("governance.adopt_summary", desk.registrar, **{**made, **inputs}).told["yearly"]


def test_a_plan_and_its_goals_are_one_deed(desk):
    before = size()
    key = planned(desk)
    assert kinds(before) == ["governance.adopt_plan"]
    assert imaged(before)["governance_yearly"] == imaged(before)["governance_item"] == 1
    row = models.Yearly.objects.get(id=key)
    assert (row.kind, row.version, row.adopted_on) == ("plan", 1, date(2025, 3, 3))


def test_a_change_is_a_new_version_and_the_earlier_one_is_kept(desk):
    first = planned(desk)
    with pytest.raises(BadInput, match="修改理由"):
        planned(desk)
    second = planned(desk, ground="增加一项目标")
    rows = {str(row.id): row for row in models.Yearly.objects.filter(kind="plan")}
    assert rows[first].replaced_on == date(2025, 3, 3)
    assert (rows[second].version, rows[second].replaced_on) == (2, None)
    assert models.Item.objects.filter(yearly=first).count() == 1
    shown = page(desk.registrar, "governance.yearly", filters={"standing": "yes"}).ids
    assert shown == (UUID(second),)
    with pytest.raises(BadInput, match="不用填写修改理由"):
        planned(desk, year=2026, ground="没有可改的")


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"year": 2027}, "最多填到明年"),
        ({"adopted_on": date(2025, 3, 4)}, "审定日期不能晚于"),
        ({"drafted_by": new_id()}, "查无此人"),
        ({"goals": [{"what": "没有人负责"}]}, "责任单位或者责任人"),
        ({"goals": [{"what": "某室负责", "unit": new_id()}]}, "没有这个单位"),
        ({"goals": [{"what": "某人负责", "person": new_id()}]}, "查无此人"),
    ],
)
def test_what_cannot_be_meant_is_said(desk, inputs, said):
    before = size()
    with pytest.raises(BadInput, match=said):
        planned(desk, **inputs)
    assert size() == before


def test_a_summary_points_at_goals_of_the_plan(desk):
    planned(desk)
    actor = person(desk.registrar)
    goal = pick(actor, "governance.item", "2025/1")
    key = summed_up(desk, done=[{"what": "清点密件两次", "goal": goal}])
    (row,) = page(desk.registrar, "governance.item", filters={"yearly": key}).rows
    assert "2025/1" in row
    done = models.Item.objects.get(yearly=key).id
    with pytest.raises(BadInput, match="没有这项工作目标"):
        summed_up(desk, ground="改", done=[{"what": "不是目标", "goal": done}])
    with pytest.raises(BadInput, match="还没有开始"):
        summed_up(desk, year=2026)


def test_who_reads_a_plan(desk):
    open_one = planned(desk)
    secret = planned(desk, year=2026, level="top_secret")
    reader, registrar = desk.reader, desk.registrar

    def seen(who, name):
        return {str(key) for key in page(who, name).ids}

    assert seen(registrar, "governance.yearly") == {open_one, secret}
    assert seen(reader, "governance.yearly") == {open_one}
    assert len(page(reader, "governance.item").ids) == 1
    with pytest.raises(BadInput, match="没有这份计划或总结"):
        pick(person(reader), "governance.yearly", secret)
    assert str(pick(person(reader), "governance.yearly", "计划/2025")) == open_one


def test_what_is_adopted_before_its_duty_opened_stands_as_done(desk):
    planned(desk)
    duty = Duty.objects.get(name="draft_the_plan", period="2025")
    assert (duty.state, duty.due_on) == ("done", date(2025, 2, 28))
    summed_up(desk, year=2024)
    duty = Duty.objects.get(name="draft_the_summary", period="2024")
    assert (duty.state, duty.due_on) == ("done", date(2025, 1, 31))


def test_other_documents_are_the_groups_own(desk):
    made = {"kind": "通知", "title": "节日保密通知", "drafted_by": desk.general}
    do("governance.record_document", desk.registrar, **made)
    assert len(page(desk.registrar, "governance.document").ids) == 1
    assert len(page(desk.general, "governance.document").ids) == 1
    assert page(desk.reader, "governance.document").ids == ()
    with pytest.raises(BadInput, match="成文日期不能晚于"):
        do("governance.record_document", desk.registrar, **made, dated_on=date(2025, 3, 4))
