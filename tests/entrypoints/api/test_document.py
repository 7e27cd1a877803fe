"""The OpenAPI document: every address and every action in it, in Chinese."""

import json
import re

import pytest
from django.urls import get_resolver

from baomi.engine import registry
from baomi.engine.face.choices import row_in
from baomi.entrypoints.api.document import document
from tests.architecture.source_tree import has_chinese

CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
OPERATIONS = [
    (f"{method} {path}", operation)
    for path, operations in document()["paths"].items()
    for method, operation in operations.items()
]
EVERY = pytest.mark.parametrize(
    "operation", [each for _, each in OPERATIONS], ids=[place for place, _ in OPERATIONS]
)


@EVERY
def test_an_operation_is_said_in_chinese(operation):
    assert has_chinese(operation["summary"])
    assert has_chinese(operation["description"])
    assert all(has_chinese(each["description"]) for each in operation["responses"].values())


@EVERY
def test_an_operation_says_what_it_answers_to_nobody_and_to_what_is_wrong(operation):
    said = set(operation["responses"])
    assert {"401", "403", "404", "422", "503"} <= said
    assert said & {"200", "202"}


def test_operations_have_names_of_their_own():
    names = [operation["operationId"] for _, operation in OPERATIONS]
    assert len(set(names)) == len(names)


def test_every_address_of_the_api_is_in_it():
    found = {
        "/api/" + CONVERTER.sub(r"{\1}", str(pattern.pattern))
        for root in get_resolver().url_patterns
        if str(root.pattern) == "api/"
        for pattern in root.url_patterns
    }
    paths = {
        "/api/actions/{name}" if each.removeprefix("/api/actions/") in registry.actions() else each
        for each in document()["paths"]
    }
    assert found == paths | {"/api/openapi.json"}


@pytest.mark.parametrize("action", sorted(registry.actions()))
def test_an_action_says_its_title_and_what_is_entered(action):
    of = registry.actions()[action]
    operation = document()["paths"][f"/api/actions/{action}"]["post"]
    assert (operation["summary"], operation["description"]) == (of.title, of.help)
    schemas = document()["components"]["schemas"]
    body = schemas[action]["properties"]
    assert ("targets" in body) == (of.target is not None)
    fields = body["inputs"].get("properties", {})
    assert set(fields) == set(of.inputs.model_fields)
    assert all(has_chinese(each["title"]) for each in fields.values())
    for field in of.inputs.model_fields.values():
        if (row := row_in(field.annotation)) is not None:
            assert set(schemas[f"{action}.{row.__name__}"]["properties"]) == set(row.model_fields)


def test_a_field_that_names_a_row_says_how_it_is_named():
    fields = document()["components"]["schemas"]["custody.hand_over_copy"]["properties"]["inputs"]
    person = fields["properties"]["person"]
    assert "编号、标签、姓名或 id" in json.dumps(person, ensure_ascii=False)
    assert "阅（reading）" in json.dumps(fields["properties"]["purpose"], ensure_ascii=False)
