"""A cabinet that holds papers stays in use."""

import pytest

from baomi.kernel.verdict import BadInput
from baomi.registers.office import load
from tests.factories.deeds import do, size


def test_a_cabinet_with_papers_is_not_closed_and_an_emptied_one_is(desk):
    _, copies = desk.receive()
    desk.store(*copies)
    before = size()
    with pytest.raises(BadInput, match="柜内还有文件"):
        do("office.close_cabinet", desk.registrar, desk.cabinet)
    assert load.cabinet(desk.cabinet).in_use
    assert size() == before
    desk.store(*copies, cabinet=desk.top_cabinet)
    do("office.close_cabinet", desk.registrar, desk.cabinet)
    assert not load.cabinet(desk.cabinet).in_use
