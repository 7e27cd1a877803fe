"""``baomi demo``: only in an empty folder; it tells the log-ins and how to go on."""

import socket

import pytest

from baomi.engine import home
from baomi.engine.demo.logins import Login
from baomi.engine.demo.make import DemoReport
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.commands import demo

DEMO = "BAOMI_DEMO_PASSWORD"

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


@pytest.fixture
def made(office, monkeypatch):
    """The commands up to the making itself, on a home that looks empty."""
    asked = {}

    def make_demo(**numbers):
        asked.update(numbers)
        numbers["progress"](1, 1)
        logins = (Login("保密员", "lin", "Four-Green-Doors-2"),)
        return DemoReport(logins=logins, entries=9, papers=3, copies=5, open_duties=0, overdue=0)

    monkeypatch.setattr(home, "stage", lambda: home.Stage.EMPTY)
    monkeypatch.setattr(home, "foreign_files", list)
    monkeypatch.setattr(home, "migrate", tuple)
    monkeypatch.setattr(demo, "make_demo", make_demo)
    return asked


def test_it_tells_the_logins(made, baomi):
    ran = baomi("demo", "--no-serve", "--seed", "7", "--papers", "30", "--json")
    assert ran.code == 0, ran.err
    login = {"title": "保密员", "login": "lin", "password": "Four-Green-Doors-2"}
    assert ran.data["logins"] == [login]
    assert (ran.data["entries"], ran.data["papers"], ran.data["copies"]) == (9, 3, 5)
    assert (made["seed"], made["papers"]) == (7, 30)
    shown = baomi("demo", "--no-serve").out
    assert "Four-Green-Doors-2" in shown and "baomi login" in shown


def test_it_is_served_once_its_logins_are_told(made, baomi, monkeypatch):
    served = []

    def serve(address, workers):
        served.append((address.url, workers))
        return Answer(None, ["已停止。"])

    monkeypatch.setattr(demo, "serve", serve)
    monkeypatch.setattr(demo, "demand_free", lambda address: None)
    ran = baomi("demo", "--port", "28999", "--json")
    assert (ran.code, served) == (0, [("http://127.0.0.1:28999/", 2)])
    assert ran.data["logins"][0]["login"] == "lin"
    assert "已停止" in ran.err


def test_a_taken_port_is_said_before_anything_is_made(made, baomi):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = baomi("demo", "--port", taken.getsockname()[1])
    assert ran.code == 1
    assert "已被占用" in ran.err
    assert made == {}


@pytest.mark.parametrize("option", ["--seed", "--papers"])
def test_numbers(made, baomi, option):
    ran = baomi("demo", option, "many")
    assert ran.code == 2
    assert option in ran.err
    assert made == {}


def test_what_is_there_is_left_alone(office, baomi):
    ran = baomi("demo", "--no-serve")
    assert ran.code == 2
    assert "已有内容，原样保留" in ran.err


@pytest.mark.nightly
def test_a_whole_demonstration(program):
    ran = program("demo", "--no-serve", "--seed", "3", "--json", **{DEMO: "Six-Red-Lamps-93"})
    assert ran.code == 0, ran.err
    assert {each["password"] for each in ran.data["logins"]} == {"Six-Red-Lamps-93"}
    assert program("whoami", "--as", "registrar").code == 0
    assert len(program("list", "custody.copy", "--as", "registrar", "--json").data) > 10
    shown = program("ledger", "verify", "--live")
    assert (shown.code, shown.out.splitlines()[0]) == (0, "DEMO")
