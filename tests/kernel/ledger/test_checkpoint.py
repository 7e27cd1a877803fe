from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from baomi.kernel.ledger import ed25519
from baomi.kernel.ledger import verify as v
from baomi.kernel.ledger.checkpoint import (
    BadNote,
    Checkpoint,
    NoteSignature,
    VerifierKey,
    key_name,
    origin,
    parse_checkpoint,
    parse_note,
    parse_vkey,
    signed_note,
)

VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6"
    "KE6RyyBwJnAM=\n"
)
OTHER = "— stranger AAAAAP8B\n"
LOG_ID = UUID("8c0f3c0e-5a1b-4c5e-9d9a-0123456789ab")
ORDER = 2**252 + 27742317777372353535851937790883648493


def both_accept(note: str, vkey: str = VKEY) -> bool:
    """Whether the note is signed by the key; the two readers must agree."""
    ours = parse_note(note).signed_by(parse_vkey(vkey))
    alone = v.read_note(note).signed_by(v.read_vkey(vkey))
    assert ours is alone
    return ours


def test_public_example_is_accepted_and_written_the_same() -> None:
    note = parse_note(f"{TEXT}\n{LINE}")
    assert both_accept(f"{TEXT}\n{LINE}")
    assert parse_vkey(VKEY).text() == VKEY
    assert signed_note(note.text, note.signatures) == f"{TEXT}\n{LINE}"


def test_altered_text_is_refused() -> None:
    assert not both_accept(f"{TEXT.replace('problem is', 'problem was')}\n{LINE}")


def test_signatures_of_unknown_keys_are_ignored() -> None:
    assert both_accept(f"{TEXT}\n{OTHER}{LINE}{OTHER}")
    assert not both_accept(f"{TEXT}\n{OTHER}")


def test_false_line_in_the_name_of_the_key_spoils_the_note() -> None:
    false = LINE.replace("x08go/ZJ", "x08go/ZK")
    assert not both_accept(f"{TEXT}\n{LINE}{false}")


@pytest.mark.parametrize(
    "note",
    [
        "",
        TEXT,
        TEXT + LINE,
        f"{TEXT}\n",
        f"\n\n{LINE}",
        f"{TEXT}\n{LINE[:-1]}",
        f"{TEXT}\n{LINE}\n",
        f"{TEXT}\n{LINE.replace('— ', '- ')}",
        f"{TEXT}\n{LINE.replace('—', '–')}",
        f"{TEXT}\n—  x08go/ZJkuBS9Q==\n",
        f"{TEXT}\n— a AAAA\n",
        f"{TEXT}\n— a x08go/ZJkuBS9R==\n",
        f"{TEXT}\n— a *\n",
        f"a\tb\n\n{LINE}",
    ],
    ids=range(14),
)
def test_notes_of_another_form_are_refused_by_both_readers(note) -> None:
    with pytest.raises(BadNote, match=r"[一-龥]"):
        parse_note(note)
    with pytest.raises(ValueError, match=r"[一-龥]"):
        v.read_note(note)


@pytest.mark.parametrize(
    "text",
    [
        "",
        VKEY[:-1],
        VKEY + "\n",
        " " + VKEY,
        VKEY.replace("c74f", "c74e"),
        VKEY.replace("Peter", "Pater"),
        VKEY.replace("+ARpc", "+AhpC"),
        VKEY.replace("+", "-"),
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "TEST",
    ],
    ids=range(10),
)
def test_keys_of_another_form_are_refused_by_both_readers(text) -> None:
    with pytest.raises(BadNote, match=r"公钥|密钥|base64"):
        parse_vkey(text)
    with pytest.raises(ValueError, match=r"公钥|base64"):
        v.read_vkey(text)


def test_names_of_a_log_and_of_its_keys() -> None:
    assert origin(LOG_ID) == "bm.local/8c0f3c0e5a1b4c5e9d9a0123456789ab"
    assert key_name(LOG_ID, 3) == "bm.local/8c0f3c0e5a1b4c5e9d9a0123456789ab/k3"


