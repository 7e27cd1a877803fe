"""What stands on a page, read from its HTML as a person sees it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# what is new on every page by design: the token against forged forms, a form's operation id
ALWAYS_NEW = (
    (re.compile(rb"[A-Za-z0-9]{64}"), b"TOKEN"),
    (re.compile(rb'name="op_id" value="[0-9a-f-]{36}"'), b"OPERATION"),
)
VOID = {"input", "br", "hr", "img", "link", "meta", "path"}


@dataclass
class Element:
    """An element: its name, attributes, children."""

    name: str
    attributes: dict[str, str]
    parts: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text within, spaces put together."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            else:
                yield from part._texts()

    def all(self, tag: str = "", /, **attributes: str) -> list["Element"]:
        """Every element within of a tag, with attributes (``class_`` holds one of the classes)."""
        return [each for each in self._within() if each.fits(tag, attributes)]

    def one(self, tag: str = "", /, **attributes: str) -> "Element":
        """The only one."""
        (found,) = self.all(tag, **attributes)
        return found

    def _within(self) -> Iterator["Element"]:
        for part in self.parts:
            if isinstance(part, Element):
                yield part
                yield from part._within()

    def fits(self, tag: str, attributes: dict[str, str]) -> bool:
        """Whether it is of that tag and has these attributes."""
        if tag and self.name != tag:
            return False
        for key, value in attributes.items():
            own = self.attributes.get(key.rstrip("_").replace("_", "-"), "")
            if value not in (own.split() if key == "class_" else (own,)):
                return False
        return True


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page", {})]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].parts.append(Element(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag):
        while len(self.open) > 1 and self.open.pop().name != tag:
            pass

    def handle_data(self, data):
        self.open[-1].parts.append(data)


def page(response) -> Element:
    """The page of an answer."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.open[0]


def masked(response) -> bytes:
    """An answer's bytes without what is new each time."""
    content = response.content
    for pattern, word in ALWAYS_NEW:
        content = pattern.sub(word, content)
    return content
