"""Versions of the rules, pledges and their two signatures, and who oversees which unit."""

import hashlib
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

import baomi.rulebook
from baomi.engine.face.reading import pick
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput
from baomi.registers.duties.models import Duty
from baomi.registers.governance import models
from baomi.registers.governance.facts import Role, System
from baomi.registers.governance.first_versions import FIRST_ISSUED_ON, first_versions
from baomi.registers.governance.pledge_texts import CURRENT, TEXTS
from baomi.rulebook.text import load_text
from tests.factories.deeds import do
from tests.factories.office import TODAY
from tests.registers.custody.desk import refused
from tests.registers.walking import page, person

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

TEXT = Path(baomi.rulebook.__file__).parent / "text" / FIRST_ISSUED_ON.isoformat()


def adopted(desk, **inputs):
    made = {"system": "JZ", "issued_on": date(2025, 2, 3), "in_force_from": date(2025, 3, 10)}
    made |= {"adopted_by": "机关保密工作领导小组"} | inputs
    return do("governance.adopt_rulebook_version", desk.registrar, **made).told["version"]


def drawn_up(desk, **inputs):
    made = {
        "year": 2025,
        "role": "direct",
        "leader": desk.office.secrecy_leader,
        "leader_post": "副主任",
        "unit": desk.office.units["研究室"],
        "head": desk.office.heads["研究室"],
    }
    return do("governance.draw_up_pledge", desk.registrar, **{**made, **inputs}).told["pledge"]


def signed(desk, key, **inputs):
    made = {"leader_signed_on": TODAY, "head_signed_on": TODAY, "place": "保密室"}
    do("governance.sign_pledge", desk.registrar, UUID(key), **{**made, **inputs})


def test_the_five_rules_are_those_of_the_text():
    assert {each.code: each.title for each in load_text().systems} == {
        each.value: each.word for each in System
    }


def test_the_first_versions_are_entered_as_the_program_carries_them(desk):
    for each in first_versions("机关保密工作领导小组"):
        adopted(desk, **each)
    rows = {row.system: row for row in models.RulebookVersion.objects.all()}
    assert set(rows) == {each.value for each in System}
    text = b"".join((TEXT / f"gz{part}.yaml").read_bytes() for part in _parts("gz"))
    assert rows["GZ"].digest == hashlib.sha256(text).hexdigest()
    assert len({row.digest for row in rows.values()}) == len(System)


def _parts(prefix):
    index = (TEXT / "index.yaml").read_text("utf-8")
    listed = next(line for line in index.splitlines() if line.startswith("parts:"))
    names = listed.partition("[")[2].rstrip("]").split(", ")
    return [name.removeprefix(prefix) for name in names if name.startswith(prefix)]


def test_a_new_version_repeals_the_one_before(desk):
    first = adopted(desk)
    second = adopted(desk, issued_on=date(2025, 3, 1), in_force_from=date(2025, 3, 20))
    rows = {str(row.id): row for row in models.RulebookVersion.objects.all()}
    assert rows[first].repealed_on == date(2025, 3, 20)
    assert (rows[second].repealed_on, rows[second].digest) == (None, "")
    assert str(pick(person(desk.reader), "governance.rulebook_version", "JZ")) == second
    by_day = "移动存储介质管理制度/2025-02-03"
    assert str(pick(person(desk.reader), "governance.rulebook_version", by_day)) == first
    with pytest.raises(BadInput, match="已经废止"):
        review = {"needs_revision": False, "reason": "核对无误"}
        do("governance.review_rulebook", desk.registrar, UUID(first), **review)


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"issued_on": date(2025, 3, 4), "in_force_from": date(2025, 3, 4)}, "发布日期不能晚于"),
        ({"in_force_from": date(2025, 2, 1)}, "施行日期不能早于"),
        ({"issued_on": date(2025, 2, 3)}, "新版的发布日期须在其后"),
    ],
)
def test_a_version_that_cannot_be(desk, inputs, said):
    if "新版" in said:
        adopted(desk)
    with pytest.raises(BadInput, match=said):
        adopted(desk, **inputs)


