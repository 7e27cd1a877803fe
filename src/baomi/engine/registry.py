"""Find every action, clause and ledgered table by walking the packages. A new file is enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

from django.apps import apps

from baomi.kernel.action import Action
from baomi.kernel.clause import Clause
from baomi.kernel.clock import clock
from baomi.registers.columns import LedgeredModel
from baomi.rulebook.terms import Terms


def _modules(package: str) -> Iterator[ModuleType]:
    root = import_module(package)
    for found in walk_packages(root.__path__, prefix=f"{package}."):
        if ".migrations" not in found.name:
            yield import_module(found.name)


@cache
def rulebook() -> tuple[Clause, ...]:
    """Every clause that code carries, in the order of their ids."""
    found = [getattr(module, "clause", None) for module in _modules("baomi.rulebook")]
    clauses = {clause.id: clause for clause in found if isinstance(clause, Clause)}
    return tuple(clauses[key] for key in sorted(clauses))


@cache
def actions() -> Mapping[str, Action[Any]]:
    """Every action by its name."""
    found: dict[str, Action[Any]] = {}
    for module in _modules("baomi.registers"):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Action) and hasattr(value, "name"):
                found[value.name] = value()
    return dict(sorted(found.items()))


@cache
def ledgered() -> Mapping[str, type[LedgeredModel]]:
    """Every ledgered model by its table."""
    models = (model for model in apps.get_models() if issubclass(model, LedgeredModel))
    return {model._meta.db_table: model for model in models}


@cache
def load() -> None:
    """Load all that deeds need, once in a process: never while somebody waits for the pen."""
    actions()
    rulebook()
    Terms.on(clock.today())
