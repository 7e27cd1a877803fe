"""The API, for whatever is sent to it."""

import pytest

from tests.entrypoints.web.visiting import client_of, person_of


@pytest.fixture
def at(office, everybody_has_a_password_of_his_own):
    """A program that is logged in as the holder of a post, or as a person."""

    def program(who, **options):
        return client_of(person_of(who) if isinstance(who, str) else who, **options)

    return program
