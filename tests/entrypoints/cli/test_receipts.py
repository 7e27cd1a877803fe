"""A receipt tells people titles, numbers, labels and counts; ids are for programs alone."""

import ast
import json
import re
from uuid import uuid4

import pytest
from django.db import connection
from pydantic import SecretStr

from baomi.entrypoints.cli.receipts import TITLES, told_data, told_lines
from tests.architecture.source_tree import PACKAGE, has_chinese, name_of, python_files, tree

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

ACTIONS = [path for path in python_files(PACKAGE / "registers") if "actions" in path.parts]
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


def keys_told(module: ast.Module) -> set[str]:
    """Keys of every dictionary that goes into ``told``, itself or by a name or ``told_of``."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.keyword) and node.arg == "told":
            found |= keys_of(node.value)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(each, ast.Name) and each.id == "told" for each in targets):
                found |= keys_of(node.value)
        if isinstance(node, ast.FunctionDef) and node.name == "told_of":
            returned = [each.value for each in ast.walk(node) if isinstance(each, ast.Return)]
            found |= {key for each in returned for key in keys_of(each)}
    return found


def keys_of(value: ast.expr | None) -> set[str]:
    if isinstance(value, ast.Dict):
        assert all(isinstance(key, ast.Constant) for key in value.keys), ast.unparse(value)
        return {str(key.value) for key in value.keys}
    if isinstance(value, ast.Call):
        assert ast.unparse(value.func) == "told_of", "say its keys in a dictionary"
    else:
        assert isinstance(value, ast.Name) and value.id == "told", "say its keys in a dictionary"
    return set()


def test_every_key_that_an_action_tells_has_a_title():
    told = {path: keys_told(tree(path)) for path in ACTIONS}
    unknown = {name_of(path): keys - TITLES.keys() for path, keys in told.items()}
    assert {name: keys for name, keys in unknown.items() if keys} == {}
    assert set().union(*told.values()) == TITLES.keys()


def test_every_title_is_chinese():
    assert [key for key, title in TITLES.items() if not has_chinese(title)] == []


def test_what_was_told_in_the_office_has_titles_too(office):
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM ledger_operation")
        told = [json.loads(row[0]) for row in cursor.fetchall()]
    keys = {key for each in told for key in each}
    assert len(keys) > 5
    assert keys <= TITLES.keys()


def test_ids_are_left_to_programs():
    key = str(uuid4())
    told = {
        "envelope": key,
        "papers": [
            {
                "paper": key,
                "registered_number": "2025-001",
                "copies": [key, key],
                "copy_numbers": ["000758", "000759"],
                "labels": ["BMC00001", "BMC00002"],
            }
        ],
        "members": 3,
        "nobody_knows": "x",
    }
    lines = list(told_lines(told))
    assert lines == [
        "文件 1：登记编号 2025-001，份号 000758、000759，标签 BMC00001、BMC00002",
        "传阅范围人数：3",
    ]
    assert told_data(told)["papers"][0]["copies"] == [key, key]


def test_codes_stand_by_their_logins():
    told = {"codes": {"zhao": SecretStr("ABCD-1")}, "accounts": {"zhao": str(uuid4())}}
    assert list(told_lines(told)) == [f"{TITLES['codes']}：zhao ABCD-1"]
    assert told_data(told)["codes"] == {"zhao": "ABCD-1"}


def test_a_receipt_of_an_envelope_is_read_by_a_clerk(office, baomi, tmp_path):
    path = tmp_path / "papers.json"
    papers = [{"issuer": "省委办公厅", "title": "通知", "copy_numbers": "000758-000759"}]
    path.write_text(json.dumps(papers), encoding="utf-8")
    words = ["custody.receive_envelope", "--as", "registrar", "--set", f"papers=@{path}"]
    for each in ("sender=机要局", "intact=是", "papers_stated=1"):
        words += ["--set", each]
    ran = baomi("act", *words)
    assert ran.code == 0, ran.err or ran.out
    assert "登记编号 2025-" in ran.out and "份号 000758、000759" in ran.out
    assert "标签 BMC" in ran.out
    assert not UUID_TEXT.search(ran.out)
    assert "registered_number" not in ran.out


def test_counts_are_called_counts(office, baomi, desk):
    _, copies = desk.receive()
    ran = baomi("act", "custody.store_copies", *copies, "--as", "registrar",
                "--set", f"cabinet={desk.cabinet}")  # fmt: skip
    assert ran.code == 0, ran.err or ran.out
    assert "  份数：3" in ran.out.splitlines()
