"""Nobody writes to a register but an action: every change passes the rules and the ledger."""

import ast
from pathlib import Path

import pytest

from tests.architecture.fence import writes
from tests.architecture.source_tree import PACKAGE, ROOT, name_of, python_files, tree

EXEMPT = {
    "src/baomi/registers/statements.py": "runs what is written elsewhere; whoever writes is fenced",
    "src/baomi/registers/prepared.py": "runs querysets that Django compiled: they only read",
    "src/baomi/registers/rows.py": "puts the writes of actions and engine together",
    "src/baomi/registers/office/seals.py": "keys of sealed columns are no register: never imaged",
}
FENCED = tuple(
    path
    for path in python_files()
    if name_of(path) not in EXEMPT
    and not path.is_relative_to(PACKAGE / "engine")
    and not (path.is_relative_to(PACKAGE / "registers") and "actions" in path.parts)
)

BAD = [
    "models.Copy.objects.create(title=t)",
    "Copy.objects.filter(pk=1).update(holder=2)",
    "Copy.objects.all().delete()",
    "copy.save()",
    "copy.save(update_fields=['holder'])",
    "copy.delete()",
    "Copy.objects.bulk_create(rows)",
    "manager.get_or_create(pk=1)",
    "Copy.objects.using('default').order_by('id').update(x=1)",
    "Copy.objects.raw('delete from custody_copy returning id')",
    "cursor.execute('UPDATE custody_copy SET holder = %s', [1])",
    "cursor.execute('  insert into t values (1)')",
    "connection.cursor().executemany('delete from t where id = %s', ids)",
    "cursor.execute(f'select {x}')",
    "cursor.execute(SQL)",
    "insert_rows(models.Copy, rows)",
    "rows.change_version(models.Copy, key, 1, there)",
    "run_many(sql, rows)",
    "run_one('UPDATE t SET x = 1')",
]
GOOD = [
    "names.update(other)",
    "digest.update(b'x')",
    "Copy.objects.filter(pk=1).values_list('id')",
    "cursor.execute('SELECT 1')",
    "cursor.execute('select id from custody_copy where id = %s', [1])",
    "perform(action, asked)",
    "book.save(path)",
    "Verdict.create(x)",
]


@pytest.mark.parametrize("path", FENCED, ids=name_of)
def test_no_write_outside_actions_and_engine(path: Path):
    assert writes(tree(path)) == []


def test_the_fence_stands_around_something():
    assert len(FENCED) > 20


@pytest.mark.parametrize("name", EXEMPT)
def test_no_exemption_is_needless(name: str):
    assert writes(tree(ROOT / name))


@pytest.mark.parametrize("code", BAD)
def test_a_write_is_seen(code: str):
    assert len(writes(ast.parse(code))) == 1


@pytest.mark.parametrize("code", GOOD)
def test_what_is_no_write_passes(code: str):
    assert writes(ast.parse(code)) == []
