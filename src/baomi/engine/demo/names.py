"""Names of nobody: each once, with a login."""

from __future__ import annotations

from collections.abc import Iterator

from pypinyin import lazy_pinyin

_SURNAMES = "林方苏程陆顾沈蒋韩冯邓许傅曾彭吕丁魏薛叶阎余潘杜戴夏钟汪田姜范石姚谭廖邹熊金郝单"
_GIVEN = (
    "书韵维庸立群明澈景行若谷思远海宁知秋文博云舒守拙嘉树清和北辰望舒"
    "少川怀瑾一诺子衿允恭谨言承志念慈允中安澜昭文敬之乐天德邻春和秋实"
)
_SPOKEN = {"曾": "zeng", "单": "shan"}


def invented_names() -> Iterator[tuple[str, str]]:
    """Names and logins, the same in the same order each time; over a thousand of them."""
    given_names = [_GIVEN[at : at + 2] for at in range(0, len(_GIVEN), 2)]
    logins: set[str] = set()
    for turn in range(len(given_names)):
        for number, surname in enumerate(_SURNAMES):
            given = given_names[(number + turn) % len(given_names)]
            spoken = _SPOKEN.get(surname) or "".join(lazy_pinyin(surname))
            login = f"{spoken}.{''.join(lazy_pinyin(given))}"
            if login not in logins:
                logins.add(login)
                yield surname + given, login
