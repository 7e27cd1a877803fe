"""Several at once: one operation has one effect; of two clerks one wins and the other is told."""

import re

import pytest

SECONDS = 5
CHINESE = re.compile(r"[一-鿿]")


def test_one_operation_fifty_times(home, keep_figures):
    told = home.run("same_operation")
    keep_figures(told)
    assert told["answers"] == 50
    assert len(told["different"]) == 1, told["different"]
    assert f"[{told['seq']}, " in told["different"][0]
    assert told["entries"] == 1
    assert told["half_written"] == []
    assert told["findings"] == []


def fair_and_whole(told: dict) -> None:
    assert told["faults"] == []
    assert told["unequal"] == []
    assert told["broken_paths"] == []
    assert told["half_written"] == []
    assert told["findings"] == []
    assert told["longest"] < 1
    assert min(told["by_clerk"]) > 0


def test_four_clerks_on_five_copies(home, keep_figures):
    told = home.run("hot_copies", SECONDS)
    keep_figures(told)
    fair_and_whole(told)
    assert told["lost"] > 0
    assert told["answers"]
    for answer in told["answers"]:
        assert CHINESE.search(answer)


@pytest.mark.nightly
def test_four_clerks_for_a_minute(home, keep_figures):
    told = home.run("hot_copies", 60)
    keep_figures(told)
    fair_and_whole(told)


def test_one_approval_from_four_sides(home, keep_figures):
    told = home.run("one_approval")
    keep_figures(told)
    assert told["faults"] == []
    assert told["answers"] == 4
    assert told["done"] == [told["used_by"]]
    assert told["entries"] == 1
    for each in told["refusals"]:
        assert CHINESE.search(each)
    assert told["half_written"] == []
    assert told["findings"] == []
