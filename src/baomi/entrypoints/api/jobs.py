"""Jobs through the API: one's own, their progress, their files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import Router

from baomi.engine.jobs import queue
from baomi.engine.jobs.queue import JobSeen
from baomi.entrypoints.api.answers import JobTold, plain, posting, reading, told
from baomi.entrypoints.guarding.logged_in import Asking

router = Router(tags=["后台作业"])
OCTETS = {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}


@router.get(
    "/jobs",
    response=reading(list[JobTold]),
    summary="本人的后台作业",
    description="最近一天的，新的在前。",
)
def jobs(request: Asking) -> HttpResponse:
    """His own jobs of the last day."""
    return told([_told(each) for each in queue.mine(request.who.id)])


@router.get(
    "/jobs/{uuid:key}",
    response=reading(JobTold),
    summary="一项后台作业",
    description="进度、结果，或没有办成的原因。",
)
def job(request: Asking, key: UUID) -> HttpResponse:
    """One of his own jobs."""
    return told(_told(_own(request, key)))


@router.post(
    "/jobs/{uuid:key}/stop",
    response=posting(JobTold),
    summary="停止一项后台作业",
    description="还没办完的，停止办理。",
)
def stop(request: Asking, key: UUID) -> HttpResponse:
    """Have one of his own jobs stopped."""
    _own(request, key)
    queue.stop(key, request.who.id)
    return told(_told(_own(request, key)))


@router.get(
    "/jobs/{uuid:key}/file",
    response={status: model for status, model in reading(None).items() if status != 200},
    summary="后台作业写成的文件",
    description="如导出的台账。",
    openapi_extra={"responses": {200: {"description": "文件", **OCTETS}}},
)
def file(request: Asking, key: UUID) -> HttpResponse:
    """The file that came of one of his own jobs."""
    found = queue.result_file(key, request.who.id)
    if found is None:
        raise Http404
    name, content = found
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _own(request: Asking, key: UUID) -> JobSeen:
    found = queue.seen(key, request.who.id)
    if found is None:
        raise Http404
    return found


def _told(job: JobSeen) -> dict[str, Any]:
    return {
        "id": str(job.id),
        "kind": job.kind,
        "title": job.title,
        "state": job.state,
        "state_title": job.state_title,
        "done": job.done,
        "total": job.total,
        "ahead": job.ahead,
        "is_stopping": job.is_stopping,
        "told": plain(job.told),
        "faults": list(job.faults),
        "has_file": bool(job.file_name),
    }
