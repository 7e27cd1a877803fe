"""Finds writes to the registers in a syntax tree: ORM calls, and SQL handed to a cursor."""

import ast
import re
from typing import Final

from tests.architecture.source_tree import dotted

# names that only the ORM has
ALWAYS: Final = frozenset(
    {
        *("bulk_create", "bulk_update", "abulk_create", "abulk_update"),
        *("get_or_create", "update_or_create", "aget_or_create", "aupdate_or_create"),
        *("acreate", "asave", "adelete", "aupdate", "save_base", "raw"),
    }
)
# names that dicts, sets and hashes have too: only the ORM has them after these
# functions of our own that write (registers/rows.py, registers/statements.py)
OWN: Final = frozenset({"insert_rows", "change_rows", "change_version", "run_many", "run_one"})
SHARED: Final = frozenset({"create", "update", "delete", "save"})
QUERYSET: Final = frozenset(
    {
        *("objects", "filter", "exclude", "all", "get", "order_by", "using", "select_for_update"),
        *("_base_manager", "_default_manager", "annotate", "first", "last", "none"),
    }
)
RUNS_SQL: Final = frozenset({"execute", "executemany", "executescript", "callproc"})
WRITING_SQL: Final = re.compile(
    r"^\s*(insert|update|delete|replace|drop|alter|create|truncate|merge|copy|with)\b", re.I
)


def _chain(node: ast.expr) -> set[str]:
    """Every name in ``models.Copy.objects.filter(…)``, calls included."""
    names: set[str] = set()
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            return names | ({node.id} if isinstance(node, ast.Name) else set())


def _is_orm_write(call: ast.Call, attribute: ast.Attribute) -> bool:
    if attribute.attr in ALWAYS:
        return attribute.attr != "raw" or "objects" in _chain(attribute.value)
    if attribute.attr not in SHARED:
        return False
    if _chain(attribute.value) & QUERYSET:
        return True
    # row.save() and row.delete(): nothing else in the project has such methods without arguments
    return attribute.attr in {"save", "delete"} and not call.args


def _is_sql_write(call: ast.Call, attribute: ast.Attribute) -> bool:
    if attribute.attr not in RUNS_SQL or not call.args:
        return False
    sql = call.args[0]
    if isinstance(sql, ast.Constant) and isinstance(sql.value, str):
        return WRITING_SQL.match(sql.value) is not None
    # SQL that is put together, or stands elsewhere, cannot be read here: not allowed either
    return True


def writes(module: ast.Module) -> list[str]:
    """Every write of a file, with its line."""
    return [
        f"line {call.lineno}: {dotted(call.func)}"
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and _is_write(call)
    ]


def _is_write(call: ast.Call) -> bool:
    name = dotted(call.func).rpartition(".")[2]
    if name in OWN:
        return True
    if isinstance(call.func, ast.Attribute):
        return _is_orm_write(call, call.func) or _is_sql_write(call, call.func)
    return False
