"""A unit in a book means its keeper, a name one person; whatever is unclear is asked."""

import pytest

from baomi.kernel.words import Post
from baomi.registers.custody import models
from baomi.registers.office.models import Person
from tests.entrypoints.importer.books import HEADINGS
from tests.entrypoints.importer.importing import book, entry, import_of, says
from tests.factories.deeds import do

NAMED = [*HEADINGS, "领取人"]


def named(tmp_path, person, **changes):
    return book(tmp_path / "收文.csv", [*entry(1, **changes), person], headings=NAMED)


def add(office, name, unit):
    said = {"name": name, "unit": office.units[unit], "rank": "科级", "class_ground": "审查表"}
    told = do("office.add_person", office.security_admin, **said, personnel_class="general")
    return told.told["person"]


def test_a_unit_is_its_keeper(office, tmp_path):
    told = import_of(book(tmp_path / "收文.csv", entry(1, 承办单位=" 法 制 委 ")), office)
    move = models.Movement.objects.get(kind="past_out")
    assert (told.done, move.to_holder_id, move.purpose) == (1, office.keepers["法制委"], "keeping")


def test_a_named_person_gets_it_himself(office, tmp_path):
    reader = office.readers["法制委"][1]
    name = Person.objects.get(id=reader).name
    told = import_of(named(tmp_path, f" {name[0]} {name[1:]}"), office)
    move = models.Movement.objects.get(kind="past_out")
    assert (told.done, move.to_holder_id, move.purpose) == (1, reader, "reading")


@pytest.mark.parametrize(
    ("person", "unit", "code", "column"),
    [
        ("无此君", "法制委", "person_unknown", "领取人"),
        ("lzq", "法制委", "person_unknown", "领取人"),
        ("某\u200b君", "法制委", "person_unknown", "领取人"),
        ("", "城建环保委", "unit_unknown", "承办单位"),
        ("", "法制委、研究室", "several_units", "承办单位"),
    ],
    ids=["nobody", "initials", "hidden-sign", "no-such-unit", "two-units"],
)
def test_who_cannot_be_told_is_asked(office, tmp_path, person, unit, code, column):
    told = import_of(named(tmp_path, person, 承办单位=unit), office)
    assert (told.questions, says(told)) == (1, [(2, column, code)])
    assert models.Paper.objects.count() == 0


def test_somebody_of_another_unit_is_asked_about(office, tmp_path):
    add(office, "尉迟恭让", "研究室")
    told = import_of(named(tmp_path, "尉迟恭让"), office)
    assert says(told) == [(2, "领取人", "person_elsewhere")]


def test_of_two_of_one_name_the_unit_tells_which(office, tmp_path):
    add(office, "尉迟恭让", "研究室")
    here = add(office, "尉迟恭让", "法制委")
    assert import_of(named(tmp_path, "尉迟恭让"), office).done == 1
    assert str(models.Movement.objects.get(kind="past_out").to_holder_id) == str(here)


def test_two_of_one_name_in_one_unit_are_asked_about(office, tmp_path):
    for _ in range(2):
        add(office, "尉迟恭让", "法制委")
    told = import_of(named(tmp_path, "尉迟恭让"), office)
    assert says(told) == [(2, "领取人", "person_unknown")]
    assert "有两位尉迟恭让" in told.problems[0].text


def test_a_unit_without_a_keeper_is_asked_about(office, tmp_path):
    do("office.add_unit", office.security_admin, name="档案室")
    told = import_of(book(tmp_path / "收文.csv", entry(1, 承办单位="档案室")), office)
    assert says(told) == [(2, "承办单位", "keeper_missing")]


def test_a_unit_with_two_keepers_is_asked_about(office, tmp_path):
    said = {"post": Post.UNIT_KEEPER, "unit": office.units["法制委"], "letter": "云人发〔2025〕9号"}
    reader = office.readers["法制委"][0]
    do("office.appoint", office.security_admin, reader, second=office.auditor, **said)
    told = import_of(book(tmp_path / "收文.csv", entry(1)), office)
    assert says(told) == [(2, "承办单位", "keeper_unclear")]
    assert Person.objects.get(id=reader).name in told.problems[0].text
