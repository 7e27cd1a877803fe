"""Tables of the office itself. Instants are µs since 1970 UTC, days are the office's days."""

from __future__ import annotations

from django.db import models

from baomi.kernel.words import PersonnelClass
from baomi.registers.columns import LEVELS, LedgeredModel

CLASSES = [(each.value, each.value) for each in PersonnelClass]


class Office(LedgeredModel):
    """The office (机关) whose registers these are: one row."""

    name = models.CharField(max_length=120)
    demo = models.BooleanField(default=False)
    founded_on = models.DateField()
    witness = models.CharField(max_length=80)

    class Meta:
        db_table = "office_office"


class Unit(LedgeredModel):
    """An inner unit: 委(办)室 or 科室."""

    name = models.CharField(max_length=80)
    within = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "office_unit"
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(closed_on=None), name="unit_name_once"
            )
        ]


class Person(LedgeredModel):
    """Somebody of the office. Telephone and identity number are sealed."""

    sealed_columns = ("phone", "identity_number")
    derived_columns = ("initials",)

    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=80, db_index=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    rank = models.CharField(max_length=40)
    personnel_class = models.CharField(max_length=12, choices=CLASSES)
    class_ground = models.CharField(max_length=120)
    phone = models.TextField(null=True)  # noqa: DJ001 — sealed: no text is not an empty text
    identity_number = models.TextField(null=True)  # noqa: DJ001 — sealed, as above
    badge_serial = models.PositiveIntegerField(unique=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    # the first row of the same human being; null: this row is the first
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "office_person"


class HumanRecord(LedgeredModel):
    """That two rows are one human being, or are not after all; on what ground."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    same_as = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    ground = models.CharField(max_length=120)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "office_human_record"


class PostHolding(LedgeredModel):
    """Who holds which post, for which unit, from when to when, by which letter."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # the last day
    letter = models.CharField(max_length=80)  # number of the letter of appointment
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ex_officio = models.BooleanField(default=False)

    class Meta:
        db_table = "office_post_holding"
        indexes = [models.Index(fields=["post", "unit"], name="holding_by_post")]


class Deputation(LedgeredModel):
    """A dated, recorded stand-in for the holder of a post."""

    principal = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    ground = models.CharField(max_length=120)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "office_deputation"


class OutsideBody(LedgeredModel):
    """A body outside the office: an issuer, an authority, a receiving unit."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    central_or_provincial = models.BooleanField(default=False)

    class Meta:
        db_table = "office_outside_body"


class Room(LedgeredModel):
    """A room; papers are kept or read only where protective measures are recorded (GZ2.2.1a)."""

    name = models.CharField(max_length=80, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    keeps_papers = models.BooleanField()
    measures = models.TextField()  # empty: none recorded yet

    class Meta:
        db_table = "office_room"


class Cabinet(LedgeredModel):
    """A cabinet that locks, the highest level it may hold, and who answers for it."""

    name = models.CharField(max_length=80, unique=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")
    level = models.SmallIntegerField(choices=LEVELS)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    label_serial = models.PositiveIntegerField(unique=True)
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "office_cabinet"


class Account(LedgeredModel):
    """An account of one person; what it may do follows from the person's posts."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    login = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12)  # active, suspended, closed
    password_set_on = models.DateField(null=True)  # null: a one-time code is still in force

    class Meta:
        db_table = "office_account"


class AccountRecord(LedgeredModel):
    """What befell an account, why, and who confirmed it."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)  # granted, suspended, resumed, reset, recovered, closed
    on = models.DateField()
    ground = models.CharField(max_length=120)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "office_account_record"


class BadgeRecord(LedgeredModel):
    """What befell somebody's badge and the PIN that goes with it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)  # pin_set, blocked
    serial = models.PositiveIntegerField()  # of the badge then: a blocked one is never used again
    on = models.DateField()
    ground = models.CharField(max_length=120)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "office_badge_record"
        indexes = [models.Index(fields=["kind", "serial"], name="badge_by_kind")]


class KeyDestruction(LedgeredModel):
    """That somebody's sealed personal data were made unreadable, and by which order."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    order_letter = models.CharField(max_length=80)
    destroyed_on = models.DateField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "office_key_destruction"


class Credential(models.Model):
    """Password hash or one-time code's digest of an account. Never ledgered, never exported."""

    account = models.OneToOneField(
        Account, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    secret = models.CharField(max_length=200)
    earlier = models.JSONField(default=list)  # hashes of earlier passwords, newest first

    class Meta:
        db_table = "office_credential"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"credential {self.pk}"


class BadgePin(models.Model):
    """Hash of the PIN (确认码) that goes with somebody's badge. Never ledgered, never exported."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    secret = models.CharField(max_length=200)

    class Meta:
        db_table = "office_badge_pin"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"PIN {self.pk}"


class IdentityIndex(models.Model):
    """A keyed digest of somebody's identity number. Never ledgered; goes with his personal key."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        db_table = "office_identity_index"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"identity {self.pk}"


class SubjectKey(models.Model):
    """A subject's wrapped key for its sealed columns. Never ledgered: destroying it deletes."""

    subject = models.UUIDField(primary_key=True)
    wrapped = models.TextField()

    class Meta:
        db_table = "office_subject_key"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"key of {self.pk}"
