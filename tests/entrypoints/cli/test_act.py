"""Do a deed, or hear why not: receipts, refusals, targets and inputs as a clerk writes them."""

import io
import json
from uuid import UUID, uuid4

import pytest

from baomi.engine import ledger
from baomi.engine.head import read_head
from baomi.registers.office.load import label as label_of

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

ADMIN = ("--as", "security_admin")
REGISTRAR = ("--as", "registrar")


def entries() -> int:
    head = read_head()
    return head.size if head else 0


def test_a_deed_gives_a_receipt(office, baomi):
    before = entries()
    ran = baomi("act", "office.add_unit", *ADMIN, "--set", "name=督查室", "--json")
    assert ran.code == 0
    assert ran.data["seq"] == before == entries() - 1
    written = ledger.find(office.log_id, UUID(ran.data["op"]))
    assert written is not None and written.receipt == ran.data["receipt"]
    assert UUID(ran.data["told"]["unit"])


def test_the_chinese_title_names_the_deed_too(office, baomi):
    ran = baomi("act", "登记单位", *ADMIN, "--set", "name=督查室")
    assert ran.code == 0
    assert "已办理：登记单位。回执 " in ran.out


def test_the_same_operation_gives_the_same_receipt(office, baomi):
    op = str(uuid4())
    first = baomi("act", "office.add_unit", *ADMIN, "--set", "name=督查室", "--op", op, "--json")
    again = baomi("act", "office.add_unit", *ADMIN, "--set", "name=督查室", "--op", op, "--json")
    assert first.data == again.data
    other = baomi("act", "office.add_unit", *ADMIN, "--set", "name=信访室", "--op", op)
    assert other.code == 2
    assert "操作编号已用于另一项内容" in other.err


def test_a_refusal_says_clause_reason_and_remedy(office, baomi):
    before = entries()
    ran = baomi("act", "office.add_unit", "--as", "auditor", "--set", "name=督查室")
    assert ran.code == 3
    assert "不准办理" in ran.out
    assert "只能由安全保密管理员" in ran.out
    assert "怎样才能办：" in ran.out
    assert entries() == before
    told = baomi("act", "office.add_unit", "--as", "auditor", "--set", "name=督查室", "--json")
    assert told.code == 3
    assert [each["clause"] for each in told.data["refused"]] == ["access"]


def test_a_refusal_that_rests_on_a_clause_bears_its_title(office, baomi):
    words = ["office.appoint", office.logins[office.auditor], *ADMIN]
    words[1] = str(office.auditor)
    settings = ["--set", "post=registrar", "--set", "letter=云人发〔2025〕9号"]
    ran = baomi("why", *words, *settings, "--json")
    assert ran.code == 3
    found = {each["clause"]: each["title"] for each in ran.data["refused"]}
    assert found["X1a"] == "三员分立"


def test_why_records_nothing(office, baomi):
    before = entries()
    assert baomi("why", "office.add_unit", *ADMIN, "--set", "name=督查室").code == 0
    assert baomi("why", "office.add_unit", "--as", "auditor").code == 3
    assert entries() == before


def test_why_before_anything_is_entered_says_what_is_still_to_come(office, baomi):
    ran = baomi("why", "office.add_person", *ADMIN)
    assert (ran.code, ran.out.strip()) == (
        0,
        "现有情况下没有发现不准之处；办理时还要填：姓名、单位、涉密等级、定级依据。",
    )
    assert "涉密等级" in baomi("why", "office.add_person", *ADMIN, "--json").data["needed"]
    entered = baomi("why", "office.add_unit", *ADMIN, "--set", "name=督查室", "--json")
    assert entered.data["needed"] == []
    assert "可以办理" in baomi("why", "office.add_unit", *ADMIN, "--set", "name=督查室").out
    optional = baomi("why", "office.end_appointment", *ADMIN).out
    assert "可以办理" not in optional and "baomi rules office.end_appointment" in optional


def test_why_before_anything_is_entered_says_what_may_have_to_be_approved(office, baomi, desk):
    _, copies = desk.ready()
    desk.give(copies[0], purpose="handling")
    words = ["custody.carry_out", label_of("C", desk.copy(copies[0])["label_serial"]), *REGISTRAR]
    told = baomi("why", *words).out
    assert "可能须先报批：" in told
    needed = baomi("why", *words, "--json").data["may_need"]
    assert {each["clause"] for each in needed} == {"GZ2.1.5d", "GZ2.2.5a"}
    for each in needed:
        assert f"{each['title']}（{each['by']}）" in told
    plain = baomi("why", "office.add_person", *ADMIN, "--json")
    assert plain.data["may_need"] == []


