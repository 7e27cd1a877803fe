"""The committed reference is what the code says today; bindings show in a diff."""

from baomi.engine import matrix
from tests.architecture.source_tree import ROOT
from tools.reference import REFERENCE, pages, stale

BINDINGS = ROOT / "docs" / "reference" / "bindings.md"


def test_bindings_are_those_committed():
    assert BINDINGS.read_text(encoding="utf-8") == matrix.bindings_markdown()


def test_every_page_is_up_to_date():
    assert stale() == []


def test_every_action_and_clause_has_its_page():
    names = {path.relative_to(REFERENCE).as_posix() for path in pages()}
    assert {"bindings.md", "coverage.md", "cli.md"} <= names
    assert any(name.startswith("actions/") for name in names)
    assert any(name.startswith("clauses/") for name in names)
