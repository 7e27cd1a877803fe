"""Registered numbers (收文编号): a year, a category of the series, a serial; none is used twice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

RECEIVED = "收文"
OWN = "发文"
FROM_BOOKS = "补录"  # papers of old books that bear no registered number
_TYPED = re.compile(
    r"(?P<category>\D{0,20}?)(?P<year>(?:19|20)\d\d)\D{1,2}0*(?P<serial>[1-9]\d{0,5})号?"
)
_SIGNS = "〔〕[]()-—–－ 第"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesNumber:
    """One number of one series."""

    year: int
    category: str
    serial: int

    @property
    def text(self) -> str:
        """As it is written: ``2021-011`` for received papers, else ``发文2021-011``."""
        category = "" if self.category == RECEIVED else self.category
        return f"{category}{self.year}-{self.serial:03d}"


def parse_series_number(text: str) -> SeriesNumber | None:
    """A registered number as a book gives it (``2019-001``, ``密〔2019〕12号``), or None."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _TYPED.fullmatch(plain)
    if found is None:
        return None
    category = found["category"].strip(_SIGNS).removesuffix("字")
    return SeriesNumber(
        year=int(found["year"]), category=category or RECEIVED, serial=int(found["serial"])
    )
