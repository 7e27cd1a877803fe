"""Consulting, excerpting and quoting the archive (GZ2.2.4)."""

from baomi.engine.demo.office_plan import BARE_ROOM, READING_ROOM
from tests.entrypoints.asking import Asked, label, name
from tests.entrypoints.scenarios.duties import Life, lives
from tests.entrypoints.scenarios.keeping import given
from tests.entrypoints.scenarios.registers import Fact, records
from tests.entrypoints.scenarios.scene import Scene, shows
from tests.factories.approving import approved
from tests.registers.custody.travelling import archived, consultation, consulted

APPROVED = "GZ2.2.4a/approved_by_post_in_terms"
EXCERPT = {"excerpts": "是", "excerpt_use": "年鉴第三章"}


def read(desk, what: str, **inputs) -> Asked:
    """The deed by which the reader consults an archived copy."""
    return Asked(
        action="custody.consult_archive",
        post="registrar",
        targets=[what],
        inputs={
            "person": name(desk.reader),
            "purpose": "编写年鉴",
            "place": READING_ROOM,
            **inputs,
        },
    )


def approve(desk, copy, **how) -> None:
    """Let exactly what ``read`` asks for be approved, past every door."""
    approved(desk.reader, "custody.consult_archive", copy, **consultation(desk, **how))


def ended(what: str, **inputs: str) -> Asked:
    """The deed by which a consulted copy goes back."""
    return Asked(action="custody.end_consultation", post="registrar", targets=[what], inputs=inputs)


@shows("GZ2.2.4a/archived_copy_stays_in_the_archive")
def handed_out_of_the_archive(desk):
    _, copy = archived(desk)
    _, copies = desk.ready(number="")
    reader = name(desk.reader)
    return Scene(given(label(copies[0]), reader), given(label(copy), reader))


# an approval is given for one person, and for no other
@shows("GZ2.2.4a/consulting_person_may_know_it", beside=(APPROVED,))
def consulted_by_who_may_not_know_it(desk):
    _, copy = archived(desk)
    approve(desk, copy)
    lawful = read(desk, label(copy))
    return Scene(lawful, lawful.but(person=name(desk.office.readers["法制委"][0])))


@shows("GZ2.2.4a/archive_is_read_in_a_protected_place")
def consulted_where_nothing_protects(desk):
    _, copy = archived(desk)
    approve(desk, copy)
    lawful = read(desk, label(copy))
    return Scene(lawful, lawful.but(place=BARE_ROOM))


@shows("GZ2.2.4b/excerpt_was_approved_beforehand")
def excerpted_on_ones_own(desk):
    _, copy = archived(desk)
    consulted(desk, copy)
    what = label(copy)
    return Scene(ended(what), ended(what, excerpted="第3页", excerpt_kept="年鉴稿"))


@shows("GZ2.2.4b/excerpt_goes_where_it_is_written")
def excerpt_that_nobody_finds_again(desk):
    _, copy = archived(desk)
    consulted(desk, copy, excerpts=True, excerpt_use="年鉴第三章")
    unlawful = ended(label(copy), excerpted="第3页")
    return Scene(unlawful.but(excerpt_kept="年鉴稿"), unlawful)


@lives("GZ2.2.4a/end_consultation/ArchiveIsConsulted")
def archive_consulted(desk):
    _, copy = archived(desk)
    approve(desk, copy)
    what = label(copy)
    return Life(opens=read(desk, what), closes=ended(what), owner=name(desk.reader), days=0)


@records("GZ2.2.4a custody_consultation")
def consultation_registered(desk):
    _, copy = archived(desk)
    approve(desk, copy)
    reader = name(desk.reader)
    return Fact(
        register="custody.consultation",
        deed=read(desk, label(copy)),
        fields={"person": "“查档人”没有填写", "purpose": "“查档事由”没有填写"},
        row={"person": reader, "purpose": "编写年鉴", "state": "查阅中"},
    )


@records("GZ2.2.4b custody_consultation")
def excerpt_registered(desk):
    _, copy = archived(desk)
    approve(desk, copy, excerpts=True, excerpt_use="年鉴第三章")
    return Fact(
        register="custody.consultation",
        deed=read(desk, label(copy), **EXCERPT),
        fields={"excerpt_use": "请填写“摘录、引用的用途”"},
        row={"person": name(desk.reader), "excerpt_use": "年鉴第三章"},
    )
