"""Posts that exclude each other, two persons for a deed, nobody's own class (X1)."""

from dataclasses import replace

from tests.entrypoints.asking import Asked, name
from tests.entrypoints.scenarios.scene import Scene, shows


@shows("X1a/posts_do_not_exclude_each_other")
def administrator_appointed_registrar(desk):
    reader, administrator = name(desk.reader), name(desk.office.system_admin)
    lawful = Asked(
        action="office.appoint",
        post="security_admin",
        targets=[reader],
        inputs={"post": "registrar", "letter": "云人发〔2025〕9号"},
        confirmed=True,
    )
    return Scene(lawful, replace(lawful, targets=[administrator]))


@shows("X1b/two_persons_stand_for_the_deed")
def account_reset_by_one_alone(desk):
    lawful = Asked(
        action="office.reset_account",
        post="system_admin",
        targets=[desk.office.logins[desk.reader]],
        inputs={"ground": "遗忘口令"},
        confirmed=True,
    )
    return Scene(lawful, replace(lawful, confirmed=False))


@shows("X1c/nobody_has_a_say_in_his_own_class")
def own_class_set(desk):
    lawful = Asked(
        action="office.set_class",
        post="security_admin",
        targets=[name(desk.general)],
        inputs={"personnel_class": "important", "ground": "涉密人员审查表"},
    )
    return Scene(lawful, replace(lawful, targets=[name(desk.office.security_admin)]))
