"""One deed for many rows: sorted beforehand, done one by one, a repeat changes nothing."""

from uuid import uuid4

import pytest

from baomi.engine import explain_each
from baomi.engine.receipts import receipts_of
from baomi.kernel.ids import derived_id, new_id
from tests.entrypoints.web.page import masked, page
from tests.entrypoints.web.reading import notes
from tests.factories.deeds import kinds, size
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

SELECT = "/bulk/custody.copy"


@pytest.fixture
def desk(office):
    return Desk(office)


def chosen(browser, copies):
    """The address of a selection."""
    answer = browser.post(SELECT, {"ids": [str(each) for each in copies]})
    assert answer.status_code == 302
    return answer.headers["Location"]


def ticked(answer):
    return [each.attributes["value"] for each in page(answer).all("input", name="ids")]


def test_rows_are_sorted_into_can_and_cannot_with_reasons(desk, at):
    _, copies = desk.ready()
    desk.give(copies[1])
    browser = at("registrar")
    address = chosen(browser, copies)
    assert "要办什么" in page(browser.get(address)).text
    answer = browser.get(f"{address}?action=custody.take_back_copy")
    assert ticked(answer) == [str(copies[1])]
    text = page(answer).text
    assert "可以办：1 行" in text
    assert "不能办：2 行" in text
    assert "在文件柜里，不能这样办理" in text


def test_a_clause_that_refuses_stands_beside_its_row(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0])
    desk.give(copies[1], person=desk.keeper, purpose="keeping", place=None)
    browser = at("registrar")
    answer = browser.get(f"{chosen(browser, copies)}?action=custody.hand_over_copy")
    assert ticked(answer) == [str(copies[2])]
    cells = page(answer).all("td", class_="why-cell")
    assert len(cells) == 2
    assert all(each.all("a", class_="clause") for each in cells)
    remedy = f"/do/custody.take_back_copy/{copies[0]}"
    assert any(each.all("a", href=remedy) for each in cells)


def test_the_lawful_ones_are_done_and_a_repeat_changes_nothing(desk, at):
    _, copies = desk.ready()
    browser = at("registrar")
    address, op_id = chosen(browser, copies), new_id()
    form = {
        "action": "custody.hand_over_copy",
        "ids": [str(each) for each in copies],
        "op_id": str(op_id),
        "person": str(desk.reader),
        "place": str(desk.reading_room),
        "purpose": "reading",
    }
    before = size()
    first = browser.post(address, form)
    assert "已办理 3 行" in notes(first)
    assert kinds(before) == ["custody.hand_over_copy"] * 3
    again = browser.post(address, form)
    assert masked(again) == masked(first)
    assert size() == before + 3
    assert len(receipts_of(derived_id(op_id, str(each)) for each in copies)) == 3
    assert {desk.copy(each)["holder_id"] for each in copies} == {desk.reader}


def test_one_that_is_refused_leaves_the_others_done(desk, at):
    _, copies = desk.ready(desk.general, level="秘密★10年")
    _, secret = desk.ready(desk.reader, number="×办发〔2025〕8号", copy_numbers="000001")
    browser = at("registrar")
    answer = browser.post(
        chosen(browser, [copies[0], secret[0]]),
        {
            "action": "custody.hand_over_copy",
            "ids": [str(copies[0]), str(secret[0])],
            "op_id": str(new_id()),
            "person": str(desk.general),
            "place": str(desk.reading_room),
        },
    )
    assert "已办理 1 行" in notes(answer)
    assert "有 1 行没有办理" in notes(answer)
    assert page(answer).all("a", class_="clause")
    assert desk.copy(copies[0])["holder_id"] == desk.general
    assert desk.copy(secret[0])["holder_id"] is None


