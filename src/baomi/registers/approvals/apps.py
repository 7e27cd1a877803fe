"""The register of approvals (审批): who asked for what, who decided, and what it was used for."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Django's name for the register."""

    name = "baomi.registers.approvals"
    label = "approvals"
