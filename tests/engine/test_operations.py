"""Operation ids: the same request again has one effect; another content is refused."""

from dataclasses import replace

import pytest
from django.db import connection

from baomi.engine.operations import OperationIdReused, digest_of
from baomi.engine.perform import perform, perform_many
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import Refused
from tests.factories.deeds import request, size


@pytest.fixture
def give(desk):
    _, (copy, *_) = desk.ready()
    how = {"person": desk.reader, "place": desk.reading_room}
    return request("custody.hand_over_copy", desk.registrar, copy, **how)


def test_again_it_gives_the_same_receipt(give):
    first = perform(give)
    before = size()
    assert perform(give) == first
    assert perform(replace(give, late_reason="又按了一次")) == first
    assert size() == before


def test_again_in_a_batch_it_gives_the_same_receipt(give):
    first, second = perform_many([give, give])
    assert first == second
    assert first.seq == size() - 1


@pytest.mark.parametrize(
    "other",
    [
        lambda r: replace(r, inputs={**r.inputs, "remark": "另一件"}),
        lambda r: replace(r, targets=(new_id(),)),
        lambda r: replace(r, actor=new_id()),
        lambda r: replace(r, action="custody.take_back_copy", inputs={}),
        lambda r: replace(r, second=new_id()),
    ],
    ids=["inputs", "targets", "actor", "action", "second"],
)
def test_with_another_content_it_is_refused(give, other):
    perform(give)
    before = size()
    with pytest.raises(OperationIdReused) as reused:
        perform(other(give))
    assert "刷新" in reused.value.sentence
    assert size() == before


def test_a_refused_deed_is_not_remembered(give, desk):
    wrong = replace(give, inputs={**give.inputs, "person": desk.general})
    with pytest.raises(Refused):
        perform(wrong)
    assert perform(give).op_id == give.op_id


def test_what_is_remembered_tells_no_content(give):
    perform(replace(give, inputs={**give.inputs, "remark": "机要信封一只"}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, told FROM ledger_operation")
        rows = cursor.fetchall()
    assert all(len(bytes(digest)) == 32 for digest, _ in rows)
    assert not any("机要" in told for _, told in rows)


def test_the_digest_speaks_of_every_part(give):
    content = give.content()
    assert digest_of(content) == digest_of(dict(reversed(content.items())))
    assert len({digest_of({**content, key: "x"}) for key in content}) == len(content)
