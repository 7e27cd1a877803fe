"""The whole tamper matrix: importing its parts fills the list."""

from tests.kernel.ledger import (
    matrix_bodies,
    matrix_entries,
    matrix_forks,
    matrix_notes,
    matrix_outside,
    matrix_rows,
)
from tests.kernel.ledger.tampering import CASES, Case

PARTS = (matrix_bodies, matrix_entries, matrix_forks, matrix_notes, matrix_outside, matrix_rows)

__all__ = ["CASES", "PARTS", "Case"]
