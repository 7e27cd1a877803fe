"""What every program of the proofs begins with: the office of its BAOMI_HOME, open for work."""

import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

PLAN = "plan.json"


def prepare() -> Path:
    """Set Django up on the office's own settings. Returns the home."""
    import django

    django.setup()
    return Path(os.environ["BAOMI_HOME"])


def opened() -> "SmallOffice":  # noqa: F821 — importable only once Django is set up
    """The office as it was founded; start-up checks passed."""
    home = prepare()
    from baomi.engine import registry
    from baomi.engine.home import open_office
    from tests.proofs.small_office import SmallOffice

    open_office()
    registry.load()
    return SmallOffice.of(json.loads((home / PLAN).read_text(encoding="utf-8")))


def tell(figures: Mapping[str, Any]) -> None:
    """Hand the figures to the test."""
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")


def forked(work: Callable[[], None]) -> int:
    """Start a process that does this work on a connection of its own. Returns its id."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()  # the child ends below: nobody else would tell of it
    finally:
        # no clean-up of the parent's: a fork must not run it
        sys.stderr.flush()
        os._exit(code)
    return 0
