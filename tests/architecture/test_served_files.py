"""What a browser is served runs in an office's browser (Chromium 90), comes from here, and is ours.

A template carries no script, no style and no handler of its own: the policy forbids them.
"""

import re
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, name_of
from tools import vendor

WEB = ROOT / "src" / "baomi" / "entrypoints" / "web"
CSS = sorted((WEB / "static").rglob("*.css"))
JS = sorted((WEB / "static").rglob("*.js"))
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
TEMPLATE_LINES = 120

# came with Chromium 91 or later
NEW_CSS = {
    ":has(": r":has\(",
    "color-mix()": r"color-mix\(",
    "oklch()": r"\bok(lch|lab)\(",
    "light-dark()": r"light-dark\(",
    "@layer": r"@layer\b",
    "@container": r"@container\b",
    "@scope": r"@scope\b",
    "@property": r"@property\b",
    "nesting": r"\{[^{}]*&[ :.>]",
    "accent-color": r"\baccent-color\s*:",
    "dynamic viewport": r"\d(dvh|svh|lvh|dvw)\b",
    "subgrid": r"\bsubgrid\b",
}
NEW_JS = {
    "private fields": r"\bthis\.#|^\s*#\w+\s*[=;(]",
    "static blocks": r"\bstatic\s*\{",
    "Object.hasOwn": r"\bObject\.hasOwn\(",
    "at()": r"\.at\(-?\d+\)",
    "structuredClone": r"\bstructuredClone\(",
    "findLast": r"\.findLast(Index)?\(",
    "toSorted": r"\.to(Sorted|Reversed|Spliced)\(",
    "top-level await": r"^await\b",
    "regular expression flags d and v": r"/[a-z]*[dv][a-z]*\.test\(",
    "replaceChildren is known, replaceAll is known, popover is not": r"\.(show|hide)Popover\(",
    "view transitions": r"\bstartViewTransition\(\s*\)\s*;",
}
INLINE = {
    "script": r"<script(?![^>]*\bsrc=)",
    "style": r"<style\b",
    "style attribute": r"\sstyle\s*=",
    "handler": r"\son[a-z]+\s*=\s*[\"']",
    "unescaped": r"\|\s*safe\b|autoescape",
    "address elsewhere": r"(src|href|action)\s*=\s*[\"'](https?:)?//",
    "evaluated by htmx": r"hx-(on|vars)|js:",
}
ADDRESS = re.compile(r"url\((?!\s*['\"]?data:)|@import")


def found(text: str, patterns: dict[str, str]) -> list[str]:
    """Names of the patterns that occur."""
    return [name for name, each in patterns.items() if re.search(each, text, re.M)]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CSS, ids=name_of)
def test_css_is_known_to_chromium_90(path: Path):
    assert found(read(path), NEW_CSS) == []


@pytest.mark.parametrize("path", JS, ids=name_of)
def test_script_is_known_to_chromium_90(path: Path):
    assert found(read(path), NEW_JS) == []


@pytest.mark.parametrize("path", CSS, ids=name_of)
def test_css_fetches_nothing(path: Path):
    assert ADDRESS.findall(read(path)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_carries_nothing_inline_and_points_nowhere_else(path: Path):
    assert found(read(path), INLINE) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_is_short(path: Path):
    assert len(read(path).splitlines()) <= TEMPLATE_LINES


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_page_has_a_neutral_title(path: Path):
    title = re.search(r"{% block title %}(.*?){% endblock %}", read(path), re.S)
    told = re.findall(r"{{(.*?)}}", title[1]) if title else []
    assert [
        each.strip() for each in told if each.strip() not in ("action.title", "book.title")
    ] == []


def test_vendored_files_are_as_they_were_listed():
    assert read(vendor.LIST) == vendor.sums()


@pytest.mark.parametrize(
    ("text", "patterns", "name"),
    [
        ("a:has(b){}", NEW_CSS, ":has("),
        ("a{color:color-mix(in srgb,red,blue)}", NEW_CSS, "color-mix()"),
        ("a{b:c;& :hover{d:e}}", NEW_CSS, "nesting"),
        ("class A{f(){return this.#x}}", NEW_JS, "private fields"),
        ("[1].at(-1)", NEW_JS, "at()"),
        ("<script>1</script>", INLINE, "script"),
        ('<p onclick="x">', INLINE, "handler"),
        ('<p style="x">', INLINE, "style attribute"),
        ("{{ x | safe }}", INLINE, "unescaped"),
        ('<script src="//cdn.example/x.js">', INLINE, "address elsewhere"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused(text: str, patterns: dict[str, str], name: str):
    assert name in found(text, patterns)
