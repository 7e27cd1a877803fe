"""The register of the office itself: units, people, posts, rooms, accounts."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Django's name for the register."""

    name = "baomi.registers.office"
    label = "office"
