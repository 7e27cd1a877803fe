"""Copy the few files that a browser gets from elsewhere into the project, mended and listed.

``python -m tools.vendor FOLDER`` reads the unpacked packages @tabler/core and @tabler/icons from
below FOLDER (``npm pack``, then ``tar``) and htmx from the installed django-htmx;
``--check`` compares what is committed with its list of SHA-256. Neither running nor testing the
product needs node.
"""

import hashlib
import re
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
STATIC: Final = ROOT / "src" / "baomi" / "entrypoints" / "web" / "static"
VENDORED: Final = STATIC / "vendored"
LIST: Final = VENDORED / "SHA256SUMS"
TABLER: Final = "tabler-core-1.0.0"
ICONS: Final = "tabler-icons-3.49.0"
# one icon, one place where it is used
ICON_NAMES: Final = (
    *("home", "barcode", "clipboard-list", "book", "shield-check", "user-circle", "logout"),
    *("search", "filter", "download", "printer", "upload", "alert-triangle", "circle-check"),
    *("circle-x", "clock", "lock", "chevron-right", "chevron-left", "plus", "trash", "users"),
    *("file-text", "list-check", "history", "folder", "key", "settings", "eye", "arrow-back-up"),
    *("info-circle", "checkbox", "door", "archive", "id-badge-2", "report", "qrcode", "columns"),
    *("calendar",),
)


def mended_css(text: str) -> str:
    """Without what browsers down to Chromium 90 do not know, and without source maps."""
    # a rule whose selector is unknown is dropped whole by an old browser, and by us
    text = re.sub(r"[^{}]*:has\([^{}]*\{[^{}]*\}", "", text)
    return _without_map(text)


def _without_map(text: str) -> str:
    return re.sub(r"/[/*][#@] sourceMappingURL=[^\n*]*(\*/)?\n?", "", text)


def files(folder: Path) -> dict[str, str]:
    """Every vendored file's name and content."""
    found = {
        "tabler.min.css": mended_css(_text(folder, TABLER, "dist/css/tabler.min.css")),
        "tabler.LICENSE": (ROOT / "tools" / "licences" / "tabler").read_text(encoding="utf-8"),
        "htmx.min.js": _without_map(_htmx("htmx-2.min.js")),
        "htmx.LICENSE": (ROOT / "tools" / "licences" / "htmx").read_text(encoding="utf-8"),
    }
    for name in ICON_NAMES:
        svg = _text(folder, ICONS, f"icons/outline/{name}.svg")
        found[f"icons/{name}.svg"] = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S)
    return found


def _text(folder: Path, package: str, name: str) -> str:
    path = next(folder.glob(f"*{package}*/package/{name}"))
    return path.read_text(encoding="utf-8")


def _htmx(name: str) -> str:
    spec = find_spec("django_htmx")
    if spec is None or spec.origin is None:
        raise SystemExit("django-htmx is not installed")
    return (Path(spec.origin).parent / "static" / "django_htmx" / name).read_text(encoding="utf-8")


def sums() -> str:
    """The list of what lies in the folder."""
    paths = sorted(path for path in VENDORED.rglob("*") if path.is_file() and path != LIST)
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(VENDORED).as_posix()}"
        for path in paths
    )
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the files, or check them."""
    if list(arguments) == ["--check"]:
        return 0 if LIST.read_text(encoding="utf-8") == sums() else 1
    for name, content in files(Path(arguments[0])).items():
        path = VENDORED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    LIST.write_text(sums(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
