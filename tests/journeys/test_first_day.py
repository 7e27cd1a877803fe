"""From an empty folder to the first hand-out, in a real office: set up, then all in a browser."""

import pytest

from tests.journeys.browser import visitor
from tests.journeys.offices import new_office
from tests.journeys.serving import served

PAPER = {
    "sender": "市委机要局",
    "intact": "是",
    "papers_stated": "1",
    "papers.0.issuer": "省委办公厅",
    "papers.0.number": "×办发〔2026〕7号",
    "papers.0.title": "关于做好某项工作的通知",
    "papers.0.level": "秘密★10年",
    "papers.0.copy_numbers": "000758-000759",
}


@pytest.fixture
def office(tmp_path):
    return new_office(tmp_path)


READER = {
    "name": "郑读",
    "unit": "研究室",
    "rank": "处级",
    "personnel_class": "重要",
    "class_ground": "涉密人员审查表",
}
ROOM = {
    "name": "东楼 203",
    "unit": "办公室",
    "responsible": "赵建",
    "keeps_papers": "是",
    "measures": "防盗门、铁窗、红外报警",
}
CABINET = {"name": "一号柜", "room": "东楼 203", "level": "机密"}


def a_reader_comes(office, browser, origin) -> str:
    """Security entered him, the system administrator gave him an account. His one-time code."""
    with visitor(browser, origin) as security:
        office.arrive(security, "li")
        security.do("office.add_person", READER)
        assert "已办理" in security.text
    with visitor(browser, origin) as system:
        office.arrive(system, "sun")
        system.do("office.grant_account", {"targets": "郑读", "login": "zheng"})
        return system.page.inner_text("code.once")


def test_a_new_office_hands_out_its_first_paper(office, browser):
    with served(office.program) as origin:
        code = a_reader_comes(office, browser, origin)
        with visitor(browser, origin) as registrar:
            office.arrive(registrar, "zhao")
            registrar.do("office.add_room", ROOM)
            registrar.do("office.add_cabinet", CABINET)
            registrar.do("custody.receive_envelope", PAPER)
            number = registrar.page.inner_text(".facts .chip").strip()
            copy = f"{number}/000758"
            registrar.do("custody.store_copies", {"targets": copy, "cabinet": "一号柜"})
            give = {"targets": copy, "person": "郑读", "place": "东楼 203"}
            registrar.do("custody.hand_over_copy", give)
            assert "不能办理" in registrar.text
            assert "GZ2.3.1b" in registrar.text
            registrar.do("custody.set_circle", {"targets": number, "persons": ["郑读"]})
            registrar.do("custody.hand_over_copy", give)
            assert "已办理" in registrar.text
        with visitor(browser, origin) as reader:
            reader.log_in("zheng", code)
            reader.change_password(code, "Eight-Green-Lamps-7")
            assert "关于做好某项工作的通知" in reader.text
    assert office.program.ok("ledger", "verify", "--live")["clean"]
