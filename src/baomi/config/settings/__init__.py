"""Settings: ``base`` for all, ``office`` for an office's machine, ``test`` for the tests."""
