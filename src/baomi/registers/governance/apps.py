"""The register of governance: the leading group's work, and who answers for what."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Django's name for the register."""

    name = "baomi.registers.governance"
    label = "governance"
