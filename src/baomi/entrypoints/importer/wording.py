"""What is said of an entry that was not recorded: where it stands, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from baomi.engine.inputs import InvalidInputs
from baomi.entrypoints.importer.book import Book
from baomi.entrypoints.importer.doubts import Asked, Denied
from baomi.entrypoints.importer.entries import BookRow, Problem, Question
from baomi.entrypoints.importer.headers import Column
from baomi.entrypoints.importer.offers import offer_of
from baomi.entrypoints.importer.tally import Fate, Outcome
from baomi.kernel.verdict import BadInput, Refused

# which column a question or an input speaks of
_FIELDS = {
    "copies_again": "copy_numbers",
    "copies_merged": "copy_numbers",
    "copies_taken": "copy_numbers",
    "copies_unclear": "copy_numbers",
    "copy_missing": "copy_numbers",
    "copy_unknown": "copy_numbers",
    "count_missing": "count",
    "count_unclear": "count",
    "back_partly": "back_on",
    "before_recorded": "out_on",
    "due_before_out": "due_on",
    "holder_missing": "unit",
    "issuer_missing": "issuer",
    "keeper_missing": "unit",
    "keeper_unclear": "unit",
    "level_missing": "level",
    "level_unknown": "level",
    "mark_differs": "level",
    "near_number": "number",
    "number_missing": "number",
    "number_unclear": "number",
    "number_year": "number",
    "out_missing": "out_on",
    "paper_again": "copy_numbers",
    "paper_unknown": "number",
    "person_elsewhere": "person",
    "person_unknown": "person",
    "running_number_taken": "receiving_number",
    "running_number_unclear": "receiving_number",
    "running_number_year": "receiving_number",
    "same_number": "number",
    "several_people": "person",
    "several_units": "unit",
    "still_out": "copy_numbers",
    "term_contradiction": "term",
    "term_too_long": "term",
    "term_unclear": "term",
    "term_without_level": "level",
    "title_missing": "title",
    "unit_unknown": "unit",
    "year_turns": "back_on",
    # inputs of the deeds
    "back_on": "back_on",
    "conveyance": "conveyance",
    "copies": "count",
    "copy_numbers": "copy_numbers",
    "handling_unit": "unit",
    "issued_on": "issued_on",
    "issuer": "issuer",
    "level": "level",
    "number": "number",
    "person": "person",
    "received_on": "received_on",
    "registered_number": "receiving_number",
    "release_level": "release_level",
    "remark": "remarks",
    "remarks": "remarks",
    "targets": "copy_numbers",
    "term": "term",
    "title": "title",
    "unit": "unit",
    "went_out_on": "out_on",
}
_REASONS = {
    "back_on": "退回日期不能成立",
    "copies_taken": "份号已登记",
    "copy_numbers": "份号不能登记",
    "day_to_come": "日期未到",
    "digits_lost": "数字丢位",
    "error_value": "错误值",
    "formula": "公式",
    "impossible_day": "日期不存在",
    "no_header": "没有表头",
    "out_of_order": "日期先后颠倒",
    "registered_number": "收文编号不能登记",
    "running_number_taken": "收文编号已被占用",
    "targets": "该份现况不符",
}
_OTHER_REASON = "内容不能成立"
_INSTEAD = {"term": "level", "person": "unit", "unit": "person"}
_INPUT = "input"


def reason_of(problem: Problem) -> str:
    """Why an entry was refused, in few words, for the kept refusals; a clause names itself."""
    is_clause = problem.code[:1].isupper()
    return problem.code if is_clause else _REASONS.get(problem.code, _OTHER_REASON)


class Wording:
    """Words problems for the rows of one book."""

    def __init__(self, book: Book) -> None:
        self._columns: Mapping[str, Sequence[Column]] = book.columns

    def notices(self, rows: Sequence[BookRow]) -> list[Problem]:
        """What holds for whole sheets: where our own papers went is kept as a remark only."""
        first = {row.sheet: row for row in reversed(rows) if row.kind == "issued"}
        text = "发往何处、何人签收、何时退回都记入文件备注，不作为本机关人员的领取登记。"
        return [
            replace(self._problem(row, "unit", "kept_as_remark", text), row=None)
            for row in first.values()
        ]

    def outcome_as_read(self, row: BookRow) -> Outcome:
        """An entry that was refused or is asked about since it was read."""
        if row.refusal is not None:
            return Outcome(fate=Fate.REFUSED, problems=(row.refusal,))
        problems = tuple(self._asked(row, q) for q in row.questions)
        return Outcome(fate=Fate.ASKED, problems=problems, questions=row.questions)

    def outcome_of(self, row: BookRow, reason: Exception) -> Outcome:
        """An entry that could not be recorded, for a reason that its deeds gave."""
        if isinstance(reason, Asked):
            asked = reason.question
            return Outcome(fate=Fate.ASKED, problems=(self._asked(row, asked),), questions=(asked,))
        return Outcome(fate=Fate.REFUSED, problems=self._refused(row, reason))

    def _asked(self, row: BookRow, question: Question) -> Problem:
        near = offer_of(question).choices
        text = f"{question.text}（可选：{'、'.join(near)}）" if near else question.text
        return self._problem(row, self._field(question), question.code, text)

    def column_of(self, row: BookRow, question: Question) -> str:
        """The heading of the column that the question is about, or ""."""
        return self._heading(row, self._field(question), question.text)

    @staticmethod
    def _field(question: Question) -> str:
        return question.about or _FIELDS.get(question.code, "")

    def _refused(self, row: BookRow, reason: Exception) -> tuple[Problem, ...]:
        if isinstance(reason, Denied):
            return (self._problem(row, reason.field, reason.code, reason.sentence),)
        if isinstance(reason, BadInput):
            field = _FIELDS.get(reason.field or "", "")
            return (self._problem(row, field, reason.field or _INPUT, reason.sentence),)
        if isinstance(reason, InvalidInputs):
            return tuple(
                self._problem(row, _FIELDS.get(f.field, ""), f.field, f"{f.sentence}。")
                for f in reason.faults
            )
        if isinstance(reason, Refused):
            refusals = reason.verdict.refusals
            worded = ((each.clause, *each.words(lambda _: True)) for each in refusals)
            return tuple(
                self._problem(row, "", clause, f"{why}（{clause}）；{remedy}。")
                for clause, why, remedy in worded
            )
        raise reason

    def _problem(self, row: BookRow, field: str, code: str, text: str) -> Problem:
        column = self._heading(row, field, text)
        return Problem(sheet=row.sheet, row=row.row, column=column, code=code, text=text)

    def _heading(self, row: BookRow, field: str, text: str) -> str:
        """The heading of the field, else the one that the sentence itself names, else none."""
        columns = self._columns.get(row.sheet, ())
        for name in (field, _INSTEAD.get(field, "")):
            if name and (found := next((c for c in columns if c.field == name), None)):
                return found.heading
        named = [column.heading for column in columns if column.heading in text]
        return max(named, key=len, default="")
