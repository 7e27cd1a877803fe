"""What may stand in a text of a register: kept as typed, in Unicode's composed form."""

from __future__ import annotations

import unicodedata
from typing import Any

from pydantic import field_validator

from baomi.kernel.action import Inputs
from baomi.kernel.spelling import has_bidi_control

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_LINE_END = "\n"


def plain(text: str) -> str:
    """The text in NFC, as the ledger demands. Raises ``ValueError`` for characters nobody sees."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", _LINE_END))
    unseen = any(c != _LINE_END and unicodedata.category(c) in _UNSEEN for c in composed)
    if unseen or has_bidi_control(composed):
        raise ValueError("含有看不见的控制字符，请重新录入，不要从别处粘贴")
    return composed


class PlainInputs(Inputs):
    """Inputs whose every text is plain."""

    @field_validator("*", mode="after")
    @classmethod
    def _texts_are_plain(cls, value: Any) -> Any:
        if type(value) is str:
            return plain(value)
        if isinstance(value, tuple):
            return tuple(plain(each) if type(each) is str else each for each in value)
        return value
