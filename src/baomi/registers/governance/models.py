"""Tables of the leading group's work. Earlier versions are kept, never written over."""

from __future__ import annotations

from django.db import models

from baomi.registers.columns import LEVELS, LedgeredModel


class Yearly(LedgeredModel):
    """A version of a year's plan (plan) or summary (summary)."""

    kind = models.CharField(max_length=8)
    year = models.PositiveIntegerField()
    version = models.PositiveIntegerField()  # from 1
    title = models.CharField(max_length=120)
    body = models.TextField()
    drafted_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    adopted_on = models.DateField()
    letter = models.CharField(max_length=80)  # number of the document; empty: it has none
    level = models.SmallIntegerField(choices=LEVELS)
    ground = models.CharField(max_length=200)  # why it was changed; empty: the first version
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    replaced_on = models.DateField(null=True)  # null: it stands

    class Meta:
        db_table = "governance_yearly"
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "version"], name="yearly_version_once"),
            models.UniqueConstraint(
                fields=["kind", "year"],
                condition=models.Q(replaced_on=None),
                name="yearly_stands_once",
            ),
        ]
        indexes = [models.Index(fields=["year", "id"], name="yearly_by_year")]


class Item(LedgeredModel):
    """A goal of a plan, or what was done of a summary."""

    yearly = models.ForeignKey(Yearly, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveIntegerField()  # from 1
    what = models.CharField(max_length=300)
    unit = models.ForeignKey("office.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(null=True)  # of a goal
    goal = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "governance_item"
        constraints = [
            models.UniqueConstraint(fields=["yearly", "ordinal"], name="item_ordinal_once")
        ]


class RulebookVersion(LedgeredModel):
    """A version of one of the five 制度."""

    system = models.CharField(max_length=2)
    issued_on = models.DateField()
    in_force_from = models.DateField()
    letter = models.CharField(max_length=80)
    adopted_by = models.CharField(max_length=120)
    repealed_on = models.DateField(null=True)  # null: in force
    note = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)  # of the text that the program carries; empty: none
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "governance_rulebook_version"
        constraints = [
            models.UniqueConstraint(fields=["system", "issued_on"], name="version_once"),
            models.UniqueConstraint(
                fields=["system"], condition=models.Q(repealed_on=None), name="version_stands_once"
            ),
        ]
        indexes = [models.Index(fields=["issued_on", "id"], name="version_by_day")]


class RulebookReview(LedgeredModel):
    """That somebody looked into whether a version must be revised, and what he found."""

    version = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField()
    needs_revision = models.BooleanField()
    reason = models.CharField(max_length=500)
    reviewed_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "governance_rulebook_review"
        indexes = [models.Index(fields=["reviewed_on", "id"], name="review_by_day")]


class Document(LedgeredModel):
    """Another document or material of secrecy work that the leading group drafted."""

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    letter = models.CharField(max_length=80)
    dated_on = models.DateField()
    drafted_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    level = models.SmallIntegerField(choices=LEVELS)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "governance_document"
        indexes = [models.Index(fields=["dated_on", "id"], name="document_by_day")]


class Pledge(LedgeredModel):
    """A pledge (责任书) of a leader and the head of a unit: drawn up, then signed."""

    year = models.PositiveIntegerField()
    role = models.CharField(max_length=12)  # for what the leader answers
    leader = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    leader_post = models.CharField(max_length=80)  # as it is called on the paper
    unit = models.ForeignKey("office.Unit", on_delete=models.PROTECT, related_name="+")
    head = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    text_version = models.CharField(max_length=20)
    copies = models.PositiveSmallIntegerField()  # originals
    drawn_up_on = models.DateField()
    drawn_up_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    leader_signed_on = models.DateField(null=True)  # null: not signed yet
    head_signed_on = models.DateField(null=True)
    place = models.CharField(max_length=120, default="")  # where the signed paper lies
    recorded_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_on = models.DateField(null=True)
    cancelled_because = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "governance_pledge"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "unit", "head", "leader"],
                condition=models.Q(cancelled_on=None),
                name="pledge_once",
            )
        ]
        indexes = [
            models.Index(fields=["year", "id"], name="pledge_by_year"),
            models.Index(fields=["head", "id"], name="pledge_by_head"),
            models.Index(fields=["leader", "id"], name="pledge_by_leader"),
        ]


class Oversight(LedgeredModel):
    """Which unit somebody of the leadership oversees (分管), from when to when."""

    leader = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("office.Unit", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=200)  # the business that is overseen besides
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # the last day
    letter = models.CharField(max_length=80)
    recorded_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "governance_oversight"
        indexes = [models.Index(fields=["from_on", "id"], name="oversight_by_day")]
