"""For each fact that a clause wants recorded: the deed that records it, and its row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.entrypoints.asking import Asked, label, name, paper
from tests.entrypoints.scenarios.keeping import given, stored
from tests.entrypoints.scenarios.reading import conveyed, received
from tests.registers.custody.desk import Desk


@dataclass(frozen=True)
class Fact:
    """A deed, without whose fields nothing is recorded, and the row that it leaves.

    ``fields``: what cannot be left out, each with the words that say so. ``row``: some cells of
    the row, by column, as a person reads them.
    """

    register: str  # the list: custody.copy
    deed: Asked
    fields: Mapping[str, str]
    row: Mapping[str, str]
    bears_the_fields: Asked | None = None  # the deed that they belong to, if it is another one


Prepare = Callable[[Desk], Fact]
FACTS: dict[str, Prepare] = {}


def records(rule: str) -> Callable[[Prepare], Prepare]:
    """Say which clause's register a scenario shows: ``GZ2.3.1a custody_movement``."""

    def keep(prepare: Prepare) -> Prepare:
        assert rule not in FACTS, f"{rule} has two scenarios"
        FACTS[rule] = prepare
        return prepare

    return keep


@records("GZ2.2.1a office_room")
def room_and_its_measures(desk):
    head = name(desk.office.heads["研究室"])
    inputs = {"name": "东楼 203", "unit": "研究室", "responsible": head, "keeps_papers": "是"}
    return Fact(
        register="office.room",
        deed=Asked(
            action="office.add_room",
            post="registrar",
            inputs={**inputs, "measures": "防盗门、铁窗"},
        ),
        fields={"name": "“房间名称”没有填写"},
        row={"name": "东楼 203", "measures": "防盗门、铁窗"},
    )


@records("GZ2.2.1b custody_copy")
def copy_in_its_cabinet(desk):
    _, copies = desk.receive()
    what = label(copies[0])
    return Fact(
        register="custody.copy",
        deed=stored(what, "机密柜"),
        fields={"cabinet": "请填写文件柜"},
        row={"label": what, "state": "在柜", "cabinet": "机密柜"},
    )


@records("GZ2.3.1a custody_movement")
def copy_handed_over(desk):
    key, copies = desk.ready()
    reader = name(desk.reader)
    return Fact(
        register="custody.movement",
        deed=given(label(copies[1]), reader),
        fields={"person": "“接收人”没有填写"},
        row={"registered_number": paper(key), "kind": "交阅", "to_holder": reader},
    )


@records("GZ2.3.2b custody_movement")
def copy_locked_in_again(desk):
    key, copies = desk.ready()
    _, (new, *_) = desk.receive(number="×办发〔2025〕8号")
    desk.give(copies[0])
    reader = name(desk.reader)
    return Fact(
        register="custody.movement",
        deed=Asked(
            action="custody.take_back_copy",
            post="registrar",
            targets=[label(copies[0])],
            inputs={"cabinet": "机密柜"},
        ),
        fields={"cabinet": "请填写文件柜"},
        bears_the_fields=Asked(
            action="custody.store_copies",
            post="registrar",
            targets=[label(new)],
            inputs={"cabinet": "绝密柜"},
        ),
        row={
            "registered_number": paper(key),
            "kind": "收回",
            "from_holder": reader,
            "to_cabinet": "机密柜",
        },
    )


@records("GZ2.3.4a custody_paper")
def unmarked_paper_of_a_higher_body(desk):
    return Fact(
        register="custody.paper",
        deed=received(level="", issuer="省委办公厅"),
        fields={
            "papers": "“文件”没有填写",
            "papers.issuer": "“文件第1项的来文单位”没有填写",
        },
        row={"issuer": "省委办公厅", "level": "内部"},
    )


@records("GZ2.3.4b custody_conveyance")
def paper_conveyed(desk):
    key, _ = desk.receive(release_level="县团级")
    return Fact(
        register="custody.conveyance",
        deed=conveyed(paper(key)),
        fields={"audience": "“传达对象”没有填写", "audience_level": "“对象层次”没有填写"},
        row={
            "registered_number": paper(key),
            "audience": "机关处级干部",
            "release_level": "县团级",
        },
    )


@records("DM8 custody_paper")
def disc_of_our_own(desk):
    return Fact(
        register="custody.paper",
        deed=Asked(
            action="custody.register_own_paper",
            post="registrar",
            inputs={"title": "工作要点（光盘）", "carrier": "disc"},
        ),
        fields={"carrier": "“载体类别”没有填写"},
        row={"title": "工作要点（光盘）", "carrier": "光盘"},
    )