def test_checkpoint_is_three_lines() -> None:
    point = Checkpoint(origin(LOG_ID), 812, bytes(range(32)))
    assert point.text() == (
        "bm.local/8c0f3c0e5a1b4c5e9d9a0123456789ab\n812\n"
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    )
    assert parse_checkpoint(point.text()) == point
    assert v.read_checkpoint(point.text()) == (point.origin, point.size, point.root)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "a\n1\nAAAA\n",
        f"a\n01\n{'A' * 43}=\n",
        f"a\n-1\n{'A' * 43}=\n",
        f"a\n１\n{'A' * 43}=\n",
        f"a\n1\n{'A' * 43}=\nmore\n",
        f"a\n1\n{'A' * 43}=",
        f"\n1\n{'A' * 43}=\n",
        f"a\n1\n{'A' * 42}B=\n",
        f"a\n{'9' * 30}\n{'A' * 43}=\n",
    ],
    ids=range(11),
)
def test_checkpoints_of_another_form_are_refused_by_both_readers(text) -> None:
    with pytest.raises(BadNote, match=r"检查点|base64"):
        parse_checkpoint(text)
    with pytest.raises(ValueError, match=r"检查点|base64"):
        v.read_checkpoint(text)


def test_note_signed_elsewhere_is_accepted() -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    key = VerifierKey(key_name(LOG_ID, 1), private.public_key().public_bytes_raw())
    text = Checkpoint(origin(LOG_ID), 1, bytes(32)).text()
    value = private.sign(text.encode())
    note = signed_note(text, [NoteSignature(key.name, key.key_id, value)])
    assert both_accept(note, key.text())
    assert len(note.encode()) <= 256


def test_unsigned_or_unended_text_makes_no_note() -> None:
    with pytest.raises(BadNote, match="至少要有一个签名"):
        signed_note("a\n", [])
    with pytest.raises(BadNote, match="换行"):
        signed_note("a", [NoteSignature("k", bytes(4), bytes(64))])


@pytest.mark.parametrize(("name", "size"), [("", 32), ("a b", 32), ("a+b", 32), ("a", 31)])
def test_keys_that_cannot_stand_in_a_note_are_refused(name, size) -> None:
    with pytest.raises(BadNote, match=r"密钥名|公钥"):
        VerifierKey(name, bytes(size))


VERIFIERS = [ed25519.verify, v.ed25519_verify]


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=99), st.integers(0, 511))
def test_signatures_of_another_program_are_good_and_altered_ones_are_not(seed, text, bit) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes_raw()
    good = private.sign(text)
    bad = (int.from_bytes(good, "big") ^ (1 << bit)).to_bytes(64, "big")
    for verify in VERIFIERS:
        assert verify(public, text, good)
        assert not verify(public, text, bad)
        assert not verify(public, text + b"x", good)


@pytest.mark.parametrize("verify", VERIFIERS, ids=["kernel", "alone"])
def test_vector_of_rfc_8032(verify) -> None:
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verify(public, b"\x72", signature)


@pytest.mark.parametrize("verify", VERIFIERS, ids=["kernel", "alone"])
def test_second_spelling_of_a_good_signature_is_refused(verify) -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, good = private.public_key().public_bytes_raw(), private.sign(b"x")
    scalar = int.from_bytes(good[32:], "little") + ORDER
    assert not verify(public, b"x", good[:32] + scalar.to_bytes(32, "little"))


@pytest.mark.parametrize("verify", VERIFIERS, ids=["kernel", "alone"])
@pytest.mark.parametrize(
    "public",
    [
        b"",
        bytes(31),
        b"\xff" * 32,
        (2).to_bytes(32, "little"),
        (1 | 1 << 255).to_bytes(32, "little"),
    ],
    ids=["empty", "short", "unreduced", "no-point", "minus-zero"],
)
def test_octets_that_are_no_key_verify_nothing(verify, public) -> None:
    signature = Ed25519PrivateKey.from_private_bytes(bytes(32)).sign(b"x")
    assert verify(public, b"x", signature) is False
    assert verify(public, b"x", signature[:-1]) is False
