"""Seal what two people told, change the master key, destroy the key of one.

Words: telephone and identity number of the first, then of the second. The words are typed by
nobody: they come from the test, which afterwards looks for them everywhere.
"""

import os
import sys
from pathlib import Path
from typing import Any

from tests.proofs.child import opened, tell


def read(person) -> list[str | None]:
    """What the office can still read of somebody's sealed data."""
    from baomi.registers.office.models import Person
    from baomi.registers.office.seals import unseal

    row = Person.objects.get(id=person)
    return [unseal(person, row.phone), unseal(person, row.identity_number)]


def found_in_files(folder: Path, word: str) -> list[str]:
    """Files of a folder that hold a word, those of an open database included."""
    found = []
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_file() and word.encode() in path.read_bytes():
                found.append(str(path.relative_to(folder)))
        except FileNotFoundError:
            continue  # another test's database went away meanwhile
    return found


def found_in_rows(word: str) -> list[str]:
    """Tables of which a row holds a word, ledger bodies and remembered operations included."""
    from django.db import connection

    found = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 — names from the schema
            if any(word in _text(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


def _text(value: Any) -> str:
    return (
        bytes(value).decode("utf-8", "replace")
        if isinstance(value, bytes | memoryview)
        else str(value)
    )


def places(folder: Path, word: str) -> list[str]:
    """Everywhere that a word stands: rows, the home's files, a database server's files."""
    server = os.environ.get("BAOMI_TEST_PG_LOG")
    found = found_in_rows(word) + found_in_files(folder, word)
    if server:
        found += found_in_files(Path(server).parent / "data", word)
    return found


def main(words: list[str]) -> None:
    office = opened()
    from baomi.engine import seal_rotation
    from baomi.engine.perform import perform
    from baomi.engine.verify_live import verify_live
    from baomi.registers.office.seals import master_key_path
    from tests.proofs.small_office import TITLE, asked

    kept, destroyed = office.readers[:2]
    for person, (phone, number) in zip((kept, destroyed), (words[:2], words[2:]), strict=True):
        told = {"phone": phone, "identity_number": number}
        perform(asked("office.seal_personal_data", office.security_admin, person, **told))
    before = [read(kept), read(destroyed)]
    old_key = master_key_path().read_bytes()
    rotated = seal_rotation.rotate()
    after = [read(kept), read(destroyed)]
    order = {"order_letter": "云人发〔2025〕9号", "second": office.auditor}
    perform(asked("office.destroy_personal_key", office.security_admin, destroyed, **order))
    folder = Path(os.environ["BAOMI_HOME"])
    tell(
        {
            "before": before,
            "rotated": rotated,
            "key_changed": master_key_path().read_bytes() != old_key,
            "old_key_kept": any(old_key in path.read_bytes() for path in folder.rglob("*.key*")),
            "after": after,
            "in_the_end": [read(kept), read(destroyed)],
            "findings": [found.line() for found in verify_live().findings],
            "standing_open": [places(folder, word) for word in words],
            "a_title_stands_open": bool(places(folder, TITLE)),
        }
    )


if __name__ == "__main__":
    main(sys.argv[1:])
