"""Recipes of the deeds on papers and their copies."""

from typing import Any
from uuid import UUID

from baomi.kernel.words import Level, Post
from baomi.registers.custody import models
from baomi.registers.office.models import PostHolding
from tests.proofs.year.world import NothingToDo, Wanted, World, recipe

MARKS = {
    Level.INTERNAL: "内部",
    Level.CONFIDENTIAL: "秘密★5年",
    Level.SECRET: "机密★10年",
    Level.TOP_SECRET: "绝密★20年",
}
HIGH = ("县处级", "厅局级")


def described(w: World) -> dict[str, Any]:
    """A paper as it is entered."""
    serial = w.serial()
    level = w.one((*MARKS, Level.SECRET, Level.CONFIDENTIAL))
    return {
        "issuer": w.one(("省委办公厅", "云澜市委", "国务院办公厅")),
        "number": f"×办发〔{w.day.year}〕{serial}号",
        "title": f"关于做好第{serial}项工作的通知",
        "level": "" if w.by_chance(0.1) else MARKS[level],
        "copy_numbers": "、".join(f"{serial:05d}{number}" for number in range(w.rng.randint(1, 3))),
        "release_level": w.one(("",) * 5 + ("县团级",)),
        "conveyance": w.one(("", "", "按规定范围传达")),
    }


@recipe("custody.receive_envelope")
def receive_envelope(w: World) -> Wanted:
    papers = [described(w) for _ in range(w.rng.randint(1, 2))]
    said = {"sender": "市委机要局", "intact": True, "papers_stated": len(papers)}
    return w.by(w.office.registrar, papers=papers, **said)


@recipe("custody.register_own_paper")
def register_own_paper(w: World) -> Wanted:
    carrier = w.one(("paper", "paper", "disc"))
    return w.by(w.person(), title=f"工作情况的报告（{w.serial()}）", carrier=carrier)


@recipe("custody.mark_paper")
def mark_paper(w: World) -> Wanted:
    here = {row["id"] for row in w.people()}
    paper = w.one(w.papers(origin="own", mark_typed="", marked_by=None))
    if paper["handler_id"] not in here:
        raise NothingToDo
    level = w.one(("internal", "confidential", "secret"))
    term = "" if level == "internal" else "5年"
    return w.by(paper["handler_id"], paper["id"], level=level, term=term)


@recipe("custody.number_copies")
def number_copies(w: World) -> Wanted:
    own = w.papers(origin="own", marked_by__isnull=False)
    paper = w.one(own if own and w.by_chance(0.7) else w.papers(origin="received"))
    return w.by(w.office.registrar, paper["id"], copies=w.rng.randint(1, 2))


@recipe("custody.store_copies")
def store_copies(w: World) -> Wanted:
    copy = w.one(w.copies("unstored") if w.by_chance(0.8) else w.copies("stored"))
    cabinet = w.cabinet(copy["paper__level"], but=copy["cabinet_id"])
    return w.by(w.office.registrar, copy["id"], cabinet=cabinet)


@recipe("custody.set_circle")
def set_circle(w: World) -> Wanted:
    stored = w.copies("stored", paper__circle_set_on=None)
    if stored and w.by_chance(0.9):
        paper = w.papers(id=w.one(stored)["paper_id"])[0]
    else:
        paper = w.one(w.papers(circle_set_on=None))
    high = {"rank__in": HIGH} if paper["release_level"] else {}
    readers = w.readers(paper["level"], **high)
    chosen = w.rng.sample(readers, min(len(readers), w.rng.randint(2, 6)))
    keepers = PostHolding.objects.filter(post=Post.UNIT_KEEPER.value, person__in=readers)
    chosen += list(keepers.order_by("id").values_list("person_id", flat=True)[:3])
    units = [w.unit()] if w.by_chance(0.3) and not high else []
    said = {"persons": list(dict.fromkeys(chosen)), "units": units}
    return w.by(w.office.registrar, paper["id"], release_level_checked=True, **said)


@recipe("custody.convey_paper")
def convey_paper(w: World) -> Wanted:
    return w.by(
        w.office.registrar,
        w.one(w.papers())["id"],
        audience="各委（办）室负责人",
        audience_level="县处级",
        manner="会议传达",
        place=w.room(),
        release_level_checked=True,
        demands_kept=True,
    )


def circle_of(w: World, paper: UUID, level: int) -> list[UUID]:
    """Who was named in a circle and may read it."""
    rows = models.CircleMember.objects.filter(paper=paper).order_by("id")
    readers = set(w.readers(level))
    return [each for each in rows.values_list("person_id", flat=True) if each in readers]


