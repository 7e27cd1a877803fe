"""Everybody comes with a password of his own."""

import pytest


@pytest.fixture(autouse=True)
def with_passwords(everybody_has_a_password_of_his_own):
    """Otherwise every address answers with the change of the one-time code."""
