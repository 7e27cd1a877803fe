"""Log in, log out, change the password."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baomi.engine import home, login
from baomi.engine.face.own_password import NOT_IN_FORCE, change_own_password
from baomi.engine.inputs import InvalidInputs
from baomi.entrypoints.guarding.logged_in import (
    Asking,
    address_of,
    open_to_all,
    set_token,
    token_of,
)
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Door


@open_to_all
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Whether the product answers; tells nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The log-in page. One sentence for every failure, as the engine has it."""
    if request.method == "POST":
        return _logged_in(request)
    return _page(request, request.GET.get("next", ""), request.GET.get("draft", ""))


def _logged_in(request: HttpRequest) -> HttpResponse:
    name, onward, draft = (request.POST.get(each, "") for each in ("login", "next", "draft"))
    try:
        token = login.log_in(
            name,
            request.POST.get("password", ""),
            address=address_of(request),
            at_a_page=True,
        )
    except login.LoginRefused:
        return _page(request, onward, draft, fault=login.LoginRefused.sentence, status=401)
    response = HttpResponseRedirect(_onward(onward, draft))
    set_token(response, token)
    return response


def _onward(onward: str, draft: str) -> str:
    """Where he wanted to go: a page of ours, or the form that he was filling in."""
    try:
        return reverse("draft", args=[UUID(draft)])
    except ValueError:
        pass
    is_ours = onward.startswith("/") and not onward.startswith(("//", "/\\"))
    return quote(onward, safe="/") if is_ours else reverse("home")


def _page(
    request: HttpRequest, onward: str, draft: str, *, fault: str = "", status: int = 200
) -> HttpResponse:
    told = {
        "office": home.office_name(),
        "demo": home.is_demo(),
        "fault": fault,
        "kept": bool(draft),
        "next": onward,
        "draft": draft,
        "login": "",
    }
    request.who = None  # type: ignore[attr-defined] # the page outside, whoever was there
    return render(request, "login.html", told, status=status)


@open_to_all
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session, and have the browser forget what it saw."""
    login.log_out(token_of(request))
    response = HttpResponseRedirect(reverse("login"))
    set_token(response, "")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Asking) -> HttpResponse:
    """Change one's own password: the only page that a one-time code opens."""
    fault = ""
    if request.method == "POST":
        try:
            return _changed(request)
        except BadInput as no:
            fault = no.sentence
    told = {"fault": fault, "must": request.who.must_change_password}
    return render(request, "password.html", told, status=422 if fault else 200)


password.is_for_new_passwords = True  # type: ignore[attr-defined]


def _changed(request: Asking) -> HttpResponse:
    """The old session ended with the old password: a new one begins. Raises ``BadInput``."""
    old, new, again = (request.POST.get(each, "") for each in ("old", "new", "again"))
    if new != again:
        raise BadInput("两次输入的新口令不一致，请重新输入。")
    who, address = request.who, address_of(request)
    try:
        token = change_own_password(
            who.account, who.id, old=old, new=new, address=address, door=Door.WEB
        )
    except login.LoginRefused:
        raise BadInput(NOT_IN_FORCE) from None
    except InvalidInputs as wrong:
        raise BadInput("；".join(each.sentence for each in wrong.faults)) from None
    except Refused as refused:
        reasons = (each.words(lambda _: False)[0] for each in refused.verdict.refusals)
        raise BadInput("；".join(reasons)) from None
    response = HttpResponseRedirect(reverse("home"))
    set_token(response, token)
    return response
