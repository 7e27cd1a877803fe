"""The official forms that are printed of custody's things."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from baomi.kernel.terms import Terms
from baomi.kernel.words import Person
from baomi.registers import paging
from baomi.registers.custody.keeper_list import KEEPER_LIST
from baomi.registers.custody.outing_form import OUTING
from baomi.registers.custody.reads import BOOKS, history
from baomi.registers.custody.reads.worded import is_registrar
from baomi.registers.official import Field, Filled, Form

_COPIES: Final = BOOKS["custody.copy"]
_STEPS: Final = (
    ("on", "日期"),
    ("kind", "事项"),
    ("by", "经手人"),
    ("out_of", "由何处"),
    ("into", "至何处"),
    ("purpose", "用途"),
)


def _load_card(actor: Person, key: UUID, terms: Terms) -> Filled | None:
    record = paging.one(_COPIES, actor, terms, key)
    if record is None:
        return None
    cells = dict(zip((name for name, _ in record.columns), record.cells, strict=True))
    term = "" if "推定" in cells["term"] else cells["term"]
    return Filled(
        values={
            "number": cells["registered_number"],
            "copy": cells["copy_number"],
            "level": record.level,
            "term": cells["term"],
            "carrier": cells["carrier"],
            "pages": cells["pages"],
            "issuer": cells["issuer"],
            "reference": cells["number"],
            "name": cells["title"],
            "where": _whereabouts(cells),
            "since": cells["since"],
            "steps": _steps(actor, key, terms),
        },
        level=record.level,
        term=term,
        label=cells["label"],
    )


def _whereabouts(cells: dict[str, Any]) -> str:
    place = cells["holder"] or (f"文件柜“{cells['cabinet']}”" if cells["cabinet"] else "")
    kept = f"，保管专人 {cells['kept_by']}" if cells["kept_by"] not in (None, "", place) else ""
    return f"{cells['state']}：{place}{kept}" if place else str(cells["state"])


def _steps(actor: Person, key: UUID, terms: Terms) -> list[tuple[Any, ...]]:
    """Every movement that stands, oldest first."""
    told = history(actor, key, terms)
    names = [name for name, _ in told.columns]
    rows = (dict(zip(names, row, strict=True)) for row in told.rows)
    return [
        (
            row["happened_on"],
            row["kind"],
            row["actor"],
            row["from_holder"] or row["from_cabinet"],
            row["to_holder"] or row["to_cabinet"],
            "（已撤销）" if row["voided"] else row["purpose"],
        )
        for row in rows
    ]


COPY_CARD: Final = Form(
    name="custody.copy_card",
    title="涉密载体登记卡",
    kind="custody.copy",
    load=_load_card,
    may_print=is_registrar,
    fields=(
        Field(key="number", label="收文编号"),
        Field(key="copy", label="份号"),
        Field(key="level", label="密级"),
        Field(key="term", label="保密期限"),
        Field(key="carrier", label="载体类别"),
        Field(key="pages", label="页数"),
        Field(key="issuer", label="来文单位"),
        Field(key="reference", label="文号"),
        Field(key="name", label="文件资料名称", is_wide=True),
        Field(key="where", label="现在何处"),
        Field(key="since", label="自何日起"),
        Field(key="steps", label="经手记录", columns=_STEPS),
    ),
)
FORMS: Final = (COPY_CARD, KEEPER_LIST, OUTING)
