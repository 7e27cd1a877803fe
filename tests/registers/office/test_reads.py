"""What a name means to somebody, and which rows he is shown."""

from datetime import timedelta
from uuid import UUID

import pytest

from baomi.kernel.clock import clock, instant_on
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from baomi.registers.office import load, models
from baomi.registers.office.reads import BOOKS, PICKERS, find
from baomi.registers.paging import listing
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do
from tests.factories.office import TODAY

TERMS = Terms.on(TODAY)


def listed(name, who, terms):
    return listing(BOOKS[name], who, terms)


def actor(key):
    return load.person(key, clock.today(), TERMS)


@pytest.fixture
def reader(office):
    return actor(office.readers["研究室"][0])


def add(office, name, unit):
    told = do(
        "office.add_person",
        office.security_admin,
        name=name,
        unit=office.units[unit],
        personnel_class="general",
        class_ground="审查表",
    ).told
    return UUID(told["person"]), told["badge"]


def test_a_person_by_name_initials_badge_and_id(office, reader):
    key, badge = add(office, "曾守仁", "财经委")
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in badge)
    for text in ("曾守仁", " 曾 守仁 ", "zsr", "ZSR", "曾守仁@财经委", badge, full_width, str(key)):
        assert find(reader, "office.person", text) == key


def test_two_of_one_name_are_asked_about(office, reader):
    one, badge = add(office, "张伟", "办公室")
    other, _ = add(office, "张伟", "财经委")
    with pytest.raises(BadInput) as wrong:
        find(reader, "office.person", "张伟")
    assert wrong.value.sentence == "有两位张伟：办公室、财经委，请写明单位，如 张伟@办公室"
    assert find(reader, "office.person", "张伟@办公室") == one
    assert find(reader, "office.person", "张伟@财经委") == other
    third, _ = add(office, "张伟", "办公室")
    with pytest.raises(BadInput) as wrong:
        find(reader, "office.person", "张伟@办公室")
    assert badge in wrong.value.sentence
    assert third not in (one, other)


def test_initials_of_two_are_asked_about(office, reader):
    add(office, "张玮琪", "办公室")
    add(office, "赵文清", "财经委")
    with pytest.raises(BadInput) as wrong:
        find(reader, "office.person", "zwq")
    assert "张玮琪（办公室）" in wrong.value.sentence
    assert "赵文清（财经委）" in wrong.value.sentence


def test_who_has_left_is_found_only_where_nobody_else_is_meant(office, reader):
    gone, _ = add(office, "张伟", "办公室")
    do("office.end_service", office.security_admin, gone, ground="调出")
    with clock.standing_at(instant_on(TODAY + timedelta(days=1), 9)):
        assert find(reader, "office.person", "张伟") == gone
        here, _ = add(office, "张伟", "财经委")
        assert find(reader, "office.person", "张伟") == here


@pytest.mark.parametrize(
    "text",
    ["查无", "", "   ", "x" * 300, "qqqqqqq", str(new_id()), "张伟@没有的单位"],
    ids=["name", "empty", "blank", "long", "initials", "id", "unit"],
)
def test_unknown_people_are_unknown(reader, text):
    with pytest.raises(BadInput) as wrong:
        find(reader, "office.person", text)
    assert wrong.value.sentence.startswith(("查无此人", "没有这个单位"))


def test_labels_of_another_kind_or_altered_are_refused(office, reader):
    badge = load.label("P", 1)
    assert find(reader, "office.person", badge)
    altered = badge[:-1] + ("0" if badge[-1] != "0" else "1")
    with pytest.raises(BadInput, match="校验码不符"):
        find(reader, "office.person", altered)
    with pytest.raises(BadInput, match="查无此人"):
        find(reader, "office.person", load.label("K", 1))
    with pytest.raises(BadInput, match="一次只扫一个"):
        find(reader, "office.person", badge + badge)


def test_units_rooms_and_cabinets(office, reader):
    assert find(reader, "office.unit", "财经委") == office.units["财经委"]
    assert find(reader, "office.unit", "财 经 委") == office.units["财经委"]
    assert find(reader, "office.room", "保密室") == office.rooms["保密室"]
    cabinet = office.cabinets[Level.SECRET]
    label = load.label("K", models.Cabinet.objects.get(id=cabinet).label_serial)
    for text in ("机密柜", label, str(cabinet)):
        assert find(reader, "office.cabinet", text) == cabinet
    for kind in ("office.unit", "office.room", "office.cabinet", "office.outside_body"):
        with pytest.raises(BadInput, match="没有这个"):
            find(reader, kind, "不存在")


