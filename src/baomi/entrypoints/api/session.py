"""Log in, log out, who am I: the same session and the same token as at the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token, rotate_token
from ninja import Router
from pydantic import Field, SecretStr

from baomi.engine import login
from baomi.engine.face.own_password import NOT_IN_FORCE, change_own_password
from baomi.engine.face.wording import as_data
from baomi.engine.inputs import Fault, InvalidInputs
from baomi.entrypoints.api.answers import (
    SessionTold,
    Trouble,
    faulty,
    posting,
    reading,
    told,
    trouble,
)
from baomi.entrypoints.api.asking import Sent
from baomi.entrypoints.guarding.logged_in import (
    Asking,
    Who,
    address_of,
    set_token,
    token_of,
    who_has,
)
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Door

router = Router(tags=["登录"])
ONLY_JSON = "请以 application/json 发送。"


class LoginSent(Sent):
    """Name and password."""

    login: str = Field(title="登录名", max_length=200)
    password: SecretStr = Field(title="口令", max_length=1000)


class PasswordSent(Sent):
    """The password in force, and the new one."""

    old: SecretStr = Field(title="现用口令", max_length=1000)
    new: SecretStr = Field(title="新口令", max_length=1000)


@router.post(
    "/session",
    response={**posting(SessionTold), 415: Trouble},
    summary="登录",
    description="以姓名口令登录，得到与网页相同的会话。之后每次 POST 都要带上防伪令牌。",
)
def log_in(request: HttpRequest, sent: LoginSent) -> HttpResponse:
    """Open the same session as the log-in page."""
    # no token yet at this door; no form of another site can send this type unasked
    if request.content_type != "application/json":
        return trouble(ONLY_JSON, status=415)
    password = sent.password.get_secret_value()
    try:
        token = login.log_in(sent.login, password, address=address_of(request), at_a_page=True)
    except login.LoginRefused as no:
        return trouble(no.sentence, status=401)
    return _begun(request, token)


@router.get(
    "/session",
    response=reading(SessionTold),
    summary="当前登录人",
    description="当前登录人和防伪令牌。",
)
def who_am_i(request: HttpRequest) -> HttpResponse:
    """Who is logged in, and the token for his next POST."""
    who: Who | None = getattr(request, "who", None)
    if who is None:
        return trouble(login.NotLoggedIn.sentence, status=401)
    return _told(request, who)


@router.post(
    "/session/password",
    response=posting(SessionTold, refusable=True),
    summary="修改本人口令",
    description="须给出现用口令；一次性口令登录后只能先办这一件。原会话结束，得到新的会话。",
)
def change_password(request: Asking, sent: PasswordSent) -> HttpResponse:
    """Change one's own password: the only thing that a one-time code opens."""
    old, new = sent.old.get_secret_value(), sent.new.get_secret_value()
    who, address = request.who, address_of(request)
    try:
        token = change_own_password(
            who.account, who.id, old=old, new=new, address=address, door=Door.API
        )
    except login.LoginRefused:
        return faulty((Fault("old", NOT_IN_FORCE),))
    except InvalidInputs as wrong:
        return faulty(wrong.faults)
    except BadInput as fault:
        return faulty((Fault(fault.field or "new", fault.sentence),))
    except Refused as no:
        return told({"refused": as_data(no.verdict.refusals, who.person)}, status=409)
    return _begun(request, token)


@router.post(
    "/session/end", response=posting(dict[str, str]), summary="退出", description="结束会话。"
)
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    login.log_out(token_of(request))
    response = told({})
    set_token(response, "")
    return response


def _begun(request: HttpRequest, token: str) -> HttpResponse:
    who = who_has(token)
    if who is None:
        return trouble(login.LoginRefused.sentence, status=401)
    rotate_token(request)
    response = _told(request, who)
    set_token(response, token)
    return response


def _told(request: HttpRequest, who: Who) -> HttpResponse:
    return told(
        {
            "csrf": get_token(request),
            "person": {
                "id": str(who.id),
                "name": who.person.name,
                "posts": sorted(who.terms.post_title(post) for post in who.person.posts),
            },
            "must_change_password": who.must_change_password,
        }
    )
