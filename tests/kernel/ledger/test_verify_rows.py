"""A live row agrees with its image in every value and in every value's type, or it is accused."""

import copy

import pytest

from baomi.kernel.ledger import verify as v

ROW = {
    "count": 1,
    "is_own": True,
    "name": "甲",
    "none": None,
    "before": {"a": [1, {"x": 0, "y": "1"}], "b": None},
    "list": [True, "2"],
}
WRONG = [
    ("count", True),
    ("count", 1.0),
    ("count", "1"),
    ("is_own", 1),
    ("name", "甲 "),
    ("name", None),
    ("none", False),
    ("none", ""),
    ("before", {"a": [1, {"x": False, "y": "1"}], "b": None}),
    ("before", {"a": [1, {"x": 0, "y": 1}], "b": None}),
    ("before", {"a": [1, {"x": 0, "y": "1"}]}),
    ("list", ["2", True]),
    ("list", [1, "2"]),
    ("list", []),
]


def compared(*rows: v.Row, schema: object = None) -> list[tuple[str, str]]:
    report = v.Report()
    images = v._Images(report)
    after = dict(sorted(copy.deepcopy(ROW).items()))
    images.replay([{"t": "t", "id": "1", "after": after}], 0)
    if schema:
        images.alter(schema, 1)
    images.compare_rows(rows)
    return [(finding.code, finding.text) for finding in report.findings]


def test_the_order_of_keys_is_no_difference():
    backwards = dict(reversed(ROW.items()))
    before = {"b": None, "a": [1, {"y": "1", "x": 0}]}
    assert compared(v.Row("t", "1", backwards | {"before": before})) == []


@pytest.mark.parametrize(("column", "value"), WRONG)
def test_another_value_or_another_type_is_accused_with_its_column(column, value):
    ((code, text),) = compared(v.Row("t", "1", ROW | {column: value}))
    assert code == "ROW"
    assert f'"{column}"' in text


@pytest.mark.parametrize("change", [{"more": 1}, {}])
def test_other_columns_are_accused(change):
    row = {**ROW, **change}
    if not change:
        del row["none"]
    assert [code for code, _ in compared(v.Row("t", "1", row))] == ["SCHEMA"]


def test_a_row_is_compared_once():
    row = v.Row("t", "1", ROW)
    assert [code for code, _ in compared(row, row)] == ["ROW_EXTRA"]
    assert [code for code, _ in compared()] == ["ROW"]


def test_columns_changed_since_are_reckoned_with():
    schema = [{"t": "t", "add": {"new": 0}, "rename": {"name": "called"}, "drop": ["none"]}]
    row = {k: value for k, value in ROW.items() if k not in ("none", "name")}
    row |= {"called": "甲", "new": 0}
    assert compared(v.Row("t", "1", row), schema=schema) == []
    assert [code for code, _ in compared(v.Row("t", "1", row | {"new": False}), schema=schema)] == [
        "ROW"
    ]
    assert [code for code, _ in compared(v.Row("t", "1", ROW), schema=schema)] == ["SCHEMA"]


@pytest.mark.parametrize(
    "body",
    [b'{"a":1} ', b'{"a":1}x', b'{"a":1}{}', b' {"a":1}', b'{"a":1}\n', b'\xef\xbb\xbf{"a":1}'],
)
def test_nothing_may_stand_before_or_after_a_body(body):
    assert v.read_body(b'{"a":1}') == {"a": 1}
    with pytest.raises(ValueError):
        v.read_body(body)
