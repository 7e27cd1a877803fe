"""The forms that the registers declare: each register's ``papers.FORMS``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from uuid import UUID

import baomi.registers
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.official import Form


@cache
def forms() -> Mapping[str, Form]:
    """Every form by its name. Raises ``ValueError``: two of one name."""
    found: dict[str, Form] = {}
    for register in iter_modules(baomi.registers.__path__, prefix="baomi.registers."):
        if not register.ispkg or find_spec(f"{register.name}.papers") is None:
            continue
        for form in import_module(f"{register.name}.papers").FORMS:
            if form.name in found:
                raise ValueError(f"two forms are called {form.name}")
            found[form.name] = form
    return dict(sorted(found.items()))


def form_named(name: str) -> Form:
    """The form of a name. Raises ``BadInput`` with the names that there are."""
    found = forms().get(name)
    if found is None:
        known = "、".join(f"{each.name}（{each.title}）" for each in forms().values())
        raise BadInput(f"没有“{name}”这种表格。可用的有：{known}。")
    return found


def printed_of(kind: str, key: UUID, actor: Person) -> tuple[Form, ...]:
    """The forms that somebody may print of a thing that he sees."""
    return tuple(
        form
        for form in forms().values()
        if form.kind == kind
        and (form.may_print is None or form.may_print(actor))
        and (form.is_for is None or form.is_for(actor, key))
    )
