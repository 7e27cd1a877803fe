"""The register of the notices on holidays."""

from django.apps import AppConfig


class HolidaysConfig(AppConfig):
    """Django's name for the register."""

    name = "baomi.registers.holidays"
    label = "holidays"
