"""Papers as an eye and as a scanner see them: poppler draws them, zxing reads the codes."""

import subprocess
from dataclasses import dataclass

import zxingcpp

_DPI = "300"


@dataclass(frozen=True)
class Seen:
    """A code on a page: ``QR Code`` or ``Code 128``, and what it says."""

    format: str
    text: str


def words_on(pdf: bytes) -> str:
    """The text of all pages without spaces, as a reader takes it in line by line."""
    ran = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return "".join(ran.stdout.decode().split())


def pages_of(pdf: bytes) -> int:
    """How many pages there are."""
    return int(_info(pdf)["Pages"])


def properties_of(pdf: bytes) -> dict[str, str]:
    """What the file says of itself without being opened."""
    return _info(pdf)


def codes_on(pdf: bytes, *, page: int = 1) -> list[Seen]:
    """Every code on a page."""
    ran = subprocess.run(
        ["pdftoppm", "-r", _DPI, "-gray", "-f", str(page), "-l", str(page), "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    _, size, _, dots = ran.stdout.split(b"\n", 3)
    width, height = map(int, size.split())
    found = zxingcpp.read_barcodes(memoryview(dots).cast("B", (height, width)))
    return [Seen(str(each.format), each.text) for each in found]


def _info(pdf: bytes) -> dict[str, str]:
    ran = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    lines = (line.partition(":") for line in ran.stdout.decode().splitlines())
    return {name: value.strip() for name, _, value in lines}