def test_a_remedy_that_is_no_deed_yet_is_done_on_paper(office, baomi, desk):
    _, copies = desk.ready(desk.general)
    words = ["custody.hand_over_copy", copies[0], *REGISTRAR]
    words += ["--set", f"person={desk.general}", "--set", "purpose=阅"]
    words += ["--set", f"place={desk.reading_room}"]
    ran = baomi("act", *words)
    assert ran.code == 3, ran.err
    assert "涉密人员审查（此功能尚未提供，请先按纸质手续办理）" in ran.out
    assert "people.clear_person" not in ran.out
    (told,) = baomi("act", *words, "--json").data["refused"]
    assert told["remedy_action"] is None and told["remedy_title"] is None


def test_a_remedy_that_is_a_deed_is_named(office, baomi, desk):
    _, copies = desk.ready(desk.keeper)
    words = ["custody.hand_over_copy", copies[0], *REGISTRAR, "--set", f"person={desk.reader}"]
    ran = baomi("act", *words, "--set", "purpose=阅", "--set", f"place={desk.reading_room}")
    assert ran.code == 3, ran.err
    assert "可办理：确定传阅范围（baomi act custody.set_circle）" in ran.out
    assert "尚未提供" not in ran.out


def test_faults_of_the_inputs_are_told_all_at_once(office, baomi):
    ran = baomi("act", "office.add_unit", *ADMIN, "--set", "nam=督查室")
    assert ran.code == 2
    assert "“单位名称”没有填写" in ran.err
    assert "没有“nam”这一项" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["office.ad_unit"], "office.add_unit"),
        (["office.add_unit", "--set", "name"], "名称=内容"),
        (["office.add_unit", "--op", "7"], "UUID"),
        (["office.add_unit", "--on", "2025-02-30"], "不是有效的日期"),
        (["office.add_unit", "研究室"], "不需要指定对象"),
        (["office.add_unit", "--json-inputs", "/none.json"], "读不到文件"),
        (["office.close_unit", "没有的单位"], "第 1 个：没有这个单位"),
    ],
    ids=["name", "set", "op", "day", "target", "file", "unknown"],
)
def test_what_cannot_be_meant_is_said(office, baomi, words, said):
    ran = baomi("act", *words, *ADMIN)
    assert ran.code == 2
    assert said in ran.err


def test_a_day_that_has_passed_needs_its_reason(office, baomi):
    words = ["office.add_unit", *ADMIN, "--set", "name=督查室", "--on", "2025-02-28"]
    ran = baomi("act", *words)
    assert ran.code == 2
    assert "原因" in ran.err
    assert baomi("act", *words, "--reason", "当日停电").code == 0


def test_names_in_the_inputs_are_resolved(office, baomi):
    settings = ["name=三号房", "unit=研究室", f"responsible={office.keepers['研究室']}"]
    words = [word for each in settings for word in ("--set", each)]
    ran = baomi("act", "office.add_room", *REGISTRAR, *words, "--set", "keeps_papers=否")
    assert ran.code == 0, ran.err or ran.out
    unknown = [*words, "--set", "unit=没有的室"]
    assert baomi("act", "office.add_room", *REGISTRAR, *unknown).code == 2


def test_inputs_come_from_files(office, baomi, tmp_path):
    whole = tmp_path / "whole.json"
    whole.write_text(json.dumps({"name": "督查室"}), encoding="utf-8")
    assert baomi("act", "office.add_unit", *ADMIN, "--json-inputs", whole).code == 0
    one = tmp_path / "one.json"
    one.write_text(json.dumps("信访室"), encoding="utf-8")
    assert baomi("act", "office.add_unit", *ADMIN, "--set", f"name=@{one}").code == 0
    one.write_text("{", encoding="utf-8")
    ran = baomi("act", "office.add_unit", *ADMIN, "--set", f"name=@{one}")
    assert ran.code == 2
    assert "JSON" in ran.err


