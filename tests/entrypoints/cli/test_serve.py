"""``baomi serve``: what is typed wrongly is said before anything is started."""

import pytest

from baomi.entrypoints.cli.commands import serve
from baomi.entrypoints.cli.supervisor import Child, Supervisor
from baomi.entrypoints.cli.web_server import Address

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

EVERYWHERE = "0.0.0.0"  # noqa: S104 - only named, never listened on


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--port", "many"], "--port 应当是 1 到 65535 的整数"),
        (["--port", "70000"], "--port 应当是 1 到 65535 的整数"),
        (["--workers", "0"], "--workers 应当是 1 到 64 的整数"),
        (["--tls-cert", "/no/such.pem"], "读不到 --tls-cert 指明的文件"),
        (["--public-url", "baomi.example.cn"], "--public-url 应当是完整的网址"),
        (["--public-url", "https://a.cn/path?x"], "--public-url 应当是完整的网址"),
        (["--host", "203.0.113.7", "--port", "28998"], "请核对 --host"),
    ],
    ids=["letters", "too_high", "no_worker", "no_file", "no_scheme", "path", "elsewhere"],
)
def test_a_slip_is_said(office, baomi, words, sentence):
    ran = baomi("serve", *words)
    assert ran.code in (1, 2)
    assert sentence in ran.err


def test_a_certificate_needs_its_key(office, baomi, tmp_path):
    (tmp_path / "c.pem").touch()
    ran = baomi("serve", "--tls-cert", tmp_path / "c.pem")
    assert (ran.code, "须同时写明" in ran.err) == (2, True)


def test_without_tls_the_network_is_warned_of(office, baomi, monkeypatch):
    monkeypatch.setattr(serve.web_server, "demand_free", lambda address: None)
    monkeypatch.setattr(Supervisor, "run", lambda self, is_up, **how: True)
    for host, is_warned in ((EVERYWHERE, True), ("127.0.0.1", False)):
        ran = baomi("serve", "--host", host, "--port", "28998")
        assert ("口令会在网络上明文传送" in ran.err) is is_warned
        assert (ran.code, ran.out.strip()) == (0, "已停止。")


def test_where_it_is_reached(office):
    plain = Address(host=EVERYWHERE, port=8000)
    assert plain.url == "http://127.0.0.1:8000/"
    assert "BAOMI_TLS" in plain.environ() and not plain.environ()["BAOMI_TLS"]
    public = Address(host="127.0.0.1", port=8000, public_url="https://baomi.example.cn/")
    assert public.url == "https://baomi.example.cn/"
    assert public.environ()["BAOMI_TLS"] == "1"
    assert "baomi.example.cn" in public.environ()["BAOMI_HOSTS"].split(",")
    assert Address(host="::1", port=8000).url == "http://[::1]:8000/"


def test_what_never_comes_up_is_given_up(capfd, monkeypatch):
    monkeypatch.setattr("baomi.entrypoints.cli.supervisor.FIRST_PAUSE", 0.01)
    broken = Child("网页服务", ["/bin/false"])
    steady = Child("后台程序", ["/bin/sleep", "60"])
    is_ready = Supervisor([broken, steady], {}).run(lambda: False, most_deaths=2, first="网页服务")
    assert is_ready is False
    assert capfd.readouterr().err.count("网页服务停止运行") == 2
    assert steady.process.poll() is not None
