"""Founding: once, by two persons, three administrators, all or nothing."""

import json
import shutil
from functools import partial

import pytest
from django.apps import apps
from django.db import connection

from baomi.engine import keys, registry, tables
from baomi.engine.demo.office_plan import founding_plan
from baomi.engine.found import AlreadyFounded, KeysAreThere, found_office
from baomi.engine.head import read_head
from baomi.kernel.clock import clock
from baomi.kernel.ledger.entry import decode
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Door, Post
from baomi.registers.office import load, models, seals
from baomi.rulebook.terms import Terms
from tests.factories.deeds import entries
from tests.factories.watch import by_hand

found_anew = partial(found_office, door=Door.WORKER)


@pytest.fixture
def empty(db, settings, tmp_path):
    """A folder and a ledger with nothing in them; the shared office is back afterwards."""
    settings.BAOMI_HOME = tmp_path
    keys.mac_key.cache_clear()
    with by_hand(), connection.cursor() as cursor:
        for table in tables.APPEND_ONLY:
            _drop_triggers(cursor, table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 — names of our own tables
        for model in registers_from_the_last():
            model._default_manager.all()._raw_delete(connection.alias)
    yield tmp_path
    keys.mac_key.cache_clear()


def registers_from_the_last():
    """Every table of the registers, those that name others before those that are named."""
    labels = {each.label for each in apps.get_app_configs() if "registers" in each.name}
    left = [each for each in apps.get_models() if each._meta.app_label in labels]
    while left:
        named = {
            field.related_model
            for model in left
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is not model
        }
        free = [model for model in left if model not in named]
        yield from free
        left = [model for model in left if model in named]


def _drop_triggers(cursor, table):
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    for name in tables.trigger_names(table, connection.vendor):
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@pytest.mark.parametrize("alg", [1, 2], ids=["sha256", "sm3"])
def test_genesis_then_the_founding_deed(empty, alg):
    founding = found_anew(founding_plan(), alg=alg, demo=False)
    genesis, found = entries()
    assert genesis.kind == "ledger.genesis"
    body = json.loads(genesis.body)
    assert body["alg"] == alg
    assert body["origin"] == f"bm.local/{founding.log_id.hex}"
    assert body["vkey"].startswith(body["origin"])
    assert "demo" not in body
    assert found.kind == "office.found"
    assert founding.receipt.seq == 1
    assert read_head().alg == alg
    assert decode(found.raw).actor != decode(found.raw).second


def test_only_a_demonstration_says_so_in_the_genesis(empty):
    found_anew(founding_plan(), alg=1, demo=True)
    assert json.loads(entries()[0].body)["demo"] is True
    assert models.Office.objects.get().demo is True


def test_everybody_holds_his_posts_from_that_day_by_his_letter(empty):
    founding = found_anew(founding_plan(), alg=1, demo=False)
    plan, today = founding_plan(), clock.today()
    for post in plan.POSTS:
        person = founding.people[plan.appointee(post).login]
        assert load.holders(post, today) == (person,)
    director = founding.people[plan.office_director.login]
    held = {each.post for each in load.holdings_of(director, today, None)}
    assert held == {
        Post.OFFICE_DIRECTOR,
        Post.DEPUTY_GROUP_LEADER,
        Post.DESIGNATED_CLASSIFIER,
    }
    letters = set(models.PostHolding.objects.values_list("letter", flat=True))
    assert letters == {plan.registrar.letter}


def test_the_entry_holds_an_image_of_every_row_that_was_made(empty):
    found_anew(founding_plan(), alg=1, demo=False)
    imaged = {(c["t"], c["id"]) for c in json.loads(entries()[1].body)["changes"]}
    made = {
        (model._meta.db_table, str(key))
        for model in registry.ledgered().values()
        for key in model._default_manager.values_list("pk", flat=True)
    }
    assert imaged == made


def test_codes_are_told_once_and_stored_nowhere(empty):
    founding = found_anew(founding_plan(), alg=1, demo=False)
    assert len(founding.codes) == 6
    assert len(set(founding.codes.values())) == 6
    bodies = b"".join(entry.body for entry in entries())
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM ledger_operation")
        remembered = "".join(row[0] for row in cursor.fetchall())
    kept = "".join(models.Credential.objects.values_list("secret", flat=True))
    for code in founding.codes.values():
        for form in (code, code.replace("-", "")):
            assert form.encode() not in bodies
            assert form not in remembered
            assert form not in kept
            assert form not in repr(founding.receipt)


def test_the_certificate_names_ledger_key_and_letters(empty):
    founding = found_anew(founding_plan(), alg=1, demo=False)
    paper = "\n".join(founding.certificate)
    assert founding.log_id.hex in paper
    assert founding.receipt.text in paper
    assert json.loads(entries()[0].body)["vkey"] in paper
    assert founding_plan().registrar.letter in paper
    assert "演示" not in founding.certificate[0]


def test_an_office_is_founded_once(office):
    with pytest.raises(AlreadyFounded):
        found_anew(founding_plan(), alg=1, demo=True)
    assert keys.mac_key()


def test_keys_without_a_ledger_are_not_overwritten(empty):
    keys.make_mac_key()
    before = (keys.keys_folder() / "mac.key").read_bytes()
    with pytest.raises(KeysAreThere):
        found_anew(founding_plan(), alg=1, demo=False)
    assert (keys.keys_folder() / "mac.key").read_bytes() == before
    assert not seals.master_key_path().exists()
    assert read_head() is None


def administrator_twice():
    plan = founding_plan()
    return plan.model_copy(update={"auditor": plan.system_admin})


def administrator_keeps_the_registers():
    plan = founding_plan()
    return plan.model_copy(update={"registrar": plan.security_admin})


@pytest.mark.parametrize("plan", [administrator_twice, administrator_keeps_the_registers])
def test_administrators_exclude_each_other_and_the_registrar(empty, plan):
    with pytest.raises(Refused) as refused:
        found_anew(plan(), alg=1, demo=False)
    assert refused.value.verdict.clauses == ("X1a",)
    _nothing_is_left(empty)
    found_anew(founding_plan(), alg=1, demo=False)
    assert read_head().size == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda p: {"witness": p.founder}, "见证人不能是建账人本人"),
        (lambda p: {"units": ("研究室",)}, "必须有办公室"),
        (lambda p: {"units": ("办公室", "办公室")}, "重名"),
        (lambda p: {"auditor": p.auditor.model_copy(update={"unit": "财务室"})}, "财务室"),
        (
            lambda p: {"auditor": p.auditor.model_copy(update={"login": p.system_admin.login})},
            "填给了两个人",
        ),
    ],
    ids=["own_witness", "no_office_unit", "unit_twice", "unknown_unit", "login_of_two"],
)
def test_what_cannot_be_meant_is_said_and_leaves_nothing(empty, change, says):
    plan = founding_plan()
    with pytest.raises(BadInput, match=says):
        found_anew(plan.model_copy(update=change(plan)), alg=1, demo=False)
    _nothing_is_left(empty)