def test_a_password_never_stands_on_the_command_line(office, baomi):
    words = ["office.change_password", "--as", "registrar", "--set", "new_password=Long-Enough-1"]
    ran = baomi("act", *words)
    assert ran.code == 2
    assert "baomi passwd" in ran.err
    assert "Long-Enough-1" not in ran.err


def test_a_one_time_code_is_shown_to_its_asker(office, baomi):
    person = baomi(
        "act",
        "office.add_person",
        *ADMIN,
        *("--set", "name=云小舟", "--set", "unit=研究室", "--set", "class_ground=新进"),
        *("--set", "personnel_class=general"),
        "--json",
    )
    assert person.code == 0, person.err or person.out
    words = ["office.grant_account", person.data["told"]["person"], "--as", "system_admin"]
    ran = baomi("act", *words, "--set", "login=yun.xiaozhou")
    assert ran.code == 0, ran.err or ran.out
    assert "一次性口令" in ran.out and "*****" not in ran.out


def test_a_second_person_confirms_with_his_own_password(office, baomi, secret, monkeypatch):
    login = office.logins[office.auditor]
    words = ["office.reset_account", office.logins[office.office_director]]
    words += ["--as", "system_admin", "--set", "ground=遗忘", "--second", login]
    monkeypatch.setenv("BAOMI_SECOND_PASSWORD_FILE", secret(office.codes[login]))
    ran = baomi("act", *words)
    assert ran.code == 4  # a one-time code confirms nothing
    monkeypatch.setenv("BAOMI_PASSWORD_FILE", secret(office.codes[login]))
    monkeypatch.setenv("BAOMI_NEW_PASSWORD_FILE", secret("Nine-Blue-Kettles-8", "new"))
    assert baomi("login", login).code == 0
    assert baomi("passwd").code == 0
    monkeypatch.setenv("BAOMI_SECOND_PASSWORD_FILE", secret("Nine-Blue-Kettles-8"))
    ran = baomi("act", *words)
    assert ran.code == 0, ran.err or ran.out


@pytest.fixture
def scanner(monkeypatch):
    def types(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return types


def test_a_scanner_types_one_target_a_line(office, baomi, scanner):
    badge, other = label_of("P", 8), label_of("P", 9)
    wide = other.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    scanner(f"{badge}\r\n\n{wide}\n{badge}\n")
    ran = baomi("why", "office.set_class", "-", *ADMIN)
    assert ran.code == 0, ran.err or ran.out
    assert "第 4 行：与第 1 行是同一个，只计一次" in ran.err


def test_what_no_scanner_means_is_refused_line_by_line(office, baomi, scanner):
    badge = label_of("P", 8)
    scanner(f"{badge}{label_of('P', 9)}\n{badge[:6]}\x1b{badge[6:]}\n{badge[:9]}\n{badge}\n")
    ran = baomi("act", "office.set_class", "-", *ADMIN)
    assert ran.code == 2
    lines = ran.err.splitlines()
    assert lines[0].startswith("第 1 行：两个标签连在一起了")
    assert lines[1].startswith("第 2 行：内容里夹有控制字符")
    assert lines[2].startswith("第 3 行：标签只读到一部分")
    assert len(lines) == 3


def test_the_label_of_a_copy_stands_for_its_paper(office, baomi, desk):
    paper, copies = desk.receive()
    label = label_of("C", desk.copy(copies[0])["label_serial"])
    settings = ["--set", "pages=12", "--set", "reason=数错"]
    ran = baomi("act", "custody.correct_paper", label, *REGISTRAR, *settings)
    assert ran.code == 0, ran.err or ran.out
    assert desk.paper(paper)["pages"] == 12
    ran = baomi("act", "custody.correct_paper", label_of("C", 999_999), *REGISTRAR, *settings)
    assert (ran.code, ran.err.strip()) == (2, "第 1 个：没有这份文件，请核对收文编号或文件字号")
    badge = label_of("P", 8)
    ran = baomi("act", "custody.correct_paper", badge, *REGISTRAR, *settings)
    assert "不是文件标签" in ran.err


def test_the_label_of_a_copy_that_one_may_not_see_stands_for_nothing(office, baomi, desk):
    _, copies = desk.receive()
    label = label_of("C", desk.copy(copies[0])["label_serial"])
    ran = baomi("why", "custody.convey_paper", label, "--as", "unit_keeper@研究室")
    assert (ran.code, ran.err.strip()) == (2, "第 1 个：没有这份文件，请核对收文编号或文件字号")
