"""Forms that no register has, for what printing does with any of them."""

from datetime import date
from uuid import UUID

from baomi.engine.papers.forms.content import NO_RECEIPT, Content, content_of
from baomi.kernel.words import Level
from baomi.registers.official import Field, Filled, Form, Signature

DAY = date(2025, 3, 3)
OP = UUID("0195a1b2-c3d4-7e5f-8071-8293a4b5c6d7")
LABEL = "BMC0000012O7K5"
COLUMNS = (("number", "编号"), ("level", "密级"), ("name", "文件资料名称"))


def nothing(actor, key, terms):
    """What is not asked for here."""
    raise AssertionError


REQUEST = Form(
    name="some.request",
    title="涉密载体外出携带审批表",
    kind="some.request",
    load=nothing,
    fields=(
        Field(key="person", label="携带人"),
        Field(key="until", label="带回日期"),
        Field(key="alone", label="一人携带"),
        Field(key="why", label="用途", is_wide=True),
        Field(key="papers", label="携带载体", columns=COLUMNS),
        Field(key="after", label="返回检查", is_wide=True),
        Field(key="version", label="制度版本", is_listed=False),
    ),
    body=("本人«person»承诺遵守«version»。",),
    signatures=(
        Signature(key="leader", title="组长审批意见", is_opinion=True),
        Signature(key="carrier", title="携带人（签名）"),
    ),
    note="一式两份。",
)
USUAL = {
    "person": "欧阳镕玥",
    "until": date(2025, 3, 9),
    "alone": True,
    "why": "参加座谈会",
    "papers": [("2025-001", Level.SECRET, "某通知"), ("2025-002", Level.CONFIDENTIAL, "某函")],
    "after": None,
    "version": "2020年版",
}


def content(form: Form = REQUEST, *, level=Level.SECRET, term="10年", label=LABEL, **values):
    """A form filled in as usual, but for what is given."""
    filled = Filled(values={**USUAL, **values}, level=level, term=term, label=label)
    return worded(form, filled)


def worded(form: Form, filled: Filled, receipt: str = NO_RECEIPT) -> Content:
    """The content as the registrar prints it."""
    always = {"office": "某市人大机关", "printed_by": "李璟堃", "printed_on": "2025年3月3日"}
    return content_of(form, filled, {**always, "receipt": receipt})
