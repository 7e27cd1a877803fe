"""Initials of names, so that two or three keys find a person: 曾小平 is zxp, 单雄 is sx.

A surname is often read otherwise than the same character elsewhere, which dictionaries of
words do not know: the surnames here go first.
"""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin

_SURNAMES = {
    "曾": "z", "单": "s", "解": "x", "仇": "q", "区": "o", "查": "z", "盖": "g", "朴": "p",
    "翟": "z", "重": "c", "乐": "y", "冼": "x", "任": "r", "华": "h", "缪": "m", "员": "y",
    "覃": "q", "谌": "c", "隗": "w", "繁": "p", "种": "c", "召": "s", "折": "s", "黑": "h",
    "秘": "b", "那": "n", "尉": "w", "强": "q", "车": "c", "柏": "b", "贾": "j", "祭": "z",
    "能": "n", "相": "x", "藏": "z", "阚": "k", "訾": "z", "逄": "p", "郇": "x", "纪": "j",
    "乜": "n", "都": "d", "长": "c", "宓": "m", "洗": "x", "幺": "y", "句": "g", "庹": "t",
}  # fmt: skip
_DOUBLE_SURNAMES = {
    "欧阳": "oy", "上官": "sg", "司马": "sm", "诸葛": "zg", "尉迟": "yc", "万俟": "mq",
    "长孙": "zs", "澹台": "tt", "令狐": "lh", "宇文": "yw", "慕容": "mr", "司徒": "st",
    "皇甫": "hf", "公孙": "gs", "夏侯": "xh", "东方": "df", "独孤": "dg", "南宫": "ng",
    "呼延": "hy", "申屠": "st", "太史": "ts", "轩辕": "xy", "端木": "dm", "百里": "bl",
    "鲜于": "xy", "赫连": "hl", "拓跋": "tb", "贺兰": "hl", "闻人": "wr", "濮阳": "py",
}  # fmt: skip
_LONGEST = 80


def initials(name: str) -> str:
    """Lower-case initials of a name's characters; signs such as the middle dot are left out."""
    surname, given = _parted(name.strip())
    letters = surname + "".join(
        syllable[:1] for syllable in lazy_pinyin(list(given), style=Style.NORMAL)
    )
    return "".join(c for c in letters.lower() if c.isascii() and c.isalnum())[:_LONGEST]


def _parted(name: str) -> tuple[str, str]:
    """Initials of the surname where it is a known one, and the rest of the name."""
    if len(name) > 2 and name[:2] in _DOUBLE_SURNAMES:
        return _DOUBLE_SURNAMES[name[:2]], name[2:]
    if name[:1] in _SURNAMES:
        return _SURNAMES[name[0]], name[1:]
    return "", name
