"""What every answer carries, whoever asks and whatever comes of it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

PATHS = ("/", "/login", "/healthz", "/do", "/no/such/page", "/o/custody.copy/no-id", "/api/nothing")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("post", [None, "registrar"], ids=["nobody", "registrar"])
def test_every_answer_forbids_what_is_not_ours(path, post, at, office):
    answer = (Client() if post is None else at(post)).get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example"])
def test_a_name_that_is_not_ours_is_not_answered(host, office):
    answer = Client(headers={"Host": host}).get("/login")
    assert answer.status_code == 400
    assert host not in answer.content.decode()


def test_a_form_without_our_token_is_refused_in_words(at):
    answer = at("registrar", enforce_csrf_checks=True).post("/do/custody.receive_envelope")
    assert answer.status_code == 403
    assert "刷新后再提交" in answer.content.decode()


def test_files_of_ours_may_be_kept_and_are_typed():
    answer = Client().get("/static/baomi.css?v=1")
    assert answer.status_code == 200
    assert "max-age" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css")
    answer.close()


@pytest.mark.parametrize(
    "path", ["/static/../settings.py", "/static/%2e%2e/urls.py", "/static//etc/passwd"]
)
def test_nothing_beside_them_is_served(path, office):
    assert Client().get(path).status_code in (302, 404)


def test_a_body_that_is_too_large_is_refused_in_words(at):
    answer = at("registrar").post("/do/custody.receive_envelope", {"sender": "x" * 5_000_000})
    assert answer.status_code == 413
    assert "太大" in answer.content.decode()


def test_too_many_fields_are_refused_in_words(at):
    said = {f"papers.{number}.title": "x" for number in range(7000)}
    answer = at("registrar").post("/do/custody.receive_envelope", said)
    assert answer.status_code == 413
