"""The register of the duties (应办事项): what is owed, by whom, until when."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Django's name for the register."""

    name = "baomi.registers.duties"
    label = "duties"
