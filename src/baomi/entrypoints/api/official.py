"""Official forms through the API: which there are, and one of a thing as PDF or docx."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from baomi.engine.inputs import Fault
from baomi.engine.papers.forms.kinds import forms
from baomi.engine.papers.forms.printing import FORMATS, print_form
from baomi.entrypoints.api.answers import faulty, reading, told
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door

router = Router(tags=["表格"])
_FILES = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in FORMATS.values()}


class FormTold(BaseModel):
    """A form kind."""

    name: str = Field(title="名称", description="如 custody.copy_card")
    title: str = Field(title="表格名称")
    kind: str = Field(title="对象类别", description="由哪一类对象打印，如 custody.copy")


@router.get(
    "/forms",
    response=reading(list[FormTold]),
    summary="可打印的表格",
    description="审批表、登记卡等，各由一类对象打印。",
)
def form_kinds(request: Asking) -> HttpResponse:
    """Every form that he may print of what he sees."""
    person = request.who.person
    return told(
        [
            {"name": each.name, "title": each.title, "kind": each.kind}
            for each in forms().values()
            if each.may_print is None or each.may_print(person)
        ]
    )


@router.get(
    "/forms/{name}/{uuid:key}.{written}",
    response={status: model for status, model in reading(None).items() if status != 200},
    summary="打印一张表格",
    description="一个对象的表格，pdf 或 docx（按本单位的模板，没有的按自带的模板）。",
    openapi_extra={"responses": {200: {"description": "文件", "content": _FILES}}},
)
def form(request: Asking, name: str, key: UUID, written: str) -> HttpResponse:
    """A form as a file. Raises ``Http404``: there is none for him."""
    who = request.who
    try:
        made = print_form(who.person, who.terms, name, key, written, door=Door.API)
    except BadInput as fault:
        return faulty((Fault("", fault.sentence),))
    if made is None:
        raise Http404
    response = HttpResponse(made.content, content_type=FORMATS[written])
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response
