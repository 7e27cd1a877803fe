"""Papers of the registers: only what one may see, and each code leads back to its thing."""

from uuid import UUID

import pytest

from baomi.engine.papers.printing import (
    badges_for,
    book_for,
    cabinet_labels_for,
    checkpoint_sheet,
    labels_for,
    slip_for,
)
from baomi.engine.sealer import seal_now
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from baomi.registers.custody import reads
from baomi.registers.listing import Listing
from baomi.registers.office import load
from baomi.registers.office.reads import PICKERS
from baomi.rulebook.terms import Terms
from tests.engine.papers.looking import codes_on, pages_of, properties_of, words_on
from tests.factories.deeds import do
from tests.factories.office import NOW_US, TODAY
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
TITLE = "关于做好某项工作的通知"
NUMBER = "×办发〔2025〕7号"


@pytest.fixture
def desk(office):
    return Desk(office)


def person(key):
    return load.person(key, TODAY, Terms.on(TODAY))


def texts(printed, **where):
    return {each.text for each in codes_on(printed.content, **where)}


def test_a_copys_label_leads_back_to_the_copy(desk):
    _, copies = desk.ready()
    registrar = person(desk.registrar)
    printed = labels_for(registrar, copies)
    assert (printed.name, printed.level, printed.rows) == ("labels.pdf", Level.SECRET, 3)
    found = texts(printed)
    assert {reads.PICKERS["custody.copy"](registrar, text) for text in found} == set(copies)
    assert TITLE not in words_on(printed.content)
    assert NUMBER not in words_on(printed.content)


def test_what_one_may_not_see_is_not_printed(desk):
    _, copies = desk.ready()
    for strange in (copies, [UUID(int=5)]):
        with pytest.raises(BadInput) as refused:
            labels_for(person(desk.leader), strange)
        assert refused.value.sentence.startswith("没有这一份文件")
    assert labels_for(person(desk.reader), copies[:1]).rows == 1
    with pytest.raises(BadInput, match="没有选中"):
        labels_for(person(desk.registrar), [])
    with pytest.raises(BadInput, match="一次最多打印 500 张"):
        labels_for(person(desk.registrar), [UUID(int=each) for each in range(501)])


def test_a_badge_leads_back_to_its_bearer(desk):
    people = [desk.reader, desk.keeper]
    registrar = person(desk.registrar)
    printed = badges_for(registrar, people)
    assert {PICKERS["office.person"](registrar, text) for text in texts(printed)} == set(people)
    assert person(desk.reader).name in words_on(printed.content)
    assert badges_for(person(desk.reader), [desk.reader]).rows == 1
    with pytest.raises(BadInput, match="查无此人"):
        badges_for(person(desk.reader), people)


def test_a_cabinets_label_leads_back_to_the_cabinet(desk):
    registrar = person(desk.registrar)
    printed = cabinet_labels_for(registrar, [desk.cabinet, desk.top_cabinet])
    found = {PICKERS["office.cabinet"](registrar, text) for text in texts(printed)}
    assert found == {desk.cabinet, desk.top_cabinet}
    with pytest.raises(BadInput, match="没有这个文件柜"):
        cabinet_labels_for(registrar, [desk.reader])


def drawn_up(desk, *copies, **how):
    done = do("custody.draw_up_slip", desk.registrar, *copies, **how)
    return UUID(done.told["slip"]), done


def test_a_slip_bears_what_was_handed_over_and_its_receipt(desk):
    _, copies = desk.ready(copy_numbers="000758-000760")
    desk.give(*copies)
    slip, done = drawn_up(desk, *copies)
    printed = slip_for(person(desk.registrar), slip)
    assert (printed.name, printed.level, printed.rows) == ("slip.pdf", Level.SECRET, 3)
    assert texts(printed) == {done.told["label"], done.text}
    words = words_on(printed.content)
    names = (person(desk.registrar).name, person(desk.reader).name)
    for text in ("文件交接清单", "机密", *names, TITLE, NUMBER, "000758", "000760", done.text):
        assert text in words
    assert "以上共3份" in words
    assert f"交出人：{names[0]}" in words
    assert f"接收人：{names[1]}" in words
    assert "确认" not in words
    assert "Title" not in properties_of(printed.content)
    assert slip_for(person(desk.registrar), slip).content == printed.content


