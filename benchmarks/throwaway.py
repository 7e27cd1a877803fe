"""A throw-away office in a folder of its own, for whatever is measured against real registers."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from baomi.engine.demo.office_plan import Office
    from baomi.engine.request import Receipt, Request


@contextmanager
def empty_home() -> Iterator[Path]:
    """A migrated, empty home, removed at the end. Once in a process."""
    folder = Path(tempfile.mkdtemp(prefix="baomi-bench-"))
    try:
        open_home(str(folder))
        from baomi.engine import home

        home.make_folders()
        home.migrate()
        yield folder
    finally:
        from django.db import connections

        connections.close_all()
        shutil.rmtree(folder, ignore_errors=True)


def open_home(folder: str) -> None:
    """Let this process work on an office's folder. Once in a process: settings are read once."""
    os.environ["BAOMI_HOME"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "baomi.config.settings.office"
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()


@contextmanager
def office() -> Iterator[Office]:
    """The invented office in an empty home, founded and furnished by actions, today."""
    with empty_home():
        from baomi.engine.demo.office_plan import make_office
        from baomi.kernel.words import Door

        yield make_office(door=Door.WORKER)


def receive(of: Office, copies: int, *, circle: tuple[UUID, ...] = ()) -> tuple[UUID, ...]:
    """Register papers of ten copies each until there are enough; all stored, circle set.

    Returns the copies. Whoever is in the circle may be handed each of them; nobody named: the
    reader of 研究室 who may read 机密.
    """
    found: list[UUID] = []
    while len(found) < copies:
        count = min(10, copies - len(found))
        told = _do("custody.receive_envelope", of.registrar, **_envelope(len(found), count)).told
        paper = UUID(told["papers"][0]["paper"])
        keys = tuple(UUID(each) for each in told["papers"][0]["copies"])
        _do("custody.store_copies", of.registrar, *keys, cabinet=_cabinet(of))
        _do("custody.set_circle", of.registrar, paper, persons=list(circle or (reader_of(of),)))
        found.extend(keys)
    return tuple(found)


def reader_of(of: Office) -> UUID:
    """Who is handed the copies: the reader of 研究室 who may read 机密."""
    return of.readers["研究室"][0]


def hand_over(of: Office) -> dict[str, Any]:
    """The inputs of a hand-over to that reader."""
    from baomi.engine.demo.office_plan import READING_ROOM

    return {"person": reader_of(of), "purpose": "reading", "place": of.rooms[READING_ROOM]}


def _cabinet(of: Office) -> UUID:
    from baomi.kernel.words import Level

    return of.cabinets[Level.SECRET]


def _envelope(number: int, count: int) -> dict[str, Any]:
    paper = {
        "issuer": "省委办公厅",
        "number": f"×办发〔2025〕{number + 1}号",
        "title": f"关于做好第{number + 1}项工作的通知",
        "level": "机密★10年",
        "copy_numbers": f"{number + 1:06d}-{number + count:06d}",
    }
    return {"sender": "市委机要局", "intact": True, "papers_stated": 1, "papers": [paper]}


def request(
    action: str, actor: UUID, targets: Sequence[UUID], inputs: Mapping[str, Any]
) -> Request:
    """A deed asked for, with an operation id of its own."""
    from baomi.engine.request import Request
    from baomi.kernel.ids import new_id
    from baomi.kernel.words import Door

    return Request(
        action=action,
        actor=actor,
        targets=tuple(targets),
        inputs=inputs,
        op_id=new_id(),
        door=Door.WORKER,
    )


def _do(action: str, actor: UUID, *targets: UUID, **inputs: Any) -> Receipt:
    from baomi.engine.perform import perform

    return perform(request(action, actor, targets, inputs))
