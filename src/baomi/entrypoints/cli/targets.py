"""What a deed is done to: typed, or one a line as a scanner types them."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from uuid import UUID

from baomi.engine.face.reading import pick
from baomi.entrypoints.cli.answer import Stop, say_while_working
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person

FROM_SCANNER = "-"
MOST_TARGETS = 200
_LABEL = re.compile(r"BM[CPKS][0-9]{3}")


def targets_of(texts: Iterable[str], kind: str | None, actor: Person) -> tuple[UUID, ...]:
    """The rows that the texts mean, each once. Raises ``Stop`` with a sentence for each fault."""
    places = list(_places(texts))
    if places and kind is None:
        raise Stop("这件事不需要指定对象，请去掉命令中多余的内容。")
    found: dict[UUID, str] = {}
    wrong: list[str] = []
    for place, text in places:
        try:
            key = _one(text, str(kind), actor)
        except BadInput as fault:
            wrong.append(f"{place}：{fault.sentence}")
            continue
        if key in found:
            say_while_working(f"{place}：与{found[key]}是同一个，只计一次。")
        found.setdefault(key, place)
    if len(found) > MOST_TARGETS:
        wrong.append(f"一次最多 {MOST_TARGETS} 个，这里有 {len(found)} 个：请分几次办理。")
    if wrong:
        raise Stop(*wrong)
    return tuple(found)


def _places(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(texts, start=1):
        if text == FROM_SCANNER:
            yield from _scanned()
        else:
            yield f"第 {number} 个", text


def _scanned() -> Iterator[tuple[str, str]]:
    for number, line in enumerate(sys.stdin, start=1):
        text = line.removesuffix("\n").removesuffix("\r")
        if text.strip():
            yield f"第 {number} 行", text


def _one(text: str, kind: str, actor: Person) -> UUID:
    if any(unicodedata.category(character) in ("Cc", "Cf") for character in text):
        raise BadInput("内容里夹有控制字符，请一次只扫一个标签")
    folded = unicodedata.normalize("NFKC", text).upper()
    if len(_LABEL.findall(folded)) > 1:
        raise BadInput("两个标签连在一起了，请一次只扫一个")
    return pick(actor, kind, text)
