"""代管清单: what a keeper has on the day on which somebody stands in for him, signed by both."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person, Post
from baomi.registers.custody.reads.standing_in import copies_of, list_is_for
from baomi.registers.office import load as office
from baomi.registers.official import Field, Filled, Form, Signature

_MAY_PRINT: Final = frozenset({Post.UNIT_KEEPER, Post.REGISTRAR, Post.UNIT_HEAD})
_COLUMNS: Final = (
    ("number", "收文编号"),
    ("copy", "份号"),
    ("level", "密级"),
    ("holder", "现在何人手中"),
    ("since", "自何日起"),
)


def _load(actor: Person, key: UUID, terms: Terms) -> Filled | None:
    deputation = list_is_for(actor, key)
    if deputation is None:
        return None
    today = clock.today()
    people = office.people({deputation.principal, deputation.deputy}, today, terms)
    unit = office.units([deputation.unit])[deputation.unit].name if deputation.unit else ""
    copies = copies_of(deputation)
    in_hand = [each for each in copies if each["holder"] == deputation.principal]
    return Filled(
        values={
            "principal": people[deputation.principal].name,
            "deputy": people[deputation.deputy].name,
            "post": f"{unit}{terms.post_title(deputation.post)}",
            "from_on": deputation.from_on,
            "until_on": deputation.until_on,
            "as_of": today,
            "count": len(copies),
            "in_hand": len(in_hand),
            "out": len(copies) - len(in_hand),
            "copies": [
                (
                    each["paper__registered_number"],
                    each["copy_number"],
                    Level(each["paper__level"]),
                    each["holder__name"],
                    each["since"],
                )
                for each in copies
            ],
        },
        level=max((Level(each["paper__level"]) for each in copies), default=Level.NONE),
    )


def may_print(actor: Person) -> bool:
    """Whether lists of keepers are anything to somebody; which of them, the list itself knows."""
    return actor.in_service and bool(actor.posts & _MAY_PRINT)


KEEPER_LIST: Final = Form(
    name="custody.keeper_list",
    title="代管清单",
    kind="office.deputation",
    load=_load,
    may_print=may_print,
    fields=(
        Field(key="principal", label="被代理人"),
        Field(key="deputy", label="代理人"),
        Field(key="from_on", label="代理自"),
        Field(key="until_on", label="代理至"),
        Field(key="post", label="职务"),
        Field(key="as_of", label="清点日期"),
        Field(key="count", label="份数合计"),
        Field(key="in_hand", label="本人保管"),
        Field(key="out", label="在外"),
        Field(key="copies", label="文件清单", columns=_COLUMNS),
    ),
    signatures=(
        Signature(key="signed_by_principal", title="被代理人签字"),
        Signature(key="signed_by_deputy", title="代理人签字"),
    ),
    note="当面清点份数后双方签字，各执一份；被代理人不能到场的，由本单位负责人代签并注明。",
)
