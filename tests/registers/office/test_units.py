"""Units are entered once and closed when nobody and nothing belongs to them."""

import pytest

from baomi.engine.inputs import InvalidInputs
from baomi.kernel.verdict import BadInput, Refused
from baomi.registers.office import models
from tests.factories.deeds import do, imaged, kinds, size, unaccounted
from tests.factories.office import TODAY
from tests.factories.watch import by_hand


def test_add_unit(office):
    before = size()
    told = do(
        "office.add_unit", office.security_admin, name="档案室", within=office.units["办公室"]
    )
    row = models.Unit.objects.get(id=told.told["unit"])
    assert (row.name, row.within_id, row.opened_on) == ("档案室", office.units["办公室"], TODAY)
    assert kinds(before) == ["office.add_unit"]
    assert imaged(before) == {"office_unit": 1}


@pytest.mark.parametrize(
    ("name", "says"),
    [("研究室", "已有名为“研究室”的单位"), ("档\u202e案室", "看不见的控制字符")],
    ids=["taken", "bidi"],
)
def test_add_unit_bad_name(office, name, says):
    before = size()
    with pytest.raises((BadInput, InvalidInputs)) as wrong:
        do("office.add_unit", office.security_admin, name=name)
    fault = wrong.value
    sentence = fault.sentence if isinstance(fault, BadInput) else fault.faults[0].sentence
    assert says in sentence
    assert size() == before


def test_add_unit_is_not_for_the_registrar(office):
    with pytest.raises(Refused) as refused:
        do("office.add_unit", office.registrar, name="档案室")
    assert refused.value.verdict.clauses == ("access",)


def test_names_are_kept_in_composed_form(office):
    told = do("office.add_unit", office.security_admin, name="Cafe\u0301 室")
    assert models.Unit.objects.get(id=told.told["unit"]).name == "Café 室"


def test_close_unit(office):
    unit = do("office.add_unit", office.security_admin, name="临时办").told["unit"]
    key = models.Unit.objects.get(id=unit).id
    before = size()
    do("office.close_unit", office.security_admin, key)
    assert models.Unit.objects.get(id=key).closed_on == TODAY
    assert kinds(before) == ["office.close_unit"]
    with pytest.raises(BadInput, match="已经撤销"):
        do("office.close_unit", office.security_admin, key)
    with pytest.raises(BadInput, match="已撤销"):
        do("office.add_unit", office.security_admin, name="某科", within=key)
    assert do("office.add_unit", office.security_admin, name="临时办").told["unit"] != unit


def test_a_unit_with_people_posts_and_cabinets_stays(office):
    with pytest.raises(BadInput) as wrong:
        do("office.close_unit", office.security_admin, office.units["财经委"])
    for what in ("在岗人员", "任职", "房间", "文件柜"):
        assert what in wrong.value.sentence
    assert models.Unit.objects.get(id=office.units["财经委"]).closed_on is None


@pytest.mark.parametrize("chosen", [0, 2])
def test_one_unit_at_a_time(office, chosen):
    targets = list(office.units.values())[:chosen]
    with pytest.raises(BadInput, match="请选定一个单位"):
        do("office.close_unit", office.security_admin, *targets)


def test_an_unknown_target_is_refused(office):
    with pytest.raises(BadInput, match="没有这个单位"):
        do("office.close_unit", office.security_admin, office.registrar)


def test_a_row_changed_past_the_program_is_not_accounted_for(office):
    unit = office.units["研究室"]
    with by_hand():
        models.Unit.objects.filter(id=unit).update(name="改名室")
        assert unaccounted() == [("office_unit", str(unit))]
        models.Unit.objects.filter(id=unit).update(name="研究室")