def test_a_slip_says_how_it_was_confirmed_and_that_it_is_void(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    slip, _ = drawn_up(desk, copies[0], second=desk.reader, by_pin=True)
    words = words_on(slip_for(person(desk.reader), slip).content)
    assert "已于2025年3月3日用工牌和确认码当场确认" in words
    do("custody.undo", desk.registrar, copies[0])
    assert "（已作废）" in words_on(slip_for(person(desk.registrar), slip).content)
    desk.give(copies[0])
    desk.take_back(copies[0])
    back, _ = drawn_up(desk, copies[0])
    words = words_on(slip_for(person(desk.registrar), back).content)
    assert f"交出人：{person(desk.reader).name}" in words
    assert "作废" not in words


def test_a_slip_is_for_those_on_it(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    slip, _ = drawn_up(desk, copies[0])
    for stranger in (desk.leader, desk.office.auditor):
        with pytest.raises(BadInput, match="没有这张交接清单"):
            slip_for(person(stranger), slip)
    with pytest.raises(BadInput, match="没有这张交接清单"):
        slip_for(person(desk.registrar), UUID(int=9))


def test_who_no_longer_sees_a_paper_reads_no_title_on_his_old_slip(desk):
    paper, copies = desk.ready(desk.reader, desk.keeper)
    desk.give(copies[0])
    slip, _ = drawn_up(desk, copies[0])
    assert TITLE in words_on(slip_for(person(desk.reader), slip).content)
    desk.take_back(copies[0])
    desk.circle(paper, desk.keeper)
    words = words_on(slip_for(person(desk.reader), slip).content)
    assert "现已无权查看" in words
    assert TITLE not in words
    assert NUMBER not in words
    assert TITLE in words_on(slip_for(person(desk.registrar), slip).content)


def test_a_long_slip_goes_on_and_each_page_bears_the_receipt(desk):
    _, copies = desk.ready(copy_numbers="000001-000060")
    desk.give(*copies)
    slip, done = drawn_up(desk, *copies)
    printed = slip_for(person(desk.registrar), slip)
    last = pages_of(printed.content)
    assert last > 1
    assert done.text in texts(printed, page=last)
    words = words_on(printed.content)
    assert words.count("收文编号") == last
    assert f"第1页，共{last}页" in words


def test_a_list_is_marked_with_who_printed_it_and_when(desk):
    registrar = person(desk.registrar)
    listing = Listing((("title", "标题"), ("on", "日期")), ((TITLE, TODAY),), Level.SECRET)
    printed = book_for(registrar, "涉密载体台账", listing, receipt="9:0123456789abcdef")
    assert (printed.name, printed.level, printed.rows) == ("list.pdf", Level.SECRET, 1)
    words = words_on(printed.content)
    for text in (TITLE, registrar.name, "2025-03-0309:30", "9:0123456789abcdef", "机密"):
        assert text in words


def test_the_newest_sealing_is_printed(desk):
    with pytest.raises(BadInput, match="还没有封存"):
        checkpoint_sheet()
    seal_now()
    with clock.standing_at(NOW_US + 3_600_000_000):
        written = seal_now()
        printed = checkpoint_sheet()
    assert written.receipt in words_on(printed.content)
    (note,) = texts(printed)
    assert note.startswith(f"bm.local/{desk.office.log_id.hex}\n{written.seq}\n")
    assert note.endswith("\n")


def test_the_next_day_prints_the_same_slip_under_its_own_date(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    slip, _ = drawn_up(desk, copies[0])
    today = slip_for(person(desk.registrar), slip).content
    with clock.standing_at(instant_on(TODAY.replace(day=4), 9)):
        tomorrow = slip_for(person(desk.registrar), slip).content
    assert words_on(today) == words_on(tomorrow)
