"""What the tests of the engine look at: the registers, the ledger, and what the verifier says."""

import json
from uuid import UUID

from baomi.engine import registry
from baomi.engine.head import read_head
from baomi.engine.request import Receipt
from baomi.engine.verify_live import verify_live
from baomi.kernel.words import Post
from baomi.registers.custody import models
from baomi.registers.office import load as office_load
from tests.factories.deeds import entries
from tests.factories.office import TODAY


def state() -> tuple:
    """Everything that must not move when a deed is not done."""
    counts = {table: model.objects.count() for table, model in registry.ledgered().items()}
    copies = list(models.Copy.objects.order_by("id").values_list("id", "ver", "holder_id"))
    head = read_head()
    return counts, copies, head.size, head.last_leaf, head.frontier.to_bytes()


def body_of(receipt: Receipt) -> dict:
    return json.loads(entries(receipt.seq)[0].body)


def sound() -> list[str]:
    """What the verifier has to say, but that the furnished office was never sealed."""
    return [f.line() for f in verify_live(fast=True).findings if f.code != "CKPT_GAP"]


def held(person: UUID, post: Post) -> UUID:
    """The appointment by which somebody holds a post."""
    holdings = office_load.holdings_of(person, TODAY, None)
    return next(each.id for each in holdings if each.post is post)
