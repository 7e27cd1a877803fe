"""Tamperings with the checkpoints: their notes, their keys, their signatures."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from baomi.engine.head import read_head
from baomi.kernel.ledger.checkpoint import Checkpoint, VerifierKey, key_name, origin
from baomi.kernel.ledger.entry import leaf_hash
from baomi.kernel.ledger.merkle import Frontier
from tests.proofs.attacks import attack
from tests.proofs.forgery import rewrite, signed, stored

LAST_CHECKPOINT = 13


@attack("T23", "CKPT_SIG")
def notes_of_another_key(office) -> None:
    rewrite_with_key(Ed25519PrivateKey.generate())


def rewrite_with_key(private: Ed25519PrivateKey, change=lambda parts: None) -> None:
    """Rebuild everything after a change, every note signed with this key."""
    rewrite(change)
    head = read_head()
    tree = Frontier(head.alg)
    for seq in range(head.size):
        if stored(seq).kind == "ledger.checkpoint":
            checkpoint = Checkpoint(origin(head.log_id), tree.size, tree.root())
            _put_note(seq, signed(head.log_id, checkpoint, private))
        tree.append(leaf_hash(head.alg, stored(seq).raw))


def _put_note(seq: int, note: str) -> None:
    def change(parts) -> None:
        parts[seq].body["note"] = note

    rewrite(change)


@attack("T24", "STALE")
def notes_dropped(office) -> None:
    def change(parts) -> None:
        parts[:] = [part for part in parts if part.fields.kind != "ledger.checkpoint"]

    rewrite(change)


@attack("T37", "GENESIS")
def genesis_with_own_key(office) -> None:
    private = Ed25519PrivateKey.generate()
    key = VerifierKey(key_name(read_head().log_id, 1), private.public_key().public_bytes_raw())

    def change(parts) -> None:
        parts[0].body["vkey"] = key.text()

    rewrite_with_key(private, change)


@attack("T52", "CKPT_SIG")
def newest_signature_damaged(office) -> None:
    def change(parts) -> None:
        body = parts[LAST_CHECKPOINT].body
        body["note"] = body["note"][:-9] + "AAAAAAA=\n"

    rewrite(change)
