"""Browsers without a browser: Django's client, logged in as somebody of the invented office."""

import secrets
from uuid import UUID

from django.conf import settings
from django.test import Client

from baomi.engine import login
from baomi.engine.runtime.models import Session
from baomi.kernel.clock import clock
from baomi.kernel.words import Post
from baomi.registers.office import load as office
from baomi.registers.office import models

MINUTE_US = 60_000_000


def person_of(text: str) -> UUID:
    """The first holder of a post: ``registrar``, ``unit_keeper@研究室``."""
    code, _, unit = text.partition("@")
    of = models.Unit.objects.values_list("id", flat=True).get(name=unit) if unit else None
    return office.holders(Post(code), clock.today(), unit=of)[0]


def token_for(person: UUID, *, idle_minutes: int = 10) -> str:
    """A session of somebody, as ``login.log_in`` opens it, without hashing a password."""
    account = models.Account.objects.values_list("id", flat=True).get(person=person)
    secret = models.Credential.objects.values_list("secret", flat=True).get(account=account)
    token = f"{account.hex}.{secrets.token_urlsafe(32)}"
    now = clock.now_us()
    Session.objects.create(
        token_hash=login._token_hash(token, secret),
        account=account,
        person=person,
        opened_us=now,
        seen_us=now,
        idle_us=idle_minutes * MINUTE_US,
        expires_us=now + 8 * 60 * MINUTE_US,
    )
    return token


def client_of(person: UUID, **options) -> Client:
    """A browser in which somebody is logged in."""
    browser = Client(**options)
    browser.cookies[settings.SESSION_COOKIE] = token_for(person)
    return browser