def test_bad_input_is_told_and_nothing_is_done(desk, at):
    _, copies = desk.ready()
    browser = at("registrar")
    address, before = chosen(browser, copies), size()
    form = {"action": "custody.hand_over_copy", "ids": [str(copies[0])], "op_id": str(new_id())}
    answer = browser.post(address, form)
    assert answer.status_code == 422
    assert "“接收人”没有填写" in page(answer).text
    answer = browser.post(address, form | {"person": "查无此名"})
    assert answer.status_code == 422
    assert "查无此人" in page(answer).text
    assert page(answer).one("input", name="person").attributes["value"] == "查无此名"
    answer = browser.post(address, form | {"ids": [], "person": str(desk.reader)})
    assert "没有可以办理的行" in page(answer).text
    assert size() == before


def test_only_rows_of_the_selection_are_done(desk, at):
    _, copies = desk.ready()
    desk.give(*copies)
    browser = at("registrar")
    form = {
        "action": "custody.take_back_copy",
        "ids": [str(each) for each in copies],
        "op_id": str(new_id()),
    }
    answer = browser.post(chosen(browser, copies[:1]), form)
    assert "已办理 1 行" in notes(answer)
    assert desk.copy(copies[1])["state"] == "held"


def test_one_slip_lists_the_whole_selection(desk, at):
    _, copies = desk.ready()
    desk.give(*copies)
    browser, before = at("registrar"), size()
    form = {
        "action": "custody.draw_up_slip",
        "ids": [str(each) for each in copies],
        "op_id": str(new_id()),
    }
    assert "已办理 3 行" in notes(browser.post(chosen(browser, copies), form))
    assert kinds(before) == ["custody.draw_up_slip"]


def test_what_one_may_not_see_is_not_selected(desk, at):
    _, hidden = desk.ready(desk.leader, title="别人的文件")
    _, copies = desk.ready(desk.general, level="秘密★10年", number="×办发〔2025〕8号")
    desk.give(copies[0], person=desk.general)
    browser = at(desk.general)
    answer = browser.get(chosen(browser, [hidden[0], copies[0]]))
    assert "已选 1 行" in page(answer).text
    assert "别人的文件" not in answer.content.decode()
    none = browser.get(chosen(browser, hidden))
    assert "没有可以查看的" in page(none).text


def test_a_selection_is_nobody_elses_and_of_one_book(desk, at):
    _, copies = desk.ready()
    address = chosen(at("registrar"), copies)
    foreign = at(desk.reader).get(address)
    missing = at(desk.reader).get(f"{SELECT}/{uuid4()}")
    assert foreign.status_code == missing.status_code == 404
    assert masked(foreign) == masked(missing)
    assert at("registrar").get(address.replace("custody.copy", "custody.paper")).status_code == 404


def test_an_action_of_another_kind_or_post_is_not_offered(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0])
    browser = at(desk.reader)
    address = chosen(browser, copies[:1])
    assert browser.get(f"{address}?action=custody.hand_over_copy").status_code == 404
    assert browser.get(f"{address}?action=custody.set_circle").status_code == 404
    assert browser.get(f"{address}?action=custody.report_missing").status_code == 200


@pytest.mark.parametrize(
    ("ids", "status", "sentence"),
    [
        ([], 400, "没有选中任何一行"),
        (["not-an-id"], 404, ""),
        ([str(uuid4()) for _ in range(201)], 400, "一次最多选 200 行"),
    ],
)
def test_a_selection_of_nothing_or_too_much_is_told(ids, status, sentence, at):
    answer = at("registrar").post(SELECT, {"ids": ids})
    assert answer.status_code == status
    assert sentence in page(answer).text


def test_no_page_is_kept_waiting_by_rows_that_must_be_read_one_by_one(desk, at, monkeypatch):
    monkeypatch.setattr(explain_each, "MOST_LOOKS", 3)
    _, copies = desk.ready()
    browser = at("registrar")
    answer = browser.get(f"{chosen(browser, copies)}?action=custody.take_back_copy")
    # the rest is judged when it is done
    assert len(page(answer).all("td", class_="why-cell")) == 1
    assert len(ticked(answer)) == 2
