"""The office as its people may see it: what a name means to somebody, and the lists he is shown.

Everybody in service sees units, people's names and units, posts, rooms and cabinets; accounts are
seen by the three administrators, and by each person his own. What one may not see does not exist.
"""

from __future__ import annotations

from baomi.registers.office.reads.lists import LISTS, Listing
from baomi.registers.office.reads.pickers import PICKERS, find
from baomi.registers.office.reads.visible import visible_to

__all__ = ["LISTS", "PICKERS", "Listing", "find", "visible_to"]