def test_a_review_puts_off_the_next_one(desk):
    key = UUID(adopted(desk))
    with clock.standing_at(instant_on(date(2025, 6, 2), 9)):
        review = {"needs_revision": True, "reason": "条例已经修订"}
        do("governance.review_rulebook", desk.registrar, key, **review)
    duties = Duty.objects.filter(name="review_the_rulebook").order_by("due_on")
    assert [(each.state, each.due_on) for each in duties] == [
        ("done", date(2026, 3, 3)),
        ("open", date(2026, 6, 2)),
    ]
    assert page(desk.reader, "governance.rulebook_review").rows[0][3:5] == ("是", "条例已经修订")


def test_a_pledge_is_drawn_up_once_signed_once_and_cancelled_only_before(desk):
    key = drawn_up(desk)
    with pytest.raises(BadInput, match="已经拟订"):
        drawn_up(desk)
    do("governance.cancel_pledge", desk.registrar, UUID(key), reason="换一位领导")
    with pytest.raises(BadInput, match="签订或者作废"):
        signed(desk, key)
    key = drawn_up(desk)
    with pytest.raises(BadInput, match="签字日期不能晚于"):
        signed(desk, key, head_signed_on=TODAY + timedelta(days=1))
    signed(desk, key)
    for again in ("sign", "cancel"):
        with pytest.raises(BadInput, match="已经签订"):
            if again == "sign":
                signed(desk, key)
            else:
                do("governance.cancel_pledge", desk.registrar, UUID(key), reason="错")


def test_posts_count_on_the_day_of_the_signature(desk):
    key = drawn_up(desk)
    before = date(2025, 1, 5)  # the day before the founding
    keys = set(
        refused(
            "governance.sign_pledge",
            desk.registrar,
            UUID(key),
            leader_signed_on=before,
            head_signed_on=before,
            place="保密室",
        )
    )
    assert keys == {
        "GZ3.1c/the_secrecy_leader_answers_directly",
        "GZ3.1e/head_heads_the_unit",
    }


def test_a_pledge_is_seen_by_its_two_and_by_who_answers_for_all(desk):
    key = UUID(drawn_up(desk))
    head, leader = desk.office.heads["研究室"], desk.office.secrecy_leader
    for who in (head, leader, desk.registrar, desk.office.auditor):
        assert key in page(who, "governance.pledge").ids
    assert page(desk.reader, "governance.pledge").ids == ()
    assert key not in page(desk.office.heads["法制委"], "governance.pledge").ids
    waiting = page(desk.registrar, "governance.pledge", filters={"waiting": "yes"}).ids
    assert waiting == (key,)


def test_the_duty_to_sign_ends_with_the_post(desk):
    head, office = desk.office.heads["研究室"], desk.office
    owed = Duty.objects.filter(name="sign_the_pledge", subject=head)
    assert owed.get(state="open").due_on == date(2026, 1, 6)
    holding = pick(person(desk.registrar), "office.post_holding", f"{head}/unit_head")
    do("office.end_appointment", office.security_admin, holding)
    assert not owed.filter(state="open").exists()


def test_each_text_speaks_to_every_leader():
    assert CURRENT in TEXTS
    for text in TEXTS.values():
        assert set(text.leader) == set(Role)
        assert text.head
    assert "负总责" in TEXTS[CURRENT].leader[Role.OVERALL][0]


def test_one_leader_at_a_time_oversees_a_unit(desk):
    office = desk.office
    made = {"unit": office.units["研究室"], "letter": "云人发〔2025〕9号"}
    told = do(
        "governance.assign_oversight", desk.registrar, leader=office.secrecy_leader, **made
    ).told
    with pytest.raises(BadInput, match="已有分管领导"):
        do("governance.assign_oversight", desk.registrar, leader=office.group_leader, **made)
    do("governance.end_oversight", desk.registrar, UUID(told["oversight"]))
    with pytest.raises(BadInput, match="已经终止"):
        do("governance.end_oversight", desk.registrar, UUID(told["oversight"]))
    tomorrow = TODAY + timedelta(days=1)
    following = {**made, "leader": office.group_leader, "from_on": tomorrow}
    do("governance.assign_oversight", desk.registrar, **following)
    assert len(page(desk.reader, "governance.oversight").ids) == 2
    assert len(page(desk.reader, "governance.oversight", filters={"standing": "yes"}).ids) == 1
