"""What a register's page shows, and how the tests of pages look at it."""

from typing import Any

from tests.entrypoints.web.page import Element, page


def rows_of(answer: Any) -> list[dict[str, str]]:
    """The rows of the page's register by the columns' keys."""
    told = page(answer)
    tables = [each for each in told.all("table") if "register" in each.attributes["class"].split()]
    return rows_in(tables[0]) if tables else []


def rows_in(table: Element) -> list[dict[str, str]]:
    """The rows of a table by the columns' keys."""
    found = []
    for row in table.one("tbody").all("tr"):
        cells = [cell for cell in row.all("td") if "data-key" in cell.attributes]
        found.append({cell.attributes["data-key"]: cell.text for cell in cells})
    return found


def panel(answer: Any, title: str) -> Element:
    """The section of a page under a heading."""
    sections = page(answer).all("section")
    return next(each for each in sections if any(head.text == title for head in each.all("h2")))


def notes(answer: Any) -> str:
    """What the page says above everything else."""
    return "；".join(each.text for each in page(answer).all("div", class_="alert"))
