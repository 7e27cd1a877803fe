"""Sealed columns: the master key changes, one person's key is destroyed, the ledger stays clean."""

import pytest

from tests.proofs.conftest import on_postgresql
from tests.proofs.sealing import found_in_files
from tests.proofs.small_office import TITLE

KEPT = ["13877665544", "11010519491231002X"]  # the standard's own example, of nobody
DESTROYED = ["0512-88990011", "440524188001010014"]
GONE = "（密钥已销毁，不可恢复）"


@pytest.fixture
def told(home):
    """One person's data kept and another's destroyed, after a change of the master key."""
    return home.run("sealing", *KEPT, *DESTROYED)


def test_rotated_and_destroyed_it_is_clean_and_unreadable(told, home):
    assert told["before"] == [KEPT, DESTROYED]
    assert told["rotated"] == 2
    assert told["key_changed"]
    assert not told["old_key_kept"]
    assert told["after"] == [KEPT, DESTROYED]
    assert told["in_the_end"] == [KEPT, [GONE, GONE]]
    assert told["findings"] == []
    # no word stands in a row, a ledger body, a database file or its journal, and a title does
    assert told["standing_open"] == [[], [], [], []]
    assert told["a_title_stands_open"]
    # nor does it after the program has ended
    for word in KEPT + DESTROYED:
        assert found_in_files(home.folder, word) == []
    assert on_postgresql() or found_in_files(home.folder, TITLE) != []
