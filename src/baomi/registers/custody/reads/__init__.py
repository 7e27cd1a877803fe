"""What somebody may see of custody. Nothing here answers without an actor."""

from baomi.registers.custody.reads.listings import LISTS, history
from baomi.registers.custody.reads.picking import PICKERS
from baomi.registers.custody.reads.visible import Visible, movements_for, visible_to

__all__ = ["LISTS", "PICKERS", "Visible", "history", "movements_for", "visible_to"]
