"""Stand-ins and one human under two rows (X1): heads depute their keepers, nobody counts twice."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from baomi.registers.office import load
from tests.entrypoints.asking import Asked, name
from tests.entrypoints.scenarios.forms import Printed, prints
from tests.entrypoints.scenarios.scene import Scene, shows
from tests.factories.deeds import do
from tests.factories.office import TODAY

UNTIL = TODAY + timedelta(days=4)


@shows("X1a/posts_of_one_human_do_not_exclude_each_other")
def auditor_found_to_be_the_registrar(desk):
    lawful = Asked(
        action="office.same_human",
        post="security_admin",
        targets=[name(desk.reader)],
        inputs={"first": name(desk.general), "ground": "核对人事档案"},
        confirmed=True,
    )
    unlawful = replace(lawful, targets=[name(desk.office.auditor)])
    return Scene(lawful, unlawful.but(first=name(desk.registrar)))


@shows("X1d/head_deputes_only_his_keeper_and_not_for_long")
def keeper_deputed_by_his_head(desk):
    lawful = Asked(
        action="office.depute",
        post="unit_head@研究室",
        targets=[f"{name(desk.keeper)}/unit_keeper"],
        inputs={"deputy": name(desk.reader), "until_on": UNTIL.isoformat(), "ground": "专人病假"},
        confirmed=True,
    )
    later = TODAY + timedelta(days=40)
    return Scene(lawful, lawful.but(until_on=later.isoformat()))


@shows("X1d/head_ends_only_his_keepers_deputation")
def keepers_deputation_ended_by_his_head(desk):
    own, other = desk.office.readers["研究室"][2], desk.office.readers["财经委"][0]
    deputed(desk, desk.keeper, own)
    deputed(desk, desk.office.keepers["财经委"], other)
    lawful = Asked(action="office.end_deputation", post="unit_head@研究室", targets=[name(own)])
    return Scene(lawful, replace(lawful, targets=[name(other)]))


def deputed(desk, keeper, deputy):
    (holding,) = load.holdings_of(keeper, TODAY, None)
    told = do(
        "office.depute",
        desk.office.security_admin,
        holding.id,
        second=desk.office.auditor,
        deputy=deputy,
        until_on=UNTIL,
        ground="专人病假",
    ).told
    return UUID(told["deputation"])


@prints("custody.keeper_list")
def keeper_stood_in_for(desk):
    _, copies = desk.ready()
    desk.lend_to_keeper(*copies[:2])
    desk.give(copies[1], by=desk.keeper)
    key = deputed(desk, desk.keeper, desk.office.readers["研究室"][2])
    return Printed(
        thing=key,
        post="unit_keeper@研究室",
        stranger="auditor",
        shows={
            "principal": name(desk.keeper),
            "deputy": name(desk.office.readers["研究室"][2]),
            "in_hand": "1",
            "copies": f"000759机密{name(desk.reader)}",
        },
    )
