"""The web server as ``baomi serve`` starts it: granian, its address, and whether it answers."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from baomi.engine import home
from baomi.entrypoints.cli.answer import ExitCode, Stop

APPLICATION = "baomi.config.wsgi:application"
_ANSWER_SECONDS = 2.0
_KILL_SECONDS = 3
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - only where it was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where pages are served, and under which address people reach them."""

    host: str
    port: int
    public_url: str = ""
    certificate: Path | None = None
    key: Path | None = None

    @property
    def is_tls(self) -> bool:
        """Whether people reach it through TLS, ended here or before it."""
        return self.certificate is not None or self.public_url.startswith("https://")

    @property
    def url(self) -> str:
        """What to type into a browser."""
        if self.public_url:
            return self.public_url
        scheme = "https" if self.certificate else "http"
        host = _EVERYWHERE.get(self.host, self.host)
        return f"{scheme}://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def environ(self) -> dict[str, str]:
        """What the settings of the web application read."""
        names = [self.host, "127.0.0.1", "localhost", "[::1]", urlsplit(self.url).hostname or ""]
        if self.host in _EVERYWHERE:
            names.append(socket.gethostname())
        told = os.environ.get("BAOMI_HOSTS", "")
        hosts = ",".join(dict.fromkeys(filter(None, [*told.split(","), *names])))
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "baomi.config.settings.office",
            "BAOMI_HOME": str(home.home()),
            "BAOMI_HOSTS": hosts,
            "BAOMI_TLS": "1" if self.is_tls else "",
            "BAOMI_PUBLIC_URL": self.public_url,
        }

    def command(self, workers: int) -> list[str]:
        """Granian: so many processes, one request at a time in each; no log of addresses."""
        words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
        words += ["--host", self.host, "--port", str(self.port)]
        words += ["--workers", str(workers), "--blocking-threads", "1"]
        words += ["--no-access-log", "--log-level", "warning"]
        words += ["--respawn-failed-workers", "--respawn-interval", "0.5"]
        words += ["--workers-kill-timeout", str(_KILL_SECONDS)]
        if self.certificate and self.key:
            words += ["--ssl-certificate", str(self.certificate), "--ssl-keyfile", str(self.key)]
            words += ["--ssl-protocol-min", "tls1.2"]
        return [*words, APPLICATION]


def demand_free(address: Address) -> None:
    """Raises ``Stop``: the port is taken, or the address is none of this machine."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except PermissionError:
            sentence = f"本账户不能使用端口 {address.port}：请用 --port 换一个 1024 以上的端口。"
        except (OSError, OverflowError) as fault:
            if isinstance(fault, OSError) and fault.errno == errno.EADDRINUSE:
                sentence = (
                    f"端口 {address.port} 已被占用：请用 --port 换一个，或先停止占用它的程序。"
                )
            else:
                sentence = f"本机没有 {address.host} 这个地址：请核对 --host。"
        else:
            return
    raise Stop(sentence, code=ExitCode.FAULT)


def answers(address: Address) -> bool:
    """Whether ``GET /healthz`` is answered with 200."""
    connection = _connection(address)
    name = urlsplit(address.public_url).netloc or "127.0.0.1"
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _connection(address: Address) -> http.client.HTTPConnection:
    host = _EVERYWHERE.get(address.host, address.host)
    if address.certificate is None:
        return http.client.HTTPConnection(host, address.port, timeout=_ANSWER_SECONDS)
    # it is our own certificate that must be shown, whatever name stands in it
    context = ssl.create_default_context(cafile=str(address.certificate))
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return http.client.HTTPSConnection(host, address.port, timeout=_ANSWER_SECONDS, context=context)
