"""The child process that opens an upload: bounded in memory, time and files, knows no database.

The file comes in on standard input, the answer goes out on standard output as JSON; nothing is
written to disk and nothing of the content to standard error.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import warnings
from typing import Any, Final

MEMORY_BYTES: Final = 1536 * 1024**2
CPU_SECONDS: Final = 60


def main(wanted: str, media: str) -> None:
    """``wanted``: ``check``, or ``pages`` with their codes."""
    _bind()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    from baomi.engine.attachments.judging import TOO_LARGE_A_PICTURE, Unfit
    from baomi.engine.attachments.looking_into import look_into

    content = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        if wanted == "pages":
            from baomi.engine.attachments.pages import pages_of

            answer = {"pages": pages_of(content, media)}
        else:
            look_into(content, media)
            answer = {"fit": True}
    except MemoryError:
        answer = {"unfit": TOO_LARGE_A_PICTURE}
    except Unfit as unfit:
        answer = {"unfit": str(unfit)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


def _bind() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
