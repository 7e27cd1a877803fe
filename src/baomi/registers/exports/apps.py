"""The register of the exports: what left the system, why, and at which level."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Django's name for the register."""

    name = "baomi.registers.exports"
    label = "exports"
