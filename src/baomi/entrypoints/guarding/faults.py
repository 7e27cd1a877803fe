"""Whatever goes wrong is answered by one plain page: a sentence, never what was asked or typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    UnreadablePostError,
)
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse

from baomi.engine import faults, login
from baomi.engine.pen import NotFounded
from baomi.engine.runtime.sealed import Unsealable
from baomi.kernel.verdict import BadInput

HEALTH: Final = "/healthz"
NOT_THERE: Final = "没有这个页面，或者您无权查看。"
UNREADABLE: Final = "提交的内容不完整或无法识别，请返回重新填写。"
TOO_BIG: Final = "提交的内容太大，请分几次办理。"
FORGED: Final = "页面已失效或不是从本系统提交的：请返回上一页刷新后再提交。"
FORGED_AT_API: Final = "缺少防伪令牌或令牌已失效：请重新登录，并在 X-CSRFToken 头里带上令牌。"
METHOD_OF_API: Final = "这个地址不能这样请求，请对照接口文档。"
METHOD: Final = "不能这样使用这个页面，请从页面上的按钮进入。"

_SENTENCES: Final[dict[type[Exception], tuple[int, str]]] = {
    Http404: (404, NOT_THERE),
    PermissionDenied: (404, NOT_THERE),
    RequestDataTooBig: (413, TOO_BIG),
    TooManyFieldsSent: (413, TOO_BIG),
    TooManyFilesSent: (413, TOO_BIG),
    MultiPartParserError: (400, UNREADABLE),
    UnreadablePostError: (400, UNREADABLE),
    BadRequest: (400, UNREADABLE),
    SuspiciousOperation: (400, UNREADABLE),
    Unsealable: (410, Unsealable.sentence),
    login.NotLoggedIn: (401, login.NotLoggedIn.sentence),
    login.MustChangePassword: (403, login.MustChangePassword.sentence),
    NotFounded: (503, "还没有建账，请系统管理员先运行 baomi setup。"),
}


class Faults:
    """Every exception becomes a page, or JSON for programs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            if request.path != HEALTH:
                request.get_host()  # a name that is not ours is refused before anything is read
            response = self.get_response(request)
        except Exception as fault:
            return answer(request, fault)
        if response.status_code == 405 and (not response.content or _is_api(request)):
            sentence = METHOD_OF_API if _is_api(request) else METHOD
            return page(request, 405, sentence, allow=response.headers.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        return answer(request, fault)


def answer(request: HttpRequest, fault: Exception) -> HttpResponse:
    """The page of a fault; one that nobody foresaw is told by a number only."""
    if isinstance(fault, login.NotLoggedIn | login.MustChangePassword) and not _is_api(request):
        return HttpResponseRedirect(reverse("login"))
    if isinstance(fault, BadInput):
        return page(request, 400, fault.sentence)
    for kind, (status, sentence) in _SENTENCES.items():
        if isinstance(fault, kind):
            return page(request, status, sentence)
    sentence_of_machine = faults.told_of_machine(fault)
    if sentence_of_machine is not None:
        return page(request, 503, sentence_of_machine)
    return page(request, 500, faults.keep_unforeseen(fault))


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def page(request: HttpRequest, status: int, sentence: str, *, allow: str = "") -> HttpResponse:
    """One sentence, the same skeleton for all; programs get it as JSON."""
    response: HttpResponse
    if _is_api(request):
        unescaped = {"ensure_ascii": False}
        response = JsonResponse({"error": sentence}, status=status, json_dumps_params=unescaped)
    else:
        if not hasattr(request, "who"):  # it went wrong before anybody was asked who is there
            request.who = None  # type: ignore[attr-defined]
        response = render(request, "fault.html", {"sentence": sentence}, status=status)
    if allow:
        response.headers["Allow"] = allow
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without our token: forged, or older than the log-in."""
    return page(request, 403, FORGED_AT_API if _is_api(request) else FORGED)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing there, or nothing for him: the same bytes."""
    return page(request, 404, NOT_THERE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the framework refused before a view saw it."""
    return answer(request, exception)


def failed(request: HttpRequest, *_: Any) -> HttpResponse:
    """The framework's own last resort."""
    return page(request, 500, "程序出错。请把发生的时间告诉系统管理员。")
