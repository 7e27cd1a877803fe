"""Which issuers count as central or provincial, so that their unmarked papers are internal."""

from datetime import date

import pytest

from baomi.rulebook.terms import Terms


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms.on(date(2026, 3, 1))


@pytest.mark.parametrize(
    "issuer",
    [
        "中共中央办公厅",
        "国务院办公厅",
        "中办",
        "国家保密局",
        "国家市场监督管理总局",
        "全国人大常委会办公厅",
        "中共×省委办公厅",
        "中共 ×省委\u3000办公厅",
        "×省委机要局",
        "×省人大常委会办公厅",
        "省委",
        "省政府办公厅",
        "吉林省人民政府",
        "黑龙江省纪委监委",
        "×省军区",
        "×省市场监督管理厅",
        "内蒙古自治区党委办公厅",
        "中共北京市委办公厅",
        "×市委、×省委",
    ],
)
def test_central_and_provincial_issuers(terms: Terms, issuer: str) -> None:
    assert terms.is_central_or_provincial(issuer)


@pytest.mark.parametrize(
    "issuer",
    [
        "",
        "×市保密局",
        "中共×市委办公室",
        "×市公安局",
        "×市纪委监委",
        "×市委政法委",
        "吉林省通化市人民政府",
        "中共×省×市委办公室",
        "×省×县人大常委会",
        "×省军分区",
        "×省×自治州人民政府",
        "北京市朝阳区委",
        "国家税务总局×市税务局",
        "国家统计局通化调查队",
        "中央大街街道办事处",
        "×市驻×省办事处",
        "办公室",
    ],
)
def test_lower_issuers_are_not_taken_for_provincial_ones(terms: Terms, issuer: str) -> None:
    assert not terms.is_central_or_provincial(issuer)
