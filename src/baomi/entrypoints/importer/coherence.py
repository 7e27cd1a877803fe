"""Whether one line hangs together: what is missing is asked, what cannot be is refused."""

from __future__ import annotations

import re
from datetime import date, timedelta

from baomi.entrypoints.importer.entries import BookRow
from baomi.entrypoints.importer.fields import MAIN_DAY
from baomi.entrypoints.importer.values import Line, whole_number
from baomi.kernel.spelling import squeeze

_VOIDED = re.compile(r"[（(]?(此号|本号|该号)?(作废|空号|废号|跳号|不用|空)[)）]?。?")
VOIDED = "voided"
_SEVERAL = re.compile(r"[、,，;；/\n]|\s{2,}")


def check_coherence(entry: BookRow, line: Line) -> None:
    """Add to the line the questions and the refusal that follow from the entry as a whole."""
    if _is_voided(entry) and VOIDED not in line.answered:
        line.questions.clear()
        line.ask(VOIDED, "这一行像是作废的编号，是否作废？", "作废", "不是作废")
        return
    if not entry.title and not entry.number_typed:
        line.ask("unclear_row", "这一行没有标题也没有文号，登记的是什么？（可能是上一行的续行）")
        return
    _check_missing(entry, line)
    _check_order(entry, line)
    _check_years(entry, line)
    _check_holder(entry, line)
    _check_return(entry, line)


def _is_voided(entry: BookRow) -> bool:
    said = {squeeze(entry.title), squeeze(entry.remarks), squeeze(entry.number_typed)}
    return any(_VOIDED.fullmatch(text) for text in said)


def _check_missing(entry: BookRow, line: Line) -> None:
    if not entry.title:
        line.ask("title_missing", "没有标题，请补上标题或非密代称。")
    if entry.kind == "received" and not entry.issuer:
        line.ask("issuer_missing", "没有来文机关，是哪个机关发来的？")
    if not entry.number_typed and line.context.header.has("number"):
        line.ask("number_missing", f"没有填{line.heading('number')}，是多少？", "没有文号")
    if (
        entry.kind == "loan"
        and not entry.copies.numbers
        and line.context.header.has("copy_numbers")
    ):
        line.ask("copy_missing", "借出的是哪一份没有填，份号是多少？")
    main = MAIN_DAY[entry.kind]
    is_empty = not squeeze(line.cell(main).typed + line.cell(main, "day").typed)
    if is_empty:
        line.ask("day_missing", f"没有填{line.heading(main)}，是哪一天？")


def _check_order(entry: BookRow, line: Line) -> None:
    start = entry.received_on or entry.issued_on
    out, back = entry.out_on, entry.back_on
    _in_order(line, start, out, "out_on")
    _in_order(line, out or start, back, "back_on")


def _in_order(line: Line, earlier: date | None, later: date | None, name: str) -> None:
    """A day before the one that it follows cannot be true, unless only its year was supplied."""
    if earlier is None or later is None or later >= earlier:
        return
    if _has_no_year_of_its_own(line, name) and earlier - later < timedelta(days=366):
        choice = f"{later.year + 1}-{later.month:02d}-{later.day:02d}"
        text = f"{line.heading(name)}没有写年份，是跨到下一年了吗？"
        line.ask("year_turns", text, choice, about=name)
        return
    before = "早于收文（发文）日期" if name == "out_on" else "早于送出时间"
    line.refuse(
        name,
        "out_of_order",
        f"{line.heading(name)} {later.isoformat()} {before} {earlier.isoformat()}，请核对。",
    )


def _has_no_year_of_its_own(line: Line, name: str) -> bool:
    cell = line.cell(name)
    if isinstance(cell.value, date):
        return False
    return not re.search(r"[0-9〇○零一二三四五六七八九]{4}", squeeze(cell.typed))


def _check_years(entry: BookRow, line: Line) -> None:
    day = entry.received_on or entry.issued_on
    if day is None:
        return
    if entry.number and entry.number.year > day.year:
        line.ask(
            "number_year",
            f"文号的年份是 {entry.number.year}，登记日期却是 {day.isoformat()}，哪个不对？",
        )
    running = entry.receiving_number
    if running and running.year and running.year != day.year:
        line.ask(
            "running_number_year",
            f"{line.heading('receiving_number')}的年份是 {running.year}，"
            f"登记日期却是 {day.isoformat()}，哪个不对？",
        )
    year = line.context.year if line.context.year_is_own else None
    if year and year != day.year:
        line.ask("book_year", f"这本是 {year} 年的，登记日期却是 {day.isoformat()}，对吗？")


def _check_holder(entry: BookRow, line: Line) -> None:
    is_given = bool(entry.unit or entry.person)
    header = line.context.header
    if entry.out_on and not is_given:
        line.ask("holder_missing", f"{entry.out_on.isoformat()} 送出，送给了谁没有填。")
    out_is_empty = not squeeze(line.cell("out_on").typed + line.cell("out_on", "day").typed)
    if is_given and out_is_empty and header.has("out_on"):
        day = entry.received_on or entry.issued_on
        choices = (day.isoformat(), "尚未送出") if day else ("尚未送出",)
        line.ask("out_missing", "填了送给谁，没有填送出时间，是哪一天送出的？", *choices)
    if entry.back_on and out_is_empty and not is_given and header.has("out_on"):
        line.ask("out_missing", "填了退回时间，没有填送出时间和送给谁。")
    _check_several(entry, line)


def _check_several(entry: BookRow, line: Line) -> None:
    units, people = _parts(entry.unit), _parts(entry.person)
    if len(units) > 1:
        choices = ("按顺序各一份",) if len(units) == entry.count else ()
        line.ask("several_units", f"送给了 {len(units)} 个单位，各是哪几份？", *choices)
    elif len(people) > 1:
        line.ask("several_people", f"写了 {len(people)} 个人，各是哪几份？", *people)


def _parts(text: str) -> list[str]:
    """The names in a list; 各委、室 is one name for all of them."""
    if text.startswith("各"):
        return [text]
    parts = [part.strip() for part in _SEVERAL.split(text) if part.strip()]
    if len(parts) == 1 and all(len(word) > 1 for word in text.split()):
        return text.split()
    return parts


def _check_return(entry: BookRow, line: Line) -> None:
    typed = squeeze(line.cell("back_count").typed)
    if typed and whole_number(typed) != entry.count:
        text = f"份数是 {entry.count}，{line.heading('back_count')}是 {typed}，哪几份没有退回？"
        line.ask("back_partly", text)
    is_early = bool(entry.due_on and entry.out_on and entry.due_on < entry.out_on)
    if is_early and not _has_no_year_of_its_own(line, "due_on"):
        line.ask("due_before_out", f"{line.heading('due_on')}早于送出的日期，哪个不对？")
    is_out = entry.out_on and not line.cell("back_on").typed
    if is_out and line.context.header.has("due_on") and not line.cell("due_on").typed:
        line.ask("due_missing", f"还没有归还，也没有填{line.heading('due_on')}，应在哪天归还？")
