"""The OpenAPI document: every action an operation of its own, made from the registry."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from baomi.engine import registry
from baomi.engine.face.choices import choices_of, picked_kind, row_in
from baomi.engine.face.reading import books
from baomi.entrypoints.api.answers import why
from baomi.entrypoints.api.api import PREFIX, api
from baomi.entrypoints.api.asking import MEANT
from baomi.entrypoints.api.rulebook import LISTS
from baomi.kernel.action import Action
from baomi.kernel.terms import Terms
from baomi.rulebook.terms import Terms as DatedTerms

ACT: Final = "/api/actions/{name}"
_NAMED: Final = {
    f"{ACT}/verdict": "name",
    f"{ACT}/{{target}}/verdict": "name",
    "/api/registers/{book}": "book",
    "/api/registers/{book}/export": "book",
    "/api/objects/{kind}/{key}": "kind",
    "/api/ledger/{name}": "name",
}


class _Entered(GenerateJsonSchema):
    """Schemas of what is entered: a row is named in words, not only by its id."""

    def uuid_schema(self, schema: core_schema.UuidSchema) -> JsonSchemaValue:
        return {"type": "string"}


@cache
def document() -> dict[str, Any]:
    """The whole document, in the words of the rulebook that is in force last."""
    terms = DatedTerms.on(max(clause.in_force_since for clause in registry.rulebook()))
    made: dict[str, Any] = copy.deepcopy(dict(api().get_openapi_schema(path_prefix=PREFIX)))
    schemas = made["components"]["schemas"]
    paths = made["paths"]
    one_for_all = paths.pop(ACT)["post"]
    for action in registry.actions().values():
        paths[f"/api/actions/{action.name}"] = {"post": _operation(one_for_all, action)}
        schemas.update(_schemas(action, terms))
    for path, parameter in _NAMED.items():
        for operation in paths[path].values():
            _say_names(operation, parameter, _names(path))
    for operations in paths.values():
        for operation in operations.values():
            _say_answers(operation)
    made["paths"] = dict(sorted(paths.items()))
    made["components"]["schemas"] = dict(sorted(schemas.items()))
    made["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "baomi_session"},
        "token": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
    }
    made["security"] = [{"session": [], "token": []}]
    return made


def _operation(one_for_all: dict[str, Any], action: Action[Any]) -> dict[str, Any]:
    made = copy.deepcopy(one_for_all)
    made["operationId"] = f"act_{action.name.replace('.', '_')}"
    made["summary"], made["description"] = action.title, action.help
    made["parameters"] = []
    reference = {"$ref": f"#/components/schemas/{action.name}"}
    made["requestBody"]["content"]["application/json"]["schema"] = reference
    return made


def _schemas(action: Action[Any], terms: Terms) -> dict[str, Any]:
    """The body of one action, and the rows in it, under names of its own."""
    schemas: dict[str, Any] = api_schemas()
    sent = copy.deepcopy(schemas["DeedSent"])
    inputs = action.inputs.model_json_schema(
        ref_template=f"#/components/schemas/{action.name}.{{model}}", schema_generator=_Entered
    )
    rows = inputs.pop("$defs", {})
    _say_choices(inputs, action.inputs, rows, terms)
    inputs.pop("description", None)
    sent["properties"]["inputs"] = inputs | {"title": "填写的内容"}
    if action.target is None:
        sent["properties"].pop("targets")
    else:
        sent["properties"]["targets"] |= {"minItems": 1}
    sent["required"] = [
        *(["targets"] if action.target else []),
        *(["inputs"] if inputs.get("required") else []),
    ]
    sent["title"] = action.title
    sent.pop("description", None)
    for each in rows.values():
        each.pop("description", None)
    return {action.name: sent} | {f"{action.name}.{name}": each for name, each in rows.items()}


@cache
def api_schemas() -> dict[str, Any]:
    """The schemas of the models, as Ninja makes them."""
    return dict(api().get_openapi_schema(path_prefix=PREFIX)["components"]["schemas"])


def _say_choices(
    schema: dict[str, Any], model: type[BaseModel], rows: dict[str, Any], terms: Terms
) -> None:
    """What may be chosen in each field, in words: they are taken as well as the codes."""
    for name, field in model.model_fields.items():
        row = row_in(field.annotation)
        if row is not None:
            if row.__name__ in rows:
                _say_choices(rows[row.__name__], row, rows, terms)
            continue
        told = schema["properties"][name]
        choices = "、".join(
            f"{each.title}（{each.code}）" for each in choices_of(field.annotation, terms)
        )
        said = (
            told.get("description", ""),
            f"可填：{choices}" if choices else "",
            MEANT if picked_kind(field) else "",
        )
        told["description"] = "；".join(filter(None, said))


def _names(path: str) -> list[str]:
    if path.startswith(f"{ACT}/{{target}}"):
        return [each.name for each in registry.actions().values() if each.target]
    if path.startswith(ACT):
        return list(registry.actions())
    if path.startswith("/api/ledger"):
        return list(LISTS)
    if path.startswith("/api/objects"):
        return [name for name, book in books().items() if book.kind == name]
    return list(books())


def _say_names(operation: dict[str, Any], parameter: str, names: list[str]) -> None:
    for each in operation["parameters"]:
        if each["name"] == parameter:
            each["schema"]["enum"] = names


def _say_answers(operation: dict[str, Any]) -> None:
    told = {str(status): answer for status, answer in operation["responses"].items()}
    for status, answer in told.items():
        answer["description"] = why(int(status))
    operation["responses"] = dict(sorted(told.items()))
