"""The terms that belong to a clause, in words: value, unit, and where the value comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from baomi.rulebook.terms import Terms

_UNIT: Final = re.compile(r"(.+)（(.+)）")
_OTHER_CODES: Final = {"secrecy_staff": "保密干部", "unit": "各委（办）室"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One setting. ``unit`` is empty where the value needs none."""

    key: str
    title: str
    value: str
    unit: str
    beyond: bool  # the paper does not fix it
    law: str  # the article that does, or a warning


def settings_of(clause: str, terms: Terms) -> list[Told]:
    """What the terms of a day hold for a clause: settings, posts, and lists."""
    return [*_numbers(clause, terms), *_others(clause, terms)]


def _numbers(clause: str, terms: Terms) -> Iterator[Told]:
    for key, setting in terms.file.settings.items():
        if setting.clause != clause:
            continue
        title, unit = _apart(setting.title)
        yield Told(
            key=key,
            title=title,
            value=_words(setting.value, terms),
            unit=unit,
            beyond=setting.beyond,
            law=setting.law or "",
        )


def _apart(title: str) -> tuple[str, str]:
    """Title and unit: 阅件交回期限（天，0为当日）."""
    found = _UNIT.fullmatch(title)
    return (found[1], found[2]) if found else (title, "")


def _words(value: Any, terms: Terms) -> str:
    if isinstance(value, Mapping):
        return "、".join(f"{_word(key, terms)} {each}" for key, each in value.items())
    if isinstance(value, tuple):
        return "、".join(_word(each, terms) for each in value)
    return _word(str(value), terms)


def _word(code: str, terms: Terms) -> str:
    file = terms.file
    classes = {key.value: each.title for key, each in file.personnel_classes.items()}
    known = {**_OTHER_CODES, **file.units, **file.posts, **classes, **file.level_names}
    return known.get(code, code)


def _others(clause: str, terms: Terms) -> Iterator[Told]:
    """What the terms hold for a clause apart from its settings."""
    post = terms.file.approval_posts.get(clause)
    if post is not None:
        title = terms.post_title(post)
        yield _other("approval_posts", "批准人（原文没有指明）", title, is_beyond=True)
    for key, (clauses, title, is_beyond, words) in _LISTS.items():
        if clause in clauses:
            yield _other(key, title, words(terms), is_beyond=is_beyond)


def _other(key: str, title: str, value: str, *, is_beyond: bool) -> Told:
    return Told(key=key, title=title, value=value, unit="", beyond=is_beyond, law="")


def _ex_officio(terms: Terms) -> str:
    return "；".join(
        f"{terms.post_title(main)}兼{'、'.join(terms.post_title(each) for each in posts)}"
        for main, posts in terms.file.ex_officio.items()
    )


def _means(terms: Terms) -> str:
    refused = [each.title for each in terms.file.means.values() if not each.lawful]
    return "、".join(refused)


_LISTS: Final[Mapping[str, tuple[frozenset[str], str, bool, Callable[[Terms], str]]]] = {
    "ex_officio": (frozenset({"GZ1.0a", "DM1a", "DM1b"}), "随本职兼任", False, _ex_officio),
    "unowned_duties": (
        frozenset({"GZ1.0b"}),
        "没有承办人的事项归谁",
        False,
        lambda terms: terms.post_title(terms.file.unowned_duties),
    ),
    "means": (
        frozenset({"GZ2.1.5e", "GZ2.2.6", "GZ2.3.6a", "GZ2.3.6b", "GZ2.5.4c"}),
        "不得用来传递秘密的方式",
        False,
        _means,
    ),
    "ten_secrecy_rules": (
        frozenset({"CW1"}),
        "十条保密守则（原文没有照录）",
        True,
        lambda terms: "；".join(terms.file.ten_secrecy_rules),
    ),
    "training_topics": (
        frozenset({"GZ3.4a", "GZ3.4b", "GZ3.4c", "GZ3.4d"}),
        "教育培训的内容",
        False,
        lambda terms: "、".join(terms.file.training_topics.values()),
    ),
    "classification_bases": (
        frozenset({"DM5.3"}),
        "可引用的定密依据",
        True,
        lambda terms: "、".join(terms.file.classification_bases),
    ),
    "sanction_bases": (
        frozenset({"GZ3.5"}),
        "现行的处分依据",
        True,
        lambda terms: "、".join(terms.file.sanction_bases),
    ),
}
