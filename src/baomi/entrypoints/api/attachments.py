"""Attached files through the API: upload one, then attach it by its deed; take one out."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile
from pydantic import BaseModel, Field

from baomi.engine.attachments import store
from baomi.engine.attachments.serving import fetched
from baomi.engine.inputs import Fault
from baomi.entrypoints.api.answers import faulty, posting, reading, told
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.kernel.verdict import BadInput

router = Router(tags=["附件"])
_OCTETS: Final = {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}


Scan = Annotated[UploadedFile, File(title="扫描件")]


class UploadTold(BaseModel):
    """A file that waits for its deed."""

    upload: UUID = Field(title="上传编号", description="办理 attachments.attach 时填写")


@router.post(
    "/attachments/uploads",
    response=posting(UploadTold),
    summary="上传一份扫描件",
    description="PDF、JPEG 或 PNG。所得编号供本人办理 attachments.attach 时填写，过时清理。",
)
def upload(request: Asking, file: Scan) -> HttpResponse:
    """Check and keep a file until its deed."""
    try:
        key = store.put(file.read(), request.who.id)
    except BadInput as no:
        return faulty([Fault(no.field or "", no.sentence)])
    return told({"upload": str(key)})


@router.get(
    "/attachments/{uuid:key}/file",
    response={status: model for status, model in reading(None).items() if status != 200},
    summary="一份附件的文件",
    description="看得到所属一项的人才能取出。",
    openapi_extra={"responses": {200: {"description": "文件", **_OCTETS}}},
)
def file(request: Asking, key: UUID) -> HttpResponse:
    """The file of an attachment that he may see."""
    found = fetched(request.who.person, key)
    if found is None:
        raise Http404
    return HttpResponse(found.content, content_type=found.type, headers=found.headers)