def test_a_unit_that_was_opened_again_is_the_standing_one(office, reader):
    old = UUID(do("office.add_unit", office.security_admin, name="临时办").told["unit"])
    do("office.close_unit", office.security_admin, old)
    assert find(reader, "office.unit", "临时办") == old
    new = UUID(do("office.add_unit", office.security_admin, name="临时办").told["unit"])
    assert find(reader, "office.unit", "临时办") == new


def test_appointments_and_deputations(office, reader):
    keeper, deputy = office.keepers["研究室"], office.readers["研究室"][0]
    (holding,) = load.holdings_of(keeper, TODAY, None)
    name = actor(keeper).name
    for text in (name, f"{name}/unit_keeper", f"{name}/unit_keeper@研究室", str(holding.id)):
        assert find(reader, "office.post_holding", text) == holding.id
    director = actor(office.office_director).name
    with pytest.raises(BadInput, match="有几项任职"):
        find(reader, "office.post_holding", director)
    assert find(reader, "office.post_holding", f"{director}/office_director")
    told = do(
        "office.depute",
        office.security_admin,
        holding.id,
        second=office.auditor,
        deputy=deputy,
        until_on=TODAY,
        ground="出差",
    ).told
    assert str(find(reader, "office.deputation", actor(deputy).name)) == told["deputation"]


def test_accounts_are_the_administrators_business(office, reader):
    login, account = office.logins[office.registrar], office.accounts[office.registrar]
    for who in (office.system_admin, office.security_admin, office.auditor):
        assert find(actor(who), "office.account", login) == account
        assert find(actor(who), "office.account", actor(office.registrar).name) == account
    with pytest.raises(BadInput) as hidden:
        find(reader, "office.account", login)
    with pytest.raises(BadInput) as unknown:
        find(reader, "office.account", "nobody.here")
    with pytest.raises(BadInput) as by_id:
        find(reader, "office.account", str(account))
    assert hidden.value.sentence == unknown.value.sentence == by_id.value.sentence
    own = office.accounts[reader.id]
    assert find(reader, "office.account", office.logins[reader.id]) == own


def test_who_is_not_in_service_sees_nothing(office):
    person = office.readers["研究室"][0]
    do("office.end_service", office.security_admin, person, ground="调出")
    with clock.standing_at(instant_on(TODAY + timedelta(days=1), 9)):
        gone = actor(person)
        for kind, pick in PICKERS.items():
            with pytest.raises(BadInput):
                pick(gone, "研究室")
            assert kind.startswith("office.")
        assert {name: listed(name, gone, TERMS).rows for name in BOOKS} == dict.fromkeys(BOOKS, ())


def test_every_list_has_a_heading_for_each_cell(office):
    for name in BOOKS:
        found = listed(name, actor(office.registrar), TERMS)
        assert all(len(row) == len(found.columns) for row in found.rows)
        assert all(heading and not heading.isascii() for _, heading in found.columns)


@pytest.mark.parametrize(
    ("name", "count"),
    [("office.unit", 8), ("office.person", 47), ("office.cabinet", 12), ("office.room", 11)],
)
def test_everybody_in_service_sees_what_the_office_consists_of(office, reader, name, count):
    assert len(listed(name, reader, TERMS).rows) == count


def test_details_are_for_those_whose_work_needs_them(office, reader):
    do(
        "office.seal_personal_data",
        office.security_admin,
        reader.id,
        phone="0794-8210033",
    )
    seen = {row[0]: row for row in listed("office.person", actor(office.registrar), TERMS).rows}
    hidden = {row[0]: row for row in listed("office.person", reader, TERMS).rows}
    row = seen[reader.name]
    assert row[1:4] == ("研究室", "科级", "重要")
    assert row[7] == "（已密封）"
    assert hidden[reader.name] == (reader.name, "研究室", *[""] * 8)
    measures = {row[4] for row in listed("office.room", reader, TERMS).rows}
    assert measures == {""}


def test_accounts_in_lists(office, reader):
    everybody = listed("office.account", actor(office.auditor), TERMS).rows
    assert len(everybody) == 47
    assert [row[0] for row in listed("office.account", reader, TERMS).rows] == [
        office.logins[reader.id]
    ]
    assert [row[0] for row in listed("office.account", actor(office.registrar), TERMS).rows] == [
        office.logins[office.registrar]
    ]


def test_posts_are_listed_by_their_titles(office, reader):
    rows = listed("office.post", reader, TERMS).rows
    name = actor(office.office_director).name
    assert (name, "办公室主任") in {row[:2] for row in rows}
    assert (name, "副组长", "是") in {(row[0], row[1], row[6]) for row in rows}
