"""The register of the attachments (附件): scans and letters that belong to what is registered."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Django's name for the register."""

    name = "baomi.registers.attachments"
    label = "attachments"
