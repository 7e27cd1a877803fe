import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baomi.kernel.ledger import hashes, verify
from baomi.kernel.ledger.hashes import UnknownAlgorithm, hasher, sm3

# GM/T 0004-2012, appendix A
SM3_VECTORS = {
    b"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    b"abcd" * 16: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
}


@pytest.mark.parametrize(("data", "digest"), SM3_VECTORS.items())
@pytest.mark.parametrize(
    "function", [sm3, hasher(2), verify.sm3, verify.hasher(2)], ids=["own", "any", "copy", "alone"]
)
def test_sm3_gives_the_standard_vectors(function, data, digest) -> None:
    assert function(data).hex() == digest


def test_sha_256_gives_the_standard_vector() -> None:
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hasher(1)(b"abc").hex() == verify.hasher(1)(b"abc").hex() == digest


@given(st.binary(max_size=300))
def test_own_sm3_agrees_with_openssl(data) -> None:
    expected = hashlib.new("sm3", data).digest()
    assert sm3(data) == verify.sm3(data) == expected


def test_own_sm3_stands_in_where_openssl_has_none(monkeypatch) -> None:
    def refuse(name: str, _data: bytes = b"") -> None:
        raise ValueError(name)

    monkeypatch.setattr(hashlib, "new", refuse)
    assert hashes.hasher.__wrapped__(2) is sm3
    assert verify.hasher.__wrapped__(2) is verify.sm3


@pytest.mark.parametrize("alg", [0, 3, -1, 255])
def test_unknown_algorithm_is_refused(alg) -> None:
    with pytest.raises(UnknownAlgorithm, match="不认识"):
        hasher(alg)
    with pytest.raises(verify.Unreadable, match="不认识"):
        verify.hasher(alg)
