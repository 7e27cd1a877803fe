"""Whether an upload is taken: judged by its octets here, opened by a bound child process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from baomi.engine.attachments.judging import DAMAGED, Unfit, judged
from baomi.kernel.clock import clock
from baomi.kernel.verdict import BadInput
from baomi.rulebook.terms import Terms

FIELD: Final = "file"
_SECONDS: Final = 90.0
_MEGABYTE: Final = 1024 * 1024
_ROOT: Final = str(Path(__file__).resolve().parents[3])
_CHILD: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from baomi.engine.attachments.child import main; main(sys.argv[2], sys.argv[3])"
)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a scan: its content, and what its codes say."""

    content: bytes
    media: str
    codes: tuple[str, ...]


def most_octets() -> int:
    """How large an attachment may be."""
    return Terms.on(clock.today()).number("attachment_max_mb") * _MEGABYTE


def too_large() -> str:
    """The sentence that says so."""
    return f"文件超过 {most_octets() // _MEGABYTE} MB：请降低分辨率重新扫描，或分成几份上传。"


def checked(content: bytes) -> str:
    """What an upload is: ``pdf``, ``jpeg`` or ``png``. Raises ``BadInput``."""
    media = _judged(content)
    _ask(content, "check", media)
    return media


def pages_of(content: bytes) -> tuple[ScannedPage, ...]:
    """The pages of a scan, each with its codes. Raises ``BadInput``."""
    told = _ask(content, "pages", _judged(content))
    return tuple(
        ScannedPage(b64decode(each["content"]), each["media"], tuple(each["codes"]))
        for each in told["pages"]
    )


def _judged(content: bytes) -> str:
    if not content:
        raise BadInput("文件是空的：请核对是否选错了文件。", field=FIELD)
    if len(content) > most_octets():
        raise BadInput(too_large(), field=FIELD)
    try:
        return judged(content)
    except Unfit as unfit:
        raise BadInput(str(unfit), field=FIELD) from None


def _ask(content: bytes, wanted: str, media: str) -> dict[str, Any]:
    """Let the child open it. Raises ``BadInput``: what it says, or that it fell."""
    try:
        done = subprocess.run(  # noqa: S603 — this Python, our own words
            [sys.executable, "-c", _CHILD, _ROOT, wanted, media],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={"PATH": os.defpath, "OPENBLAS_NUM_THREADS": "1"},
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise BadInput(DAMAGED, field=FIELD) from None
    if "unfit" in told:
        raise BadInput(str(told["unfit"]), field=FIELD)
    return told
