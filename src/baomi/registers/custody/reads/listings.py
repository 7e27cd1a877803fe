"""Custody's lists as the field's registers head them (收文登记簿, 载体台账, 传阅登记)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baomi.kernel.labels import make_label
from baomi.kernel.marks import Term, term_words
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Person, Post
from baomi.registers.custody import models
from baomi.registers.custody.reads.picking import UNKNOWN_COPY
from baomi.registers.custody.reads.visible import movements_for, visible_to
from baomi.registers.listing import Listing

CARRIERS: Final = {
    "paper": "纸质",
    "telegram": "电报",
    "disc": "光盘",
    "electronic_file": "电子文件",
}
STATES: Final = {"unstored": "未入柜", "stored": "在柜", "held": "在手", "missing": "下落不明"}
PURPOSES: Final = {"": "", "reading": "阅", "handling": "承办", "keeping": "保管"}
KINDS: Final = {
    "hand_over": "交阅",
    "take_back": "收回",
    "store": "入柜",
    "missing": "报告下落不明",
    "found": "报告找到",
    "undo": "撤销",
    "past_out": "补录送出",
    "past_back": "补录退回",
}

# column of the query, key, heading
_Columns = Sequence[tuple[str, str, str]]

_PAPER: _Columns = (
    ("registered_number", "registered_number", "收文编号"),
    ("registered_on", "registered_on", "收文日期"),
    ("issuer", "issuer", "来文单位"),
    ("number", "number", "文件字号"),
    ("title", "title", "文件标题"),
    ("level", "level", "秘密等级"),
    ("term", "term", "保密期限"),
    ("copies", "copies", "文件份数"),
    ("carrier", "carrier", "载体类别"),
    ("dated_on", "dated_on", "成文日期"),
    ("pages", "pages", "页数"),
    ("release_level", "release_level", "发布层次"),
    ("conveyance", "conveyance", "传达要求"),
    ("handling_unit__name", "handling_unit", "承办单位"),
    ("handler__name", "handler", "承办人"),
    ("remarks", "remarks", "备注"),
    ("notes", "notes", "补录提示"),
)
_COPY: _Columns = (
    ("label", "label", "标签"),
    ("paper__registered_number", "registered_number", "收文编号"),
    ("copy_number", "copy_number", "份号"),
    ("paper__title", "title", "文件资料名称"),
    ("paper__issuer", "issuer", "制作发文单位"),
    ("paper__carrier", "carrier", "载体类别"),
    ("paper__number", "number", "文号"),
    ("paper__level", "level", "密级"),
    ("paper__term", "term", "保密期限"),
    ("paper__pages", "pages", "页数"),
    ("state", "state", "状态"),
    ("holder__name", "holder", "持有人"),
    ("kept_by__name", "kept_by", "保管专人"),
    ("cabinet__name", "cabinet", "文件柜"),
    ("purpose", "purpose", "用途"),
    ("since", "since", "自何日起"),
)
_MOVEMENT: _Columns = (
    ("copy__paper__registered_number", "registered_number", "收文编号"),
    ("copy__paper__number", "number", "文号"),
    ("copy__paper__level", "level", "密级"),
    ("copy__copy_number", "copy_number", "份号"),
    ("copy__paper__title", "title", "标题"),
    ("kind", "kind", "事项"),
    ("happened_on", "happened_on", "日期"),
    ("actor__name", "actor", "经手人"),
    ("from_holder__name", "from_holder", "交出人"),
    ("from_cabinet__name", "from_cabinet", "原在柜"),
    ("to_holder__name", "to_holder", "接收人"),
    ("to_cabinet__name", "to_cabinet", "存入柜"),
    ("purpose", "purpose", "用途"),
    ("place__name", "place", "阅办处所"),
    ("remark", "remark", "备注"),
    ("voided_by", "voided", "已撤销"),
    ("notes", "notes", "补录提示"),
)
_CONVEYANCE: _Columns = (
    ("paper__registered_number", "registered_number", "收文编号"),
    ("paper__level", "level", "密级"),
    ("paper__release_level", "release_level", "发布层次"),
    ("paper__conveyance", "conveyance", "传达要求"),
    ("conveyed_on", "conveyed_on", "传达日期"),
    ("audience", "audience", "传达对象"),
    ("audience_level", "audience_level", "对象层次"),
    ("manner", "manner", "传达方式"),
    ("place__name", "place", "地点"),
    ("conveyed_by__name", "conveyed_by", "登记人"),
)
_ENVELOPE: _Columns = (
    ("received_on", "received_on", "收文日期"),
    ("sender", "sender", "发件单位"),
    ("sent_number", "sent_number", "发送编号"),
    ("intact", "intact", "包装完好"),
    ("papers_stated", "papers_stated", "清单件数"),
    ("papers_found", "papers_found", "实收件数"),
    ("difference", "difference", "不符情况"),
    ("received_by__name", "received_by", "拆封人"),
)
_VOIDED: _Columns = (
    ("series_year", "series_year", "年度"),
    ("series_category", "series_category", "编号类别"),
    ("series_serial", "series_serial", "序号"),
    ("reason", "reason", "作废原因"),
    ("voided_on", "voided_on", "作废日期"),
)


def list_papers(actor: Person) -> Listing:
    """The register of papers (收文登记簿), as far as the actor may see it."""
    copies = models.Copy.objects.filter(paper=OuterRef("pk")).order_by().values("paper")
    counted = Subquery(copies.annotate(n=Count("pk")).values("n"))
    papers = visible_to(actor).papers.annotate(copies=Coalesce(counted, 0))
    rows = papers.order_by("series_year", "series_category", "series_serial")
    return _listing(rows, _PAPER, prefix="")


def list_copies(actor: Person) -> Listing:
    """The register of numbered copies (涉密载体台账), as far as the actor may see it."""
    rows = visible_to(actor).copies.order_by(
        "paper__series_year", "paper__series_category", "paper__series_serial", "copy_number"
    )
    return _listing(rows, _COPY, prefix="paper__")


def list_movements(actor: Person) -> Listing:
    """The movements (传阅登记) that concern the actor, of the copies that he may see."""
    copies = visible_to(actor).copies.values("id")
    rows = movements_for(actor).filter(copy__in=copies)
    return _listing(rows.order_by("happened_on", "copy", "turn"), _MOVEMENT, prefix="copy__paper__")


def history(actor: Person, copy: UUID) -> Listing:
    """What befell one copy, in order, as far as it concerns the actor.

    Raises ``BadInput`` for a copy that he may not see.
    """
    if not visible_to(actor).copies.filter(id=copy).exists():
        raise BadInput(UNKNOWN_COPY)
    rows = movements_for(actor).filter(copy=copy).order_by("turn")
    return _listing(rows, _MOVEMENT, prefix="copy__paper__")


def list_conveyances(actor: Person) -> Listing:
    """Conveyings (传达) of the papers that the actor may see."""
    papers = visible_to(actor).papers.values("id")
    rows = models.Conveyance.objects.filter(paper__in=papers).order_by("conveyed_on", "id")
    return _listing(rows, _CONVEYANCE, prefix="paper__")


def list_envelopes(actor: Person) -> Listing:
    """Envelopes as they were opened: for the registrar."""
    return _listing(_registrars(actor, models.Envelope).order_by("received_on", "id"), _ENVELOPE)


def list_voided_numbers(actor: Person) -> Listing:
    """Numbers that will never be used, and why: for the registrar."""
    rows = _registrars(actor, models.VoidedNumber)
    return _listing(rows.order_by("series_year", "series_category", "series_serial"), _VOIDED)


def _registrars(actor: Person, table: Any) -> QuerySet[Any]:
    may_see = actor.in_service and Post.REGISTRAR in actor.posts
    rows: QuerySet[Any] = table.objects.all()
    return rows if may_see else rows.none()


def _listing(rows: QuerySet[Any], columns: _Columns, *, prefix: str | None = None) -> Listing:
    asked = [column for column, _, _ in columns if _reader(column) is None]
    asked += ["label_serial"] * any(column == "label" for column, _, _ in columns)
    if prefix is not None:
        asked += [f"{prefix}{name}" for name in ("level", "term_kind", "term_value")]
        asked.append(f"{prefix}term_presumed")
    found = list(rows.values(*dict.fromkeys(asked)))
    levels = (row[f"{prefix}level"] for row in found) if prefix is not None else iter(())
    return Listing(
        tuple((key, heading) for _, key, heading in columns),
        tuple(tuple(_cell(row, column) for column, _, _ in columns) for row in found),
        Level(max(levels, default=Level.NONE.value)),
    )


def _reader(column: str) -> Callable[[Mapping[str, Any], str], Any] | None:
    """How a cell is made that no single column of the table holds."""
    return {"term": _term, "label": _label}.get(column.rpartition("__")[2])


def _cell(row: Mapping[str, Any], column: str) -> Any:
    read = _reader(column)
    if read is not None:
        return read(row, column)
    value = row[column]
    name = column.rpartition("__")[2]
    if name in _WORDS:
        return _WORDS[name](value)
    return value


def _term(row: Mapping[str, Any], column: str) -> str:
    kind = row[f"{column}_kind"]
    if not kind:
        return ""
    words = term_words(Term(kind=kind, value=row[f"{column}_value"]))
    return f"{words}（推定）" if row[f"{column}_presumed"] else words


def _label(row: Mapping[str, Any], column: str) -> str:
    return make_label("C", row["label_serial"])


def _notes(notes: Iterable[Mapping[str, str]]) -> str:
    return "；".join(f"{note['clause']} {note['reason']}" for note in notes)


_WORDS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "level": lambda value: Level(value).title,
    "carrier": CARRIERS.__getitem__,
    "state": STATES.__getitem__,
    "purpose": PURPOSES.__getitem__,
    "kind": KINDS.__getitem__,
    "notes": _notes,
    "voided_by": lambda value: "是" if value else "",
}
LISTS: Final[Mapping[str, Callable[[Person], Listing]]] = {
    "custody.conveyance": list_conveyances,
    "custody.copy": list_copies,
    "custody.envelope": list_envelopes,
    "custody.movement": list_movements,
    "custody.paper": list_papers,
    "custody.voided_number": list_voided_numbers,
}
