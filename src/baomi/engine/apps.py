"""The engine: one door in, one ledger, one pen."""

from django.apps import AppConfig


class EngineConfig(AppConfig):
    """Django's name for the engine."""

    name = "baomi.engine"
    label = "engine"
