"""How one installation is put together: settings, databases, keys. The topmost layer."""
