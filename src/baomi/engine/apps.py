"""The engine: one door in, one ledger, one pen."""

from django.apps import AppConfig


class EngineConfig(AppConfig):
    """Django's name for the engine."""

    name = "baomi.engine"
    label = "engine"

    def ready(self) -> None:
        """Let the terms see the recorded notices on holidays, and the registers the terms."""
        from baomi.registers import in_force
        from baomi.registers.holidays.load import with_recorded
        from baomi.rulebook.holidays import recorded_by
        from baomi.rulebook.terms import Terms

        recorded_by(with_recorded)
        in_force.told_by(Terms.on)
