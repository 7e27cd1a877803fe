"""Who is there, asked anew at every request; nobody else gets further than the log-in page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from baomi.engine import home, login
from baomi.entrypoints.guarding import drafts
from baomi.kernel.clock import clock
from baomi.kernel.words import Person
from baomi.rulebook.terms import Terms

POLL = "HTTP_X_BAOMI_POLL"  # a page asks by itself
OPEN = "is_open_to_all"
ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponse])


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks, as the rules know him today."""

    person: Person
    terms: Terms
    account: UUID
    must_change_password: bool

    @property
    def id(self) -> UUID:
        """The person's id: what a request names."""
        return self.person.id


class Asking(HttpRequest):
    """A request with somebody behind it: what every view is given. ``who`` is set before it."""

    who: Who


def open_to_all(view: ViewT) -> ViewT:
    """Mark a view that answers without log-in: the log-in page itself, and hardly any other."""
    setattr(view, OPEN, True)
    return view


def token_of(request: HttpRequest) -> str:
    """The session's token, as the browser brings it; empty: none."""
    return request.COOKIES.get(settings.SESSION_COOKIE, "")


def set_token(response: HttpResponse, token: str) -> None:
    """Give the token to the browser alone: no script reads it, it ends with the browser."""
    response.set_cookie(
        settings.SESSION_COOKIE,
        token,
        httponly=True,
        secure=settings.SERVED_BY_TLS,
        samesite="Strict",
        path="/",
    )


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: failures are counted by it."""
    return str(request.META.get("REMOTE_ADDR", ""))


class WhoIsThere:
    """Sets ``request.who``: None for nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        home.set_clock()
        is_active = POLL not in request.META
        request.who = who_has(token_of(request), is_active=is_active)  # type: ignore[attr-defined]
        return self.get_response(request)


def who_has(token: str, *, is_active: bool = True) -> Who | None:
    """Who has a session; None for nobody."""
    if not token:
        return None
    try:
        found = login.who(token, is_active=is_active)
    except login.NotLoggedIn:
        return None
    terms = Terms.on(clock.today())
    return Who(found.person, terms, found.account, found.must_change_password)


class OnlyLoggedIn:
    """Denies by default. What somebody typed while his session ended is kept for his return."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: tuple[Any, ...],
        _kwargs: Mapping[str, Any],
    ) -> HttpResponse | None:
        if getattr(view, OPEN, False):
            return None
        who: Who | None = getattr(request, "who", None)
        if who is None:
            return _log_in_first(request)
        if who.must_change_password and not getattr(view, "is_for_new_passwords", False):
            return _change_first(request)
        return None


def _log_in_first(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return _told(login.NotLoggedIn.sentence, status=401)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)  # the page's own script says so and leaves the form alone
    address = reverse("login")
    if request.method == "POST":
        kept = drafts.keep(request, token_of(request))
        return HttpResponseRedirect(f"{address}?draft={kept}" if kept else address)
    if request.method in ("GET", "HEAD") and request.path != "/":
        return HttpResponseRedirect(f"{address}?next={request.path}")
    return HttpResponseRedirect(address)


def _change_first(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return _told(login.MustChangePassword.sentence, status=403)
    return HttpResponseRedirect(reverse("password"))


def _told(sentence: str, *, status: int) -> HttpResponse:
    unescaped = {"ensure_ascii": False}
    return JsonResponse({"error": sentence}, status=status, json_dumps_params=unescaped)
