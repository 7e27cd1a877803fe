"""Makes the files of a new clause or a new action, filled with what is known of them.

What only a person knows is left out, and the test that is made with them stays red, naming it,
until it is there.
"""

import keyword
import re
from datetime import date
from pathlib import Path
from string import Template
from typing import Final

from baomi.rulebook.text import ClauseText, ControlKind, load_text

TEMPLATES: Final = Path(__file__).parent / "templates"
CLAUSE_ID: Final = re.compile(r"^(GZ|CW|JZ|DM|LG)(\d+(\.\d+)*|\+\d+)$")
NAME: Final = re.compile(r"^[a-z]+(_[a-z]+)+$")


class ScaffoldError(ValueError):
    """What was asked for cannot be made; the sentence says why and what to do."""


def _write(files: dict[Path, str]) -> list[Path]:
    there = [path for path in files if path.exists()]
    if there:
        raise ScaffoldError(f"已有同名文件，不覆盖：{there[0]}")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def _filled(template: str, **values: str) -> str:
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    return Template(text).substitute(values).rstrip() + "\n"


def _checks(clause_id: str, parts: tuple[ClauseText, ...]) -> str:
    """Declarations of what only people can keep: all that is known of them stands in the text."""
    lines = [
        f'{_owner(clause_id, part)}.check("{control.what}")\n'
        for part in parts
        for control in part.controls_of(ControlKind.CHECK)
    ]
    return "\n" + "".join(lines) if lines else ""


def _owner(clause_id: str, part: ClauseText) -> str:
    letter = part.id.removeprefix(clause_id)
    return f"clause.{letter}" if letter else "clause"


def still_wanted(clause_id: str) -> list[str]:
    """What the text calls for and no generator can write, a line each."""
    return [
        f"{part.id} {control.kind.label}：{control.what}"
        for part in load_text().parts_of(clause_id)
        for control in part.controls
        if control.kind is not ControlKind.CHECK
    ]


def clause(root: Path, clause_id: str) -> list[Path]:
    """Write a clause's file and test below ``root``; returns their paths.

    Raises ``ScaffoldError`` for an id that the rulebook's text does not have, or that is there.
    """
    if not CLAUSE_ID.match(clause_id):
        raise ScaffoldError(f"条款编号应写成 GZ2.3.9 这样，不能是“{clause_id}”")
    text = load_text()
    parts = text.parts_of(clause_id)
    if not parts:
        raise ScaffoldError(
            f"制度文本中没有 {clause_id}，请先写入 src/baomi/rulebook/text/{text.version}"
        )
    stem = clause_id.lower().replace(".", "_").replace("+", "plus")
    issued: date = text.issued
    values = {
        "id": clause_id,
        "title": parts[0].title,
        "year": str(issued.year),
        "month": str(issued.month),
        "day": str(issued.day),
        "checks": _checks(clause_id, parts),
        "module": f"baomi.rulebook.{clause_id[:2].lower()}.{stem}",
    }
    package = root / "src" / "baomi" / "rulebook" / clause_id[:2].lower()
    files = {
        package / f"{stem}.py": _filled("clause.py.txt", **values),
        root / "tests" / "rulebook" / f"test_{stem}.py": _filled("clause_test.py.txt", **values),
    }
    if not (package / "__init__.py").exists():
        files[package / "__init__.py"] = f'"""{text.title_of(clause_id[:2])}."""\n'
    return _write(files)


def action(root: Path, register: str, name: str, title: str = "") -> list[Path]:
    """Write an action's file and test below ``root``; returns their paths.

    Raises ``ScaffoldError`` for an unknown register, a name that is not verb and object, or an
    action that is there.
    """
    folder = root / "src" / "baomi" / "registers" / register
    known = any((folder / facts).exists() for facts in ("facts.py", "facts"))
    if not register.isidentifier() or not known:
        raise ScaffoldError(f"没有名为“{register}”的台账，请查看 src/baomi/registers")
    if not NAME.match(name) or keyword.iskeyword(name):
        raise ScaffoldError(f"事项名应为英文动词加宾语，如 lend_copy，不能是“{name}”")
    words = name.split("_")
    values = {
        "register": register,
        "name": name,
        "id": f"{register}.{name}",
        "cls": "".join(word.capitalize() for word in words),
        "sentence": " ".join(words).capitalize(),
        "title": title or f"办理 {name}",
    }
    tests = root / "tests" / "registers" / register / "actions"
    return _write(
        {
            folder / "actions" / f"{name}.py": _filled("action.py.txt", **values),
            tests / f"test_{name}.py": _filled("action_test.py.txt", **values),
        }
    )
