"""Requests made from the OpenAPI document, the names in them mostly those of things there are."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args
from urllib.parse import quote

import jsonschema_rs
import schemathesis
from django.test import Client
from hypothesis import strategies as st
from pydantic import BaseModel
from schemathesis import GenerationMode
from schemathesis.core import NotSet

from baomi.engine import registry
from baomi.engine.face.choices import row_in
from baomi.entrypoints.api.document import document
from baomi.kernel.fields import Pick
from baomi.registers.custody import models as custody
from baomi.registers.office import models as office

ACTIONS = "/api/actions/"
NOT_REACHED = {400, 401, 403, 404, 405}
ENDS_SESSIONS = {("POST", "/api/session/end"), ("POST", "/api/session")}


@dataclass
class Sent:
    """A request, and what is known of it."""

    method: str
    path: str  # as the document has it
    address: str
    query: Mapping[str, Any]
    body: Any

    @property
    def is_deed(self) -> bool:
        """Whether an action is asked for."""
        return self.method == "POST" and self.path.removeprefix(ACTIONS) in registry.actions()

    def by(self, client: Client) -> Any:
        """The answer."""
        if self.method == "GET":
            query = {name: str(value) for name, value in self.query.items()}
            return client.get(self.address, query)
        is_broken = isinstance(self.body, bytes)  # no JSON at all
        body = self.body if is_broken else json.dumps(self.body, default=str)
        return client.post(self.address, body, content_type="application/json")


def pools() -> dict[str, list[str]]:
    """Ids of things that there are, by kind."""
    kinds = {
        "office.person": office.Person,
        "office.unit": office.Unit,
        "office.room": office.Room,
        "office.cabinet": office.Cabinet,
        "office.account": office.Account,
        "custody.paper": custody.Paper,
        "custody.copy": custody.Copy,
        "custody.envelope": custody.Envelope,
    }
    return {
        kind: [str(key) for key in model.objects.values_list("id", flat=True)[:50]]
        for kind, model in kinds.items()
    }


def requests(known: Mapping[str, list[str]]) -> st.SearchStrategy[Sent]:
    """Any request that the document allows, and one in three that it forbids."""
    return st.one_of([_of(operation, cases, known) for operation, cases in _cases()])


@cache
def _cases() -> list[tuple[Any, st.SearchStrategy[Any]]]:
    schema = schemathesis.openapi.from_dict(document())
    made = [each.ok() for each in schema.get_all_operations()]
    wanted = [each for each in made if (each.method.upper(), each.path) not in ENDS_SESSIONS]
    modes = (GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    return [(each, each.as_strategy(generation_mode=mode)) for each in wanted for mode in modes]


@st.composite
def _of(
    draw: Callable[..., Any],
    operation: Any,
    cases: st.SearchStrategy[Any],
    known: Mapping[str, list[str]],
) -> Sent:
    case = draw(cases)
    path = operation.path
    parameters = dict(case.path_parameters or {})
    kind = parameters.get("kind") or _target(parameters.get("name", ""))
    for name in ("key", "target"):
        if name in parameters and known.get(kind or "") and draw(st.integers(0, 4)):
            parameters[name] = draw(st.sampled_from(known[kind]))
    address = path
    for name, value in parameters.items():
        address = address.replace(f"{{{name}}}", quote(str(value), safe=""))
    body = {} if isinstance(case.body, NotSet) else case.body
    action = registry.actions().get(path.removeprefix(ACTIONS))
    if action is not None and isinstance(body, dict):
        body = _meant(draw, body, action.inputs, action.target, known)
    return Sent(operation.method.upper(), path, address, dict(case.query or {}), body)


def _target(name: str) -> str | None:
    action = registry.actions().get(name)
    return action.target if action else None


def _meant(
    draw: Callable[..., Any],
    body: dict[str, Any],
    model: type[BaseModel],
    target: str | None,
    known: Mapping[str, list[str]],
) -> dict[str, Any]:
    """The same with things that there are, mostly."""
    body = dict(body)
    if target and known.get(target) and draw(st.integers(0, 4)):
        body["targets"] = draw(st.lists(st.sampled_from(known[target]), min_size=1, max_size=3))
    if isinstance(body.get("inputs"), dict):
        body["inputs"] = _row(draw, body["inputs"], model, known)
    return body


def _row(
    draw: Callable[..., Any],
    row: dict[str, Any],
    model: type[BaseModel],
    known: Mapping[str, list[str]],
) -> dict[str, Any]:
    told = dict(row)
    for name, field in model.model_fields.items():
        value = told.get(name)
        inner = row_in(field.annotation)
        if inner is not None and isinstance(value, list):
            told[name] = [
                _row(draw, each, inner, known) if isinstance(each, dict) else each for each in value
            ]
            continue
        kind = _picked((field.annotation, *field.metadata))
        if value is None or not known.get(kind) or not draw(st.integers(0, 4)):
            continue
        one = st.sampled_from(known[kind])
        told[name] = draw(st.lists(one, max_size=3)) if isinstance(value, list) else draw(one)
    return told


def _picked(parts: Any) -> str:
    for part in parts:
        if isinstance(part, Pick):
            return part.kind
        within = (*get_args(part), *getattr(part, "__metadata__", ()))
        if within and (found := _picked(within)):
            return found
    return ""


def undocumented(sent: Sent, answer: Any) -> str:
    """What of an answer the document does not say; empty: nothing."""
    operation = document()["paths"][sent.path][sent.method.lower()]
    said = operation["responses"].get(str(answer.status_code))
    if said is None:
        return f"{sent.method} {sent.path}: {answer.status_code} is not documented"
    content = said.get("content", {})
    kind = answer.headers["Content-Type"]
    if kind not in content:
        return f"{sent.method} {sent.path}: {kind} is not documented"
    if kind == "application/json":
        shape = _shape(sent.path, sent.method.lower(), str(answer.status_code))
        fault = next(iter(shape.iter_errors(answer.json())), None)
        return f"{sent.method} {sent.path}: {fault.message[:200]}" if fault else ""
    return ""


@cache
def _shape(path: str, method: str, status: str) -> jsonschema_rs.Draft202012Validator:
    said = document()["paths"][path][method]["responses"][status]
    schema = said["content"]["application/json"]["schema"]
    return jsonschema_rs.Draft202012Validator({**schema, "components": document()["components"]})
