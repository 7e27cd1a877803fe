"""Who answers for what (GZ3.1): pledges with two signatures, and who oversees which unit."""

from uuid import UUID

from tests.entrypoints.asking import Asked, name
from tests.entrypoints.scenarios.duties import Life, lives
from tests.entrypoints.scenarios.forms import Printed, prints
from tests.entrypoints.scenarios.governing import (
    LETTER,
    NEW_UNIT,
    UNIT,
    YEAR_LATER,
    appointed,
    new_unit,
)
from tests.entrypoints.scenarios.registers import Fact, records
from tests.entrypoints.scenarios.scene import Scene, shows
from tests.factories.deeds import do
from tests.factories.office import TODAY


def drawn_up(desk, **inputs):
    """The deed that draws up a pledge of the secrecy leader with the head of 研究室."""
    return Asked(
        action="governance.draw_up_pledge",
        post="registrar",
        inputs={
            "year": 2025,
            "role": "direct",
            "leader": name(desk.office.secrecy_leader),
            "leader_post": "副主任",
            "unit": UNIT,
            "head": name(desk.office.heads[UNIT]),
            **inputs,
        },
    )


def pledge(desk, **inputs) -> UUID:
    """A pledge that waits for its signatures."""
    made = {
        "year": 2025,
        "role": "direct",
        "leader": desk.office.secrecy_leader,
        "leader_post": "副主任",
        "unit": desk.office.units[UNIT],
        "head": desk.office.heads[UNIT],
    }
    told = do("governance.draw_up_pledge", desk.registrar, **{**made, **inputs}).told
    return UUID(told["pledge"])


def signed(key: UUID) -> Asked:
    """The deed that records the signatures."""
    return Asked(
        action="governance.sign_pledge",
        post="registrar",
        targets=[str(key)],
        inputs={
            "leader_signed_on": TODAY.isoformat(),
            "head_signed_on": TODAY.isoformat(),
            "place": "保密室",
        },
    )


def overseen(desk, unit: str) -> None:
    """The secrecy leader oversees a unit."""
    do(
        "governance.assign_oversight",
        desk.registrar,
        leader=desk.office.secrecy_leader,
        unit=desk.office.units[unit],
        letter=LETTER,
    )


@shows("GZ3.1a/two_different_persons_sign")
def pledge_with_oneself(desk):
    director = desk.office.office_director
    do(
        "governance.assign_oversight",
        desk.registrar,
        leader=director,
        unit=desk.office.units["办公室"],
        letter=LETTER,
    )
    own = drawn_up(desk, role="overseeing", unit="办公室", head=name(director))
    return Scene(drawn_up(desk), own.but(leader=name(director)))


@shows("GZ3.1b/the_main_leader_answers_for_all")
def secrecy_leader_signs_for_the_whole(desk):
    overall = drawn_up(desk, role="overall")
    leader = name(desk.office.group_leader)
    return Scene(overall.but(leader=leader, leader_post="秘书长", year=2026), overall)


@shows("GZ3.1c/the_secrecy_leader_answers_directly")
def main_leader_signs_as_the_secrecy_leader(desk):
    direct = drawn_up(desk)
    return Scene(direct, direct.but(leader=name(desk.office.group_leader), year=2026))


@shows("GZ3.1d/leader_oversees_the_unit")
def pledge_with_a_unit_of_another_leader(desk):
    overseen(desk, UNIT)
    lawful = drawn_up(desk, role="overseeing")
    other = name(desk.office.heads["法制委"])
    return Scene(lawful, lawful.but(unit="法制委", head=other))


@shows("GZ3.1d/overseer_belongs_to_the_leadership")
def reader_oversees_a_unit(desk):
    lawful = Asked(
        action="governance.assign_oversight",
        post="registrar",
        inputs={"leader": name(desk.office.secrecy_leader), "unit": UNIT, "letter": LETTER},
    )
    return Scene(lawful, lawful.but(leader=name(desk.reader)))


