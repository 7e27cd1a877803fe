"""Somebody at the desk confirms with his badge and his PIN (确认码) what he was given.

As with a log-in, whoever is not let through hears one and the same sentence, and few failures
block: a PIN of six digits is safe only while nobody may try many. Persons are compared, never
badges.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from baomi.engine import login
from baomi.engine.runtime.models import LoginAttempt
from baomi.kernel.clock import clock
from baomi.kernel.labels import LabelError
from baomi.kernel.verdict import BadInput
from baomi.registers.office import load as office
from baomi.registers.office import models
from baomi.registers.office.pins import LONGEST, pin_matches
from baomi.rulebook.terms import Terms


class PinRefused(Exception):
    """Unknown or blocked badge, wrong PIN, none set, too many attempts, left: which, is not told.

    ``sentence`` tells the reader what to do.
    """

    sentence = "工牌或确认码不正确，或尝试过多、工牌不可用：请核对后再试，或改为签字确认。"


def confirmed_by_badge(badge_text: str, pin: str, *, actor: UUID, address: str = "") -> UUID:
    """Who confirms, as ``Request.second`` wants it.

    Raises ``BadInput`` for what is no badge of this office, and when it is the actor himself;
    ``PinRefused`` otherwise. A failure is counted against the person, and the address if given.
    """
    serial = _serial_in(badge_text)
    person = models.Person.objects.filter(badge_serial=serial).values_list("id", flat=True).first()
    # the person: a new badge is no new chance to guess; an unknown badge is counted all the same
    counted = [login.counter("badge", person.hex if person else f"unknown {serial}")]
    if address:
        counted.append(login.counter("badge address", address))
    locked = login.is_locked(counted)
    attempts = [] if locked else login.count(counted)
    kept = models.BadgePin.objects.filter(person=person).values_list("secret", flat=True).first()
    with login.HASHING:
        right = pin_matches(kept, pin[: LONGEST + 1])
    if locked or not right or person is None or not _may_confirm(person):
        raise PinRefused
    LoginAttempt.objects.filter(Q(name_hash=counted[0]) | Q(id__in=attempts)).delete()
    if person == actor:
        raise BadInput("确认人不能是办理人本人，请接收人用自己的工牌确认", field="second")
    return person


def _serial_in(text: str) -> int:
    try:
        label = office.label_in(text)
    except LabelError as broken:
        raise BadInput(str(broken), field="second") from None
    if label.kind != "P":
        raise BadInput("扫到的不是工牌，请扫工牌上的条码", field="second")
    return label.serial


def _may_confirm(person: UUID) -> bool:
    today = clock.today()
    account = office.account_of(person)
    in_service = office.people([person], today, Terms.on(today))[person].in_service
    return in_service and (account is None or account.state == "active")
