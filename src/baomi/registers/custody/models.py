"""Tables of custody: papers, their numbered copies, circles and every movement."""

from __future__ import annotations

from django.db import models

from baomi.kernel.words import Level
from baomi.registers.columns import LEVELS, LedgeredModel


class Envelope(LedgeredModel):
    """An envelope as it was opened: its state, what the slip said, what was found."""

    received_on = models.DateField()
    sender = models.CharField(max_length=120)
    sent_number = models.CharField(max_length=60)
    intact = models.BooleanField()
    papers_stated = models.PositiveIntegerField()
    papers_found = models.PositiveIntegerField()
    difference = models.TextField()  # how a difference was explained; empty: none
    received_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "custody_envelope"


class Paper(LedgeredModel):
    """A paper, received or our own: what it is, its level and term, its number."""

    origin = models.CharField(max_length=10)  # received, own
    carrier = models.CharField(max_length=20)  # paper, telegram, disc, electronic_file
    envelope = models.ForeignKey(Envelope, null=True, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=120)
    number = models.CharField(max_length=120)  # 文号 as typed; empty: it bears none
    number_key = models.CharField(max_length=160, db_index=True)
    title = models.CharField(max_length=400)
    level = models.SmallIntegerField(choices=LEVELS)
    mark_typed = models.CharField(max_length=60)  # the mark as it stands on the paper
    term_kind = models.CharField(max_length=12)  # years, months, until, condition; empty: none
    term_value = models.CharField(max_length=60)
    term_presumed = models.BooleanField()  # the paper states none; taken from terms/
    series_year = models.PositiveIntegerField()
    series_category = models.CharField(max_length=20)
    series_serial = models.PositiveIntegerField()
    registered_number = models.CharField(max_length=40)  # 收文编号 as it is written
    registered_on = models.DateField()
    dated_on = models.DateField(null=True)
    pages = models.PositiveIntegerField(null=True)
    release_level = models.CharField(max_length=80)  # 发布层次
    conveyance = models.CharField(max_length=200)  # 传达要求
    handling_unit = models.ForeignKey(
        "office.Unit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    handler = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    marked_by = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    circle_set_on = models.DateField(null=True)
    copy_forbidden = models.BooleanField(default=False)  # the paper says 不准复制
    remarks = models.TextField()
    notes = models.JSONField(default=list)  # a recorded past: what the rules would have said
    ver = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "custody_paper"
        constraints = [
            models.UniqueConstraint(
                fields=["series_year", "series_category", "series_serial"],
                name="registered_number_once",
            )
        ]
        indexes = [
            models.Index(fields=["series_year", "series_serial", "id"], name="paper_by_number"),
            models.Index(fields=["series_year", "id"], name="paper_by_year"),
            models.Index(fields=["registered_on", "id"], name="paper_by_day"),
            models.Index(fields=["level", "id"], name="paper_by_level"),
        ]


class Copy(LedgeredModel):
    """One numbered copy (份), and who has it: a person, or a named cabinet."""

    derived_columns = ("level",)

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    copy_number = models.CharField(max_length=40)  # 份号, text
    office_numbered = models.BooleanField()  # the paper bore none, the office gave one
    label_serial = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=12)  # unstored, stored, held, missing
    cabinet = models.ForeignKey(
        "office.Cabinet", null=True, on_delete=models.PROTECT, related_name="+"
    )
    home_cabinet = models.ForeignKey(
        "office.Cabinet", null=True, on_delete=models.PROTECT, related_name="+"
    )
    holder = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_by = models.ForeignKey(  # the unit's keeper to whom it goes back
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(max_length=10)  # empty: not held
    since = models.DateField()
    ver = models.PositiveIntegerField(default=1)
    # its paper's, for finding copies of a level; what decides is the paper's own
    level = models.SmallIntegerField(choices=LEVELS, default=Level.NONE.value)

    class Meta:
        db_table = "custody_copy"
        constraints = [
            models.UniqueConstraint(fields=["paper", "copy_number"], name="copy_number_once")
        ]
        indexes = [
            models.Index(fields=["state", "label_serial"], name="copy_by_state"),
            models.Index(fields=["cabinet", "label_serial"], name="copy_by_cabinet"),
            models.Index(fields=["since", "label_serial"], name="copy_by_since"),
            models.Index(fields=["level", "label_serial"], name="copy_by_level"),
            models.Index(fields=["copy_number"], name="copy_by_number"),
        ]


class CircleMember(LedgeredModel):
    """Somebody whom a circle meant when it was fixed, and on what ground he was found.

    By name he stays in it; by unit, post or rank he is in it as long as the ground covers him.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=60)  # person, unit:…, post:…, rank:…
    added_on = models.DateField()

    class Meta:
        db_table = "custody_circle_member"
        constraints = [models.UniqueConstraint(fields=["paper", "person"], name="in_circle_once")]
        indexes = [models.Index(fields=["person", "paper"], name="circle_by_person")]


class CircleGround(LedgeredModel):
    """A unit, post or rank all of whom may read a paper, whoever they are on the day."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=60)  # unit:<id>, post:<code>, rank:<as registered>
    added_on = models.DateField()

    class Meta:
        db_table = "custody_circle_ground"
        constraints = [models.UniqueConstraint(fields=["paper", "ground"], name="ground_once")]
        indexes = [models.Index(fields=["ground", "paper"], name="circle_by_ground")]


class Movement(LedgeredModel):
    """What befell a copy, in order: the history that people read."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+", db_index=False)
    op = models.UUIDField(db_index=True)  # operation: leads to the ledger entry
    kind = models.CharField(max_length=20)
    happened_on = models.DateField()
    at_us = models.BigIntegerField()
    turn = models.PositiveIntegerField()  # the copy's version that it made: the order of deeds
    actor = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    from_holder = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    from_cabinet = models.ForeignKey(
        "office.Cabinet", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_holder = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    to_cabinet = models.ForeignKey(
        "office.Cabinet", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    purpose = models.CharField(max_length=10)
    place = models.ForeignKey(  # room in which it is read
        "office.Room", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    remark = models.TextField()
    before = models.JSONField()  # the copy's custody before: what an undo restores
    voided_by = models.UUIDField(null=True)
    notes = models.JSONField(default=list)

    class Meta:
        db_table = "custody_movement"
        constraints = [models.UniqueConstraint(fields=["copy", "turn"], name="movement_turn_once")]
        indexes = [
            models.Index(fields=["happened_on", "id"], name="movement_by_day"),
            models.Index(fields=["kind", "happened_on", "id"], name="movement_by_kind"),
        ]


class Slip(LedgeredModel):
    """A hand-over slip (交接清单): what one person got or gave back, and his word on it."""

    label_serial = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=4)  # out, back
    person = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    drawn_up_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    drawn_up_on = models.DateField()
    at_us = models.BigIntegerField()
    op = models.UUIDField()  # operation: leads to the ledger entry, whose receipt is printed
    confirmed_on = models.DateField(null=True)
    confirmed_how = models.CharField(max_length=10)  # pin, login, signature; empty: not yet
    confirmed_by_scan = models.UUIDField(null=True)  # the signed paper, scanned in
    voided_by = models.UUIDField(null=True)  # operation that took back what it lists

    class Meta:
        db_table = "custody_slip"
        indexes = [models.Index(fields=["person", "drawn_up_on"], name="slip_by_person")]


class SlipLine(LedgeredModel):
    """One movement of a copy, as a slip lists it."""

    slip = models.ForeignKey(Slip, on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+")
    op = models.UUIDField(db_index=True)  # operation that moved the copy

    class Meta:
        db_table = "custody_slip_line"
        constraints = [models.UniqueConstraint(fields=["slip", "copy"], name="on_slip_once")]


class Conveyance(LedgeredModel):
    """A paper conveyed (传达): to whom, where, within which release level (GZ2.3.4b)."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    conveyed_on = models.DateField()
    audience = models.CharField(max_length=200)
    audience_level = models.CharField(max_length=80)
    manner = models.CharField(max_length=80)
    place = models.ForeignKey("office.Room", on_delete=models.PROTECT, related_name="+")
    conveyed_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "custody_conveyance"


class Correction(LedgeredModel):
    """Descriptive fields of a record that were put right, and why; the values are in the ledger."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, null=True, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField()  # names of the columns
    reason = models.CharField(max_length=200)
    corrected_on = models.DateField()
    corrected_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "custody_correction"


class VoidedNumber(LedgeredModel):
    """A number of a series that will never be used, and why."""

    series_year = models.PositiveIntegerField()
    series_category = models.CharField(max_length=20)
    series_serial = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    voided_on = models.DateField()

    class Meta:
        db_table = "custody_voided_number"
        constraints = [
            models.UniqueConstraint(
                fields=["series_year", "series_category", "series_serial"],
                name="voided_number_once",
            )
        ]


class TitleShadow(models.Model):
    """A paper's title, issuer and number as a search compares them. Derived, never ledgered."""

    paper = models.UUIDField(primary_key=True)
    folded = models.TextField()

    class Meta:
        db_table = "custody_title_shadow"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"shadow of {self.paper}"


class TitlePair(models.Model):
    """Two neighbouring signs of a paper's shadow. Derived, never ledgered."""

    pk = models.CompositePrimaryKey("pair", "paper")
    pair = models.CharField(max_length=2)
    paper = models.UUIDField()

    class Meta:
        db_table = "custody_title_pair"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"pair of {self.paper}"
