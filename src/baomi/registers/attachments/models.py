"""Tables of the attachments: what belongs to what, and the keys of the files."""

from __future__ import annotations

from django.db import models

from baomi.registers.columns import LEVELS, LedgeredModel


class Attachment(LedgeredModel):
    """A file that belongs to a thing of another register. The file itself bears this id."""

    kind = models.CharField(max_length=40)  # of the thing: custody.slip
    thing = models.UUIDField()
    role = models.CharField(max_length=10)  # signed, letter, other
    level = models.SmallIntegerField(choices=LEVELS)
    media = models.CharField(max_length=8)  # pdf, jpeg, png
    file = models.JSONField()  # {"sha256", "size"} of the content in clear, as the ledger wants it
    note = models.CharField(max_length=200)
    attached_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    attached_on = models.DateField()
    voided_on = models.DateField(null=True)
    voided_by = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    void_reason = models.CharField(max_length=200)

    class Meta:
        db_table = "attachments_attachment"
        indexes = [
            models.Index(fields=["thing", "id"], name="attachment_by_thing"),
            models.Index(fields=["attached_on", "id"], name="attachment_by_day"),
        ]


class AttachmentKey(models.Model):
    """The key of one file, wrapped with the office's master key. No register: never imaged."""

    attachment = models.UUIDField(primary_key=True)
    wrapped = models.TextField()

    class Meta:
        db_table = "attachments_key"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"key of {self.attachment}"
