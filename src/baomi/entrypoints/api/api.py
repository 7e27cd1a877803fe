"""The API: one per program, made of its routers; every fault answered in words."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, Final, cast, get_args

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError, ValidationErrorContext
from ninja.operation import Operation
from ninja.parser import Parser
from pydantic import BaseModel

from baomi.engine.inputs import Fault, faults_in
from baomi.entrypoints.api import (
    attachments,
    calendar,
    clauses,
    deeds,
    jobs,
    objects,
    official,
    registers,
    rulebook,
    session,
)
from baomi.entrypoints.api.answers import faulty
from baomi.entrypoints.guarding import faults
from baomi.entrypoints.guarding.logged_in import open_to_all

PREFIX: Final = "/api/"
_HALF: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_OPEN: Final = frozenset({"session", "session/end"})
_FOR_NEW_PASSWORDS: Final = frozenset({"session/password"})
_WITHOUT_TOKEN: Final = frozenset({"session"})  # where the token comes from; see ``log_in``


class OnlyUnicode(Parser):
    """JSON as it is defined: no NaN, no half of a character, which nothing could keep."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        sent = json.loads(request.body, parse_constant=_no_number)
        if _HALF.search(request.body):
            json.dumps(sent, ensure_ascii=False).encode()
        return cast("dict[str, Any]", sent)


def _no_number(text: str) -> None:
    raise ValueError("no number of JSON")


class Unfit(ValidationError):
    """What was sent does not fit: every fault, in words, without what was sent."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        self.found = found
        super().__init__([])


class Api(NinjaAPI):
    """Ninja's, with faults told in Chinese and never quoting what was sent."""

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        return Unfit(tuple(each for one in error_contexts for each in _faults(one)))

    def get_openapi_operation_id(self, operation: Operation) -> str:
        view = operation.view_func
        return f"{view.__module__.rpartition('.')[2]}_{view.__name__}"


def _faults(context: ValidationErrorContext[Any]) -> tuple[Fault, ...]:
    """Faults of a body or an address, named as its sender named the fields."""
    model: type[BaseModel] = context.model
    errors = context.pydantic_validation_error.errors(include_url=False)
    (field, *others) = model.model_fields.values()
    inner = _model_in(field.annotation)
    if inner is None or others:
        return faults_in(model, errors)
    if any(len(error["loc"]) < 2 for error in errors):
        return (Fault("", faults.UNREADABLE),)
    for error in errors:
        error["loc"] = error["loc"][1:]
    return faults_in(inner, errors)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None


def _answer(request: HttpRequest, fault: Any) -> HttpResponse:
    if isinstance(fault, Unfit):
        return faulty(fault.found)
    if isinstance(fault, HttpError):
        return faults.page(request, fault.status_code, faults.UNREADABLE)
    return faults.answer(request, fault)


@cache
def api() -> NinjaAPI:
    """The API with all its operations."""
    made = Api(
        title="保密 接口",
        version="1",
        description="与网页同一会话、同一规则：先 POST /api/session 登录，之后每次 POST 带 "
        "X-CSRFToken。不准办理时答 409，写明条款、原因和怎样才能办。",
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
        parser=OnlyUnicode(),
    )
    for kind in (Exception, Http404, HttpError, ValidationError):
        made.add_exception_handler(kind, _answer)
    for each in (
        *(session, deeds, registers, objects, attachments, official),
        *(jobs, calendar, rulebook, clauses),
    ):
        made.add_router("", each.router)
    return made


def addresses() -> list[URLPattern]:
    """Its addresses; a POST is guarded against forgery as at the pages."""
    found = [each for each in api().urls[0] if isinstance(each, URLPattern) and str(each.pattern)]
    for each in found:
        view: Any = each.callback
        path = str(each.pattern)
        view.csrf_exempt = path in _WITHOUT_TOKEN
        view.is_for_new_passwords = path in _FOR_NEW_PASSWORDS
        if path in _OPEN:
            open_to_all(view)
    return found
