"""The container gives back what was written, and nothing of a file that is another one."""

import io
import random
import secrets

import pytest

from baomi.engine.backup.container import (
    HEAD_BYTES,
    PIECE,
    TAG_BYTES,
    SealedReader,
    SealedWriter,
    authenticate,
)
from baomi.engine.backup.faults import BackupFault, Damaged, NoBackup, WrongKey

KEY = bytes(range(32))
CONTENT = random.Random(5).randbytes(2 * PIECE + 1000)  # noqa: S311 - a content, no secret


def sealed(content: bytes = CONTENT, key: bytes = KEY) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, key)
    for at in range(0, len(content), 7001):
        writer.write(content[at : at + 7001])
    writer.finish()
    return file.getvalue()


def opened(octets: bytes, key: bytes = KEY) -> bytes:
    return SealedReader(io.BytesIO(octets), key).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5])
def test_what_was_written_is_read(size):
    content = secrets.token_bytes(size)
    octets = sealed(content)
    assert opened(octets) == content
    pieces = max(1, -(-size // PIECE))
    assert len(octets) == HEAD_BYTES + size + pieces * TAG_BYTES


def test_two_files_of_one_content_share_nothing_behind_the_key_id():
    one, other = sealed(), sealed()
    assert one[16:] != other[16:]
    assert CONTENT[:64] not in one


@pytest.mark.parametrize("number", range(100))
def test_one_changed_octet_is_refused(number):
    octets = bytearray(sealed())
    chance = random.Random(number)  # noqa: S311 - a place, no secret
    # the head is small: every second change falls into it
    at = chance.randrange(HEAD_BYTES if number % 2 else len(octets))
    octets[at] ^= 1 << chance.randrange(8)
    with pytest.raises(BackupFault):
        authenticate(io.BytesIO(bytes(octets)), KEY)


def test_another_key_is_told_from_damage():
    with pytest.raises(WrongKey):
        opened(sealed(), bytes(32))
    with pytest.raises(NoBackup):
        opened(b"PK\x03\x04" + bytes(100))
    with pytest.raises(NoBackup):
        opened(b"")


def sizes() -> list[int]:
    whole, piece = len(sealed()), PIECE + TAG_BYTES
    return [HEAD_BYTES, HEAD_BYTES + 5, HEAD_BYTES + piece, HEAD_BYTES + 2 * piece, whole - 1]


@pytest.mark.parametrize("size", sizes())
def test_a_file_cut_short_is_refused(size):
    with pytest.raises(Damaged):
        opened(sealed()[:size])


def test_pieces_moved_repeated_or_added_are_refused():
    octets = sealed()
    head, body = octets[:HEAD_BYTES], octets[HEAD_BYTES:]
    piece = PIECE + TAG_BYTES
    one, two, last = body[:piece], body[piece : 2 * piece], body[2 * piece :]
    for pieces in ([two, one, last], [one, one, two, last], [one, last], [one, two, last, last]):
        with pytest.raises(Damaged):
            opened(head + b"".join(pieces))


def test_a_piece_of_another_backup_of_the_same_key_is_refused():
    one, other = sealed(), sealed()
    cut = HEAD_BYTES + PIECE + TAG_BYTES
    with pytest.raises(Damaged):
        opened(one[:cut] + other[cut:])
