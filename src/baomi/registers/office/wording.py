"""What may stand in a text of this register: kept as typed, in Unicode's composed form."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from baomi.kernel.spelling import has_bidi_control

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,39}")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def plain(text: str) -> str:
    """The text in NFC, as the ledger demands. Raises ``ValueError`` for characters nobody sees."""
    composed = unicodedata.normalize("NFC", text)
    if has_bidi_control(composed) or any(unicodedata.category(c) in _UNSEEN for c in composed):
        raise ValueError("含有看不见的控制字符，请重新录入，不要从别处粘贴")
    return composed


def login_name(text: str) -> str:
    """A login as it is typed at any keyboard. Raises ``ValueError`` for anything else."""
    if not _LOGIN.fullmatch(text):
        raise ValueError(
            "登录名须以小写字母开头，由小写字母、数字、点、横线组成，2 到 40 个字符，如 zhang.wei"
        )
    return text


Named = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(plain)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(plain)]
Remark = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(plain)]
Measures = Annotated[str, StringConstraints(max_length=500), AfterValidator(plain)]
Rank = Annotated[str, StringConstraints(max_length=40), AfterValidator(plain)]
Letter = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(plain)]
Login = Annotated[str, StringConstraints(max_length=40), AfterValidator(login_name)]