def _nothing_is_left(folder):
    assert read_head() is None
    assert models.Person.objects.count() == 0
    assert list(folder.rglob("*.key")) == []


def test_who_founds_may_keep_the_registers(empty):
    plan = founding_plan()
    founding = found_anew(plan, alg=1, demo=False)
    assert plan.founder.login == plan.registrar.login
    person = load.person(
        founding.people[plan.founder.login], clock.today(), Terms.on(clock.today())
    )
    assert Post.REGISTRAR in person.posts
    assert Post.FOUNDER not in person.posts


def test_classes_follow_the_posts_unless_stated(empty):
    plan = founding_plan()
    leader = plan.group_leader.model_copy(update={"personnel_class": None})
    auditor = plan.auditor.model_copy(update={"personnel_class": None})
    stated = plan.model_copy(update={"group_leader": leader, "auditor": auditor})
    assert stated.class_of(leader.login) == "core"
    assert stated.class_of(auditor.login) == "general"
    assert stated.class_of(plan.registrar.login) == plan.registrar.personnel_class


def test_key_files_are_readable_by_their_owner_only(empty):
    found_anew(founding_plan(), alg=1, demo=False)
    found = sorted(empty.rglob("*.key"))
    assert len(found) == 3
    assert {path.stat().st_mode & 0o077 for path in found} == {0}
    shutil.rmtree(empty / "sealer")
