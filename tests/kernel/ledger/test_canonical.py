import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baomi.kernel.ledger import verify as v
from baomi.kernel.ledger.canonical import LARGEST_BODY, NotCanonical, canonical, parse_canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"])).map(
    lambda text: unicodedata.normalize("NFC", text)
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


def test_one_form_for_equal_values() -> None:
    value = {"乙": [1, True, None], "a": "甲\n〔2026〕", "B": {"z": -0, "y": ()}}
    expected = '{"B":{"y":[],"z":0},"a":"甲\\n〔2026〕","乙":[1,true,null]}'
    assert canonical(value) == expected.encode()


def test_keys_are_sorted_by_code_point_not_by_utf_16() -> None:
    assert canonical({"\U00010000": 1, "\uffee": 2}) == '{"\uffee":2,"\U00010000":1}'.encode()


@given(VALUES)
def test_what_is_written_is_read_back_and_written_the_same(value) -> None:
    raw = canonical(value)
    assert parse_canonical(raw) == value
    assert canonical(parse_canonical(raw)) == raw
    assert v.read_body(raw) == value


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        2**53 + 1,
        -(2**53) - 1,
        "e\u0301",
        {"e\u0301": 1},
        {1: 2},
        "\ud800",
        b"octets",
        {"a": {1, 2}},
        object(),
        "x" * LARGEST_BODY,
    ],
    ids=lambda value: repr(value)[:12],
)
def test_values_without_a_canonical_form_are_refused_in_chinese(value) -> None:
    with pytest.raises(NotCanonical) as refused:
        canonical(value)
    assert "一" <= str(refused.value)[0] <= "龥"


def test_endless_nesting_is_refused() -> None:
    value: list[object] = []
    value.append(value)
    with pytest.raises(NotCanonical):
        canonical(value)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":1}',
        b'{"a":{"b":1,"b":2}}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":-0}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":9007199254740993}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xff"}',
        '{"a":"e\u0301"}'.encode(),
        b"\xef\xbb\xbf{}",
        b"",
        b"{",
        b"[" * 100_000,
        b'"' + b"x" * LARGEST_BODY + b'"',
        b"9" * 5000,
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_other_spellings_are_refused_by_both_readers(raw) -> None:
    with pytest.raises(NotCanonical):
        parse_canonical(raw)
    with pytest.raises((ValueError, RecursionError)):
        v.read_body(raw)


def test_messages_do_not_quote_what_was_refused() -> None:
    with pytest.raises(NotCanonical) as refused:
        parse_canonical('{"title":"某绝密标题"'.encode())
    assert "标题" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@given(TEXT)
def test_combining_mark_after_an_escape_is_still_canonical(text) -> None:
    value = {"k": f"\n\u0303{text}"}
    raw = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    if unicodedata.is_normalized("NFC", value["k"]):
        assert parse_canonical(raw) == v.read_body(raw) == value
