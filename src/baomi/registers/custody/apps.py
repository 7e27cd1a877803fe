"""The register of the custody: papers and every numbered copy of them."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    """Django's name for the register."""

    name = "baomi.registers.custody"
    label = "custody"
