"""``baomi clause``: one clause whole, or those that a number or words find."""

import pytest

from baomi.kernel.clock import clock
from tests.factories.office import NOW_US

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
DAY_US = 86_400_000_000


def test_a_clause_is_told_whole_to_whoever_is_not_logged_in(office, baomi):
    ran = baomi("clause", "DM1a")
    assert ran.code == 0
    for words in (
        "定密工作制度",
        "“DM1”是原文的编号",
        "与现行法律不一致",
        "《中华人民共和国保守国家秘密法实施条例》第十四条（2024-09-01 起施行）",
        "登录后可看今天的情况",
    ):
        assert words in ran.out
    assert baomi("clause", "DM1a", "--json").data["today"] is None


def test_several_clauses_are_listed(office, baomi):
    told = baomi("clause", "二（三）1", "--json").data
    assert [each["id"] for each in told] == ["GZ2.3.1a", "GZ2.3.1b"]
    assert "GZ2.8.3c" in baomi("clause", "监销").out
    behind = baomi("clause", "--behind", "--json").data
    assert "DM1a" in {each["id"] for each in behind}
    assert all(each["behind_the_law"] for each in behind)
    assert baomi("clause", "登月计划").out.strip() == "没有符合条件的条款。"
    wrong = baomi("clause", "密")
    assert (wrong.code, "两个字" in wrong.err) == (2, True)


def test_who_is_logged_in_is_told_of_today(desk, baomi):
    _, copies = desk.ready(desk.reader, level="秘密★5年", copy_numbers="1-2")
    desk.give(copies[0])
    with clock.standing_at(NOW_US + DAY_US):
        told = baomi("clause", "GZ2.3.2b", "--as", "registrar", "--json").data
        assert told["today"]["duties"] == {"open": 1, "overdue": 1}
        shown = baomi("clause", "GZ2.3.2b", "--as", "registrar").out
        assert "未办 1 项，其中逾期 1 项" in shown
        late = baomi("clause", "--late", "--as", "registrar", "--json").data
        assert "GZ2.3.2b" in str(late)


def test_what_is_overdue_is_asked_by_somebody(office, baomi):
    ran = baomi("clause", "--late")
    assert ran.code == 4
    assert "登录" in ran.err
