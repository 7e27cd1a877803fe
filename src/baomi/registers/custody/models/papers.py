"""Tables of papers: envelopes, papers, who may read them, what was conveyed or corrected."""

from __future__ import annotations

from django.db import models

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
