"""What lives for a while only: sessions and log-in attempts, in a database of their own."""

from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    """Django's name for it; the router sends this label to ``runtime.db``."""

    name = "baomi.engine.runtime"
    label = "runtime"