@shows("GZ3.1e/head_heads_the_unit")
def head_of_another_unit_signs(desk):
    lawful = drawn_up(desk)
    return Scene(lawful, lawful.but(head=name(desk.office.heads["法制委"])))


@lives("GZ3.1a/sign_the_pledge/PersonTakesPost")
def somebody_heads_a_unit_from_now_on(desk):
    key, head = pledge(desk), desk.office.heads[UNIT]
    new_unit(desk)
    return Life(opens=appointed(head, NEW_UNIT), closes=signed(key), owner=name(head), days=30)


@lives("GZ3.1a/sign_the_pledge/PledgeIsSigned")
def pledge_runs_for_a_year(desk):
    first = pledge(desk)
    second = pledge(desk, year=2026)
    head = name(desk.office.heads[UNIT])
    return Life(opens=signed(first), closes=signed(second), owner=head, days=YEAR_LATER)


@records("GZ3.1a governance_pledge")
def pledge_that_was_signed(desk):
    return Fact(
        register="governance.pledge",
        deed=signed(pledge(desk)),
        fields={
            "leader_signed_on": "“领导签字日期”没有填写",
            "head_signed_on": "“负责人签字日期”没有填写",
            "place": "“存放处”没有填写",
        },
        row={
            "unit": UNIT,
            "leader_signed_on": TODAY.isoformat(),
            "head_signed_on": TODAY.isoformat(),
            "place": "保密室",
        },
    )


def _answerable(deed: Asked, word: str, leader: str) -> Fact:
    return Fact(
        register="governance.pledge",
        deed=deed,
        fields={"role": "“领导的责任”没有填写", "leader": "“签订领导”没有填写"},
        row={"role": word, "leader": leader},
    )


@records("GZ3.1b governance_pledge")
def main_leader_answers_for_the_whole(desk):
    do(
        "office.appoint",
        desk.office.security_admin,
        desk.reader,
        second=desk.office.auditor,
        post="leader",
        letter=LETTER,
    )
    deed = drawn_up(desk, role="overall", leader=name(desk.reader), leader_post="主任")
    return _answerable(deed, "主要领导，负总责", name(desk.reader))


@records("GZ3.1c governance_pledge")
def secrecy_leader_answers_directly(desk):
    leader = name(desk.office.secrecy_leader)
    return _answerable(drawn_up(desk), "分管保密工作领导，负直接领导责任", leader)


@records("GZ3.1d governance_oversight")
def leader_oversees_a_unit(desk):
    leader = name(desk.office.secrecy_leader)
    return Fact(
        register="governance.oversight",
        deed=Asked(
            action="governance.assign_oversight",
            post="registrar",
            inputs={"leader": leader, "unit": UNIT, "scope": "调研", "letter": LETTER},
        ),
        fields={"leader": "“分管领导”没有填写", "unit": "“分管单位”没有填写"},
        row={"leader": leader, "unit": UNIT, "scope": "调研"},
    )


@records("GZ3.1e governance_pledge")
def head_answers_for_his_unit(desk):
    head = name(desk.office.heads[UNIT])
    leader = name(desk.office.secrecy_leader)
    return Fact(
        register="governance.pledge",
        deed=drawn_up(desk),
        fields={"unit": "“委（办）室”没有填写", "head": "“委（办）室负责人”没有填写"},
        row={"unit": UNIT, "head": head, "leader": leader},
    )


@prints("governance.pledge")
def pledge_printed(desk):
    key = pledge(desk)
    return Printed(
        thing=key,
        post="registrar",
        stranger="system_admin",
        shows={
            "unit": UNIT,
            "leader": f"{name(desk.office.secrecy_leader)}（副主任）",
            "head": name(desk.office.heads[UNIT]),
            "role": "分管保密工作领导，负直接领导责任",
            "leader_duties": "对保密工作负直接领导责任",
            "head_duties": "负责本委（办）室的保密工作",
            "closing": "纳入领导干部考核",
            "head_signs": "委（办）室负责人签字",
        },
    )
