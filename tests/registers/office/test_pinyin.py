"""Initials of names, surnames first."""

import pytest

from baomi.registers.office.pinyin import initials

NAMES = [
    ("张伟", "zw"),
    ("曾小平", "zxp"),
    ("单雄信", "sxx"),
    ("解晓东", "xxd"),
    ("仇和平", "qhp"),
    ("区少川", "osc"),
    ("查良玉", "zly"),
    ("盖丽丽", "gll"),
    ("朴英子", "pyz"),
    ("翟志刚", "zzg"),
    ("乐思远", "ysy"),
    ("尉迟恭", "ycg"),
    ("欧阳海宁", "oyhn"),
    ("万俟文博", "mqwb"),
    ("长孙若谷", "zsrg"),
    ("长孙", "cs"),
    ("任建新", "rjx"),
    ("阿依古丽·买买提", "aygl mmt".replace(" ", "")),
    ("王𬭎", "w"),
    ("Li Ming", "liming"),
    ("", ""),
]


@pytest.mark.parametrize(("name", "expected"), NAMES, ids=[f"name{n}" for n in range(len(NAMES))])
def test_initials(name, expected):
    found = initials(name)
    assert found.startswith(expected)
    assert found.isascii()


def test_a_column_holds_them():
    assert len(initials("王" * 500)) == 80
