"""Ids made by the application."""

from uuid import uuid4

from baomi.kernel.ids import content_id, derived_id, new_id


def test_new_ids_are_version_7_and_never_the_same():
    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert {each.version for each in ids} == {7}
    assert {each.variant for each in ids} == {"specified in RFC 4122"}


def test_new_ids_come_in_the_order_of_their_milliseconds():
    ids = [new_id() for _ in range(50)]
    assert [each.int >> 80 for each in ids] == sorted(each.int >> 80 for each in ids)


def test_a_derived_id_is_the_same_again_and_differs_by_name_and_origin():
    origin = uuid4()
    assert derived_id(origin, "1") == derived_id(origin, "1")
    assert len({derived_id(origin, "1"), derived_id(origin, "2"), derived_id(uuid4(), "1")}) == 3
    assert content_id("甲") == content_id("甲") != content_id("乙")
