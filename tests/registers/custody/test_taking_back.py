"""Copies come back: to the cabinet, to the keeper, 绝密 at once."""

import pytest

from baomi.kernel.verdict import BadInput
from tests.factories.deeds import do, size
from tests.factories.office import TODAY
from tests.registers.custody.desk import duties, refused


def test_a_keeper_gives_to_his_unit_and_takes_back(desk):
    _, copies = desk.ready()
    desk.lend_to_keeper(copies[0])
    row = desk.copy(copies[0])
    assert (row["holder_id"], row["kept_by_id"], row["purpose"]) == (
        desk.keeper,
        desk.keeper,
        "keeping",
    )
    assert duties(copies[0]) == []
    desk.give(copies[0], by=desk.keeper)
    assert (desk.copy(copies[0])["holder_id"], len(duties(copies[0]))) == (desk.reader, 1)
    desk.take_back(copies[0], by=desk.keeper)
    row = desk.copy(copies[0])
    assert (row["holder_id"], row["kept_by_id"], row["purpose"]) == (
        desk.keeper,
        desk.keeper,
        "keeping",
    )
    assert duties(copies[0]) == []
    desk.take_back(copies[0])
    row = desk.copy(copies[0])
    assert (row["state"], row["kept_by_id"]) == ("stored", None)


def test_a_keeper_takes_back_only_what_he_gave(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    other = desk.office.keepers["法制委"]
    found = refused("custody.take_back_copy", other, copies[0])
    assert set(found) == {
        "GZ2.2.1b/returned_copy_goes_into_a_cabinet",
        "GZ2.3.1a/copy_returns_to_who_gave_it",
    }


def test_what_comes_back_goes_into_its_cabinet(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    before = size()
    desk.take_back(copies[0])
    assert size() == before + 1
    row = desk.copy(copies[0])
    assert (row["state"], row["cabinet_id"], row["holder_id"]) == ("stored", desk.cabinet, None)
    (duty,) = duties(copies[0], "done")
    assert duty["closed_on"] == TODAY


def test_without_a_home_a_cabinet_is_named(desk):
    paper, copies = desk.receive()
    desk.circle(paper, desk.reader)
    desk.give(copies[0])
    found = refused("custody.take_back_copy", desk.registrar, copies[0])
    assert set(found) == {"GZ2.2.1b/returned_copy_goes_into_a_cabinet"}
    desk.take_back(copies[0], cabinet=desk.cabinet)
    assert desk.copy(copies[0])["cabinet_id"] == desk.cabinet


def test_copies_go_back_to_different_cabinets_in_one_deed(desk):
    _, copies = desk.ready()
    spare = desk.office.unit_cabinets["农业委"]
    desk.store(copies[1], cabinet=spare)
    desk.give(copies[0], copies[1])
    before = size()
    desk.take_back(copies[0], copies[1])
    assert size() == before + 1
    assert [desk.copy(key)["cabinet_id"] for key in copies[:2]] == [desk.cabinet, spare]


@pytest.mark.parametrize(
    ("who", "cabinet", "sentence"),
    [("registrar", None, "在文件柜里"), ("keeper", "cabinet", "由专人保管")],
    ids=["in-the-cabinet", "keeper-with-cabinet"],
)
def test_what_cannot_be_taken_back(desk, who, cabinet, sentence):
    _, copies = desk.ready()
    if who == "keeper":
        desk.lend_to_keeper(copies[0])
        desk.give(copies[0], by=desk.keeper)
    how = {"cabinet": getattr(desk, cabinet)} if cabinet else {}
    with pytest.raises(BadInput, match=sentence):
        desk.take_back(copies[0], by=getattr(desk, who), **how)


def test_a_top_secret_copy_comes_back_the_same_day_and_at_once(desk):
    _, copies = desk.ready(desk.leader, cabinet=desk.top_cabinet, level="绝密")
    desk.give(copies[0], person=desk.leader, purpose="handling")
    (duty,) = duties(copies[0])
    assert (duty["clause"], duty["due_on"]) == ("GZ2.3.7", TODAY)
    desk.take_back(copies[0])
    said = {"person": desk.leader, "place": desk.reading_room}
    found = refused("custody.hand_over_copy", desk.registrar, copies[1], **said)
    assert set(found) == {"GZ2.3.7/circulation_goes_on_for_the_reader"}


def core_unit(desk):
    """A unit whose keeper and head may read 绝密."""
    head, keeper = desk.office.heads["财经委"], desk.office.keepers["财经委"]
    said = {"personnel_class": "core", "ground": "涉密人员审查表"}
    do("office.set_class", desk.office.security_admin, keeper, **said)
    return head, keeper


def test_a_keeper_does_not_keep_what_everybody_has_read(desk):
    head, keeper = core_unit(desk)
    _, copies = desk.ready(head, cabinet=desk.top_cabinet, level="绝密")
    desk.give(copies[0], person=keeper, purpose="keeping", place=None)
    desk.give(copies[0], by=keeper, person=head)
    found = refused("custody.take_back_copy", keeper, copies[0])
    assert set(found) == {"GZ2.3.7/copy_goes_to_the_registrar_after_circulation"}
    desk.take_back(copies[0])
    assert duties(copies[0]) == []


def test_a_keeper_owes_the_return_of_a_top_secret_copy_that_goes_on(desk):
    head, keeper = core_unit(desk)
    _, copies = desk.ready(head, desk.leader, cabinet=desk.top_cabinet, level="绝密")
    desk.give(copies[0], person=keeper, purpose="keeping", place=None)
    desk.give(copies[0], by=keeper, person=head)
    desk.take_back(copies[0], by=keeper)
    (duty,) = duties(copies[0])
    assert (duty["owner"], duty["due_on"]) == (keeper, TODAY)
