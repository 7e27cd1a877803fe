"""Deeds over HTTP: log in, hand over, take back, with one client and with eight."""

from __future__ import annotations

import http.client
import json
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from benchmarks import throwaway
from benchmarks.calibration import durable_transactions
from benchmarks.figures import Figures
from benchmarks.serving import serving

if TYPE_CHECKING:
    from baomi.engine.demo.office_plan import Office

SECONDS: Final = 8.0
EACH: Final = 40  # copies of one client
PASSWORD: Final = "云澜-演示-20260105-测"  # noqa: S105 - of a throw-away office
CLIENTS: Final = ((1, 300), (8, 450))  # and the deeds a second that are aimed at
OK: Final = 200


class Client:
    """One connection that is kept, in a session that several may share."""

    def __init__(self, port: int, session: Mapping[str, str]) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Content-Type": "application/json", **session}

    def log_in(self, login: str) -> dict[str, str]:
        """Open a session; what each further request of it says in its head."""
        answer, cookies = self._post("/api/session", {"login": login, "password": PASSWORD})
        return {"X-CSRFToken": answer["csrf"], "Cookie": "; ".join(cookies)}

    def deed(self, action: str, copy: UUID, inputs: dict[str, Any]) -> None:
        """Do one deed. Raises ``RuntimeError`` where it was not done."""
        self._post(f"/api/actions/{action}", {"targets": [str(copy)], "inputs": inputs})

    def _post(self, path: str, body: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        self._line.request("POST", path, json.dumps(body).encode(), self._headers)
        answer = self._line.getresponse()
        content = answer.read()
        if answer.status != OK:
            raise RuntimeError(f"{answer.status} {content[:300].decode()}")
        cookies = [each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie", [])]
        return json.loads(content), cookies


def main() -> int:
    """Serve a throw-away office and ask it as fast as it answers."""
    raw = durable_transactions()
    with throwaway.office() as of:
        most = max(count for count, _ in CLIENTS)
        copies = throwaway.receive(of, most * EACH)
        give = {key: str(value) for key, value in throwaway.hand_over(of).items()}
        _choose_password(of)
        figures = Figures(
            "经 HTTP 办理（API，登录会话，防伪令牌）", ("每秒", "目标", "中位数 毫秒", "最长 毫秒")
        )
        figures.add("裸 SQLite 持久事务", f"{raw:,.0f}", "", "", "")
        with serving() as (port, _):
            # one session: a person who logs in anew ends the session that he had
            session = Client(port, {}).log_in(of.logins[of.registrar])
            clients = [Client(port, session) for _ in range(most)]
            for count, aim in CLIENTS:
                waits = _together(clients[:count], copies, give)
                figures.add(
                    f"{count} 个客户端",
                    f"{len(waits) / SECONDS:,.0f}",
                    f"{aim}",
                    f"{median(waits) * 1e3:.1f}",
                    f"{max(waits) * 1e3:.1f}",
                )
        figures.show()
    return 0


def _together(
    clients: Sequence[Client], copies: Sequence[UUID], give: dict[str, Any]
) -> list[float]:
    parts = [copies[at * EACH : (at + 1) * EACH] for at in range(len(clients))]
    with ThreadPoolExecutor(len(clients)) as pool:
        found = pool.map(lambda client, part: _busy(client, part, give), clients, parts)
        return [wait for waits in found for wait in waits]


def _busy(client: Client, copies: Sequence[UUID], give: dict[str, Any]) -> list[float]:
    """Hand over and take back in turns until the time is up; then nothing is left out."""
    waits = []
    until = time.perf_counter() + SECONDS
    for copy in cycle(copies):
        for name, said in (("custody.hand_over_copy", give), ("custody.take_back_copy", {})):
            began = time.perf_counter()
            client.deed(name, copy, said)
            waits.append(time.perf_counter() - began)
        if time.perf_counter() > until:
            return waits
    return waits


def _choose_password(of: Office) -> None:
    """The registrar's own password in the place of his one-time code."""
    from baomi.engine.login import CHANGE_PASSWORD
    from baomi.engine.perform import perform

    asked = throwaway.request(
        CHANGE_PASSWORD, of.registrar, (of.accounts[of.registrar],), {"new_password": PASSWORD}
    )
    perform(asked)


if __name__ == "__main__":
    sys.exit(main())
