"""Tables of approvals (审批): the request, what it needs on each thing, and each decision."""

from __future__ import annotations

from django.db import models

from baomi.registers.columns import LEVELS, LedgeredModel


class ApprovalRequest(LedgeredModel):
    """A request (报批): one deed on some things, as it was entered, waiting to be approved."""

    label_serial = models.PositiveIntegerField(unique=True)
    action = models.CharField(max_length=80)  # the deed that is to be done
    title = models.CharField(max_length=40)  # its name, Chinese
    things_kind = models.CharField(max_length=40)  # custody.copy; empty: it has no target
    things = models.JSONField()  # ids
    entered = models.JSONField()  # its inputs, done with exactly these
    reason = models.CharField(max_length=500)
    level = models.SmallIntegerField(choices=LEVELS)  # the highest of the things
    asked_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    at_us = models.BigIntegerField()
    again_of = models.UUIDField(null=True)  # the one that was returned for change
    state = models.CharField(max_length=10)  # waiting, granted, refused, returned, withdrawn, used
    settled_on = models.DateField(null=True)

    class Meta:
        db_table = "approvals_request"
        indexes = [
            models.Index(fields=["asked_by", "state", "id"], name="request_by_asker"),
            models.Index(fields=["state", "id"], name="request_by_state"),
        ]


class ApprovalNeed(LedgeredModel):
    """What must be approved: under one rule, on one thing, for exactly what is stated."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField()
    rule = models.CharField(max_length=80)
    clause = models.CharField(max_length=16)
    title = models.CharField(max_length=80)
    post = models.CharField(max_length=40)  # as the clause or the terms name it
    unit = models.UUIDField(null=True)  # whose matter it is
    body = models.CharField(max_length=40)  # an outside body that consents; empty: a post decides
    asked_post = models.CharField(max_length=40)  # who was asked, a substitute where he must be
    subject = models.UUIDField()
    stated = models.JSONField()  # key, title, value, shown of each
    digest = models.CharField(max_length=64)
    interested = models.JSONField()  # whom it is about
    state = models.CharField(max_length=10)  # as of the request
    valid_until = models.DateField(null=True)
    used_by = models.UUIDField(null=True)  # operation

    class Meta:
        db_table = "approvals_need"
        indexes = [
            models.Index(fields=["subject", "rule"], name="need_by_subject"),
            models.Index(fields=["asked_post", "state"], name="need_by_post"),
            models.Index(fields=["used_by"], name="need_by_use"),
        ]


class ApprovalStep(LedgeredModel):
    """One decision: by whom, in which post, for whom he stood in, and why."""

    need = models.ForeignKey(ApprovalNeed, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    as_post = models.CharField(max_length=40)
    instead_of = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(max_length=10)  # agree, refuse, return
    reason = models.CharField(max_length=500)
    decided_on = models.DateField()
    at_us = models.BigIntegerField()
    # an outside body's consent: the body, and its letter
    body_name = models.CharField(max_length=120)
    letter = models.CharField(max_length=80)
    letter_date = models.DateField(null=True)
    scan = models.UUIDField(null=True)  # an attachment

    class Meta:
        db_table = "approvals_step"
        constraints = [models.UniqueConstraint(fields=["need"], name="decided_once")]