@recipe("custody.hand_over_copy")
def hand_over_copy(w: World) -> Wanted:
    copy = w.one(w.copies("stored", paper__circle_set_on__isnull=False))
    circle = circle_of(w, copy["paper_id"], copy["paper__level"])
    if w.by_chance(0.2):
        keeper = w.one([each for each in circle if each in w.holders(Post.UNIT_KEEPER)])
        return w.by(w.office.registrar, copy["id"], person=keeper, purpose="keeping")
    late = models.Copy.objects.filter(since__lt=w.day).values_list("holder_id", flat=True)
    free = [each for each in circle if each not in set(late)]
    purpose = w.one(("reading", "handling", "handling"))
    said = {"person": w.one(free), "purpose": purpose, "place": w.room()}
    kept = w.copies("held", purpose="keeping")
    if kept and w.by_chance(0.3):
        copy = w.one(kept)
        circle = circle_of(w, copy["paper_id"], copy["paper__level"])
        said["person"] = w.one([each for each in circle if each != copy["holder_id"]])
        return w.by(copy["holder_id"], copy["id"], **said)
    return w.by(w.office.registrar, copy["id"], **said)


@recipe("custody.take_back_copy")
def take_back_copy(w: World) -> Wanted:
    copy = w.one(w.copies("held", purpose__in=("reading", "handling", "keeping")))
    keeper = copy["kept_by_id"]
    if keeper and copy["holder_id"] != keeper and w.by_chance(0.5):
        return w.by(keeper, copy["id"])
    cabinet = w.cabinet(copy["paper__level"])
    return w.by(w.office.registrar, copy["id"], cabinet=cabinet)


@recipe("custody.undo")
def undo(w: World) -> Wanted:
    newest = models.Movement.objects.filter(voided_by=None, happened_on=w.day).order_by("-id")
    rows = [row for row in newest.values()[:20] if not row["kind"].startswith("past")]
    moved = w.one(rows)
    return w.by(moved["actor_id"], moved["copy_id"], reason="办错了")


@recipe("custody.report_missing")
def report_missing(w: World) -> Wanted:
    copy = w.one(w.copies("stored", "held", "archived"))
    who = copy["holder_id"] if copy["holder_id"] and w.by_chance(0.5) else w.office.registrar
    return w.by(who, copy["id"], circumstances="清点时没有找到")


@recipe("custody.report_found")
def report_found(w: World) -> Wanted:
    copy = w.one(w.copies("missing"))
    cabinet = w.cabinet(copy["paper__level"])
    return w.by(w.office.registrar, copy["id"], cabinet=cabinet, circumstances="在柜后找到")


@recipe("custody.correct_paper")
def correct_paper(w: World) -> Wanted:
    paper = w.one(w.papers())["id"]
    return w.by(w.office.registrar, paper, remarks=f"补记{w.serial()}", reason="漏填")


@recipe("custody.correct_copy_number")
def correct_copy_number(w: World) -> Wanted:
    copy = w.one(w.copies("unstored", "stored", "held", "archived"))["id"]
    return w.by(w.office.registrar, copy, copy_number=f"9{w.serial():05d}", reason="看错")


@recipe("custody.void_number")
def void_number(w: World) -> Wanted:
    used = models.Paper.objects.filter(series_year=w.day.year, series_category="收文")
    voided = models.VoidedNumber.objects.filter(series_year=w.day.year, series_category="收文")
    last = [*used.values_list("series_serial", flat=True)]
    last += voided.values_list("series_serial", flat=True)
    serial = max(last, default=0) + 1
    return w.by(w.office.registrar, year=w.day.year, serial=serial, reason="登记时跳号")


@recipe("custody.draw_up_slip")
def draw_up_slip(w: World) -> Wanted:
    moves = models.Movement.objects.filter(kind__in=("hand_over", "take_back"), voided_by=None)
    listed = set(models.SlipLine.objects.values_list("op", flat=True))
    rows = moves.filter(happened_on=w.day).order_by("-id").values()[:30]
    moved = w.one([row for row in rows if row["op"] not in listed])
    return w.by(moved["actor_id"], moved["copy_id"])


def _slip(w: World) -> dict[str, Any]:
    here = {row["id"] for row in w.people()}
    rows = models.Slip.objects.filter(confirmed_on=None, voided_by=None).order_by("-id")
    return w.one([row for row in rows.values()[:30] if row["person_id"] in here])


@recipe("custody.acknowledge_slip")
def acknowledge_slip(w: World) -> Wanted:
    slip = _slip(w)
    return w.by(slip["person_id"], slip["id"])


@recipe("custody.confirm_slip")
def confirm_slip(w: World) -> Wanted:
    slip = _slip(w)
    return w.by(w.office.registrar, slip["id"])


@recipe("custody.put_into_archive")
def put_into_archive(w: World) -> Wanted:
    copy = w.one(w.copies("stored"))
    return w.by(
        w.office.registrar,
        copy["id"],
        archive_number=f"{w.day.year}-WS-{w.serial():04d}",
        cabinet=w.cabinet(copy["paper__level"]),
        handed_over_by=w.person(),
    )


@recipe("custody.bring_back")
def bring_back(w: World) -> Wanted:
    out = w.copies("held", purpose="carrying")
    copy = w.one([row for row in out if row["holder_id"] != w.office.registrar])
    return w.by(w.office.registrar, copy["id"], findings="页数齐全，封装完好")


@recipe("custody.end_consultation")
def end_consultation(w: World) -> Wanted:
    copy = w.one(w.copies("held", purpose="consulting"))
    return w.by(w.office.registrar, copy["id"])
