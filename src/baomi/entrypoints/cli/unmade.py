"""What a setup that came to nothing made is taken away: the next try finds the folder as before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import Error, connections

from baomi.engine import home
from baomi.engine.keys import sealer_folder


@contextmanager
def nothing_half_made() -> Iterator[None]:
    """Remove what was made inside, unless an office was founded; what was there before stays."""
    before = _there()
    try:
        yield
    except BaseException:
        if _is_unfounded():
            connections.close_all()
            _remove(_there() - before)
        raise


def _is_unfounded() -> bool:
    try:
        return home.stage() is not home.Stage.FOUNDED
    except Error:
        # who cannot be asked may be founded: nothing of it is touched
        return False


def _there() -> set[Path]:
    """What exists of the office's own: files, folders, and the folders that they lie in.

    Of a sealer's folder elsewhere the folder alone: keys of a failed founding are gone already.
    """
    found: set[Path] = set()
    for folder in (home.home(), sealer_folder()):
        found.update(each for each in (folder, *folder.parents) if each.exists())
    for name in home.OWN_NAMES:
        for path in home.home().glob(f"{name}*"):
            found.update((path, *path.rglob("*")))
    return found


def _remove(paths: set[Path]) -> None:
    for path in sorted(paths, key=lambda each: len(each.parts), reverse=True):
        # what cannot be removed stays: the fault itself is what must be told
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink()
