"""The home page as somebody reads it: what comes first, the figures, what they lead to."""

from datetime import timedelta
from uuid import UUID

from baomi.kernel.ids import new_id
from tests.entrypoints.asking import name
from tests.entrypoints.web.page import page
from tests.factories.office import TODAY
from tests.registers.custody.desk import do


def tiles(answer) -> dict[str, str]:
    return {
        each.all("", class_="tile-title")[0].text: each.one("span", class_="tile-figure").text
        for each in page(answer).all("li", class_="tile")
    }


def first(answer) -> tuple[str, str, str]:
    """What is to be done first, what the button says, and what it opens."""
    section = page(answer).one("section", class_="first")
    button = section.one("a", class_="first-button")
    return section.one("p", class_="first-text").text, button.text, button.attributes["href"]


def titles(answer) -> list[str]:
    return [each.text for each in page(answer).all("h2")]


def appoint(office, person, post, **more):
    said = {"post": post, "letter": "云人发〔2025〕9号"} | more
    do("office.appoint", office.security_admin, person, second=office.auditor, **said)


def shows_what_it_counts(browser, answer) -> list[str]:
    """Follow every figure to its list and count the rows there. Returns what was followed."""
    followed = []
    for tile in page(answer).all("li", class_="tile"):
        figure, links = tile.one("span", class_="tile-figure").text, tile.all("a")
        if not links or not figure.isdecimal():
            continue
        href = links[0].attributes["href"]
        if href.startswith("#"):
            (place,) = page(answer).all("div", id=href[1:])
            rows = place.all("li") or place.one("tbody").all("tr")
        else:
            there = browser.get(href)
            assert there.status_code == 200, href
            tables = [each for each in page(there).all("table") if each.all("tbody")]
            rows = tables[0].one("tbody").all("tr") if tables and figure != "0" else []
        assert min(int(figure), 50) == len(rows), (links[0].text, figure, len(rows))
        followed.append(links[0].text)
    return followed


def ask_to_carry_out(desk, browser, copy) -> UUID:
    said = {
        "carrier": name(desk.reader),
        "keeper": name(desk.reader),
        "occasions": ["business_trip"],
        "destination": "省档案局",
        "purpose": "评审会",
        "measures": "随身携带，住宿时锁入保密箱",
        "leaves_on": TODAY.isoformat(),
        "back_until": (TODAY + timedelta(days=2)).isoformat(),
        "why": "参加评审会",
        "op_id": str(new_id()),
    }
    answer = browser.post(f"/ask/custody.carry_out/{copy}", said)
    return UUID(answer.headers["Location"].partition("/approvals/")[2].partition("?")[0])
