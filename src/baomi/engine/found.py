"""Found an office: keys, the ledger's genesis and the founding deed, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from baomi.engine import ledger, registry
from baomi.engine.asked import asked
from baomi.engine.head import empty_head, read_head
from baomi.engine.keys import keys_folder, mac_key, make_mac_key, sealer_folder
from baomi.engine.pen import Pen, holding_lock
from baomi.engine.perform import do_under
from baomi.engine.request import Receipt, Request
from baomi.engine.sealer import make_first_key
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.kernel.judge import judge
from baomi.kernel.ledger.checkpoint import origin
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Door, Level, Person, Post
from baomi.registers.office.actions.found import FoundingPlan, person_id, unit_id
from baomi.registers.office.seals import make_master_key, master_key_path
from baomi.rulebook.terms import Terms

GENESIS = "ledger.genesis"


class AlreadyFounded(Exception):
    """The ledger is not empty: an office is founded once."""

    sentence = "本机关已经建账，不能重复建账。"


class KeysAreThere(Exception):
    """Keys lie in the folder although its ledger is empty: they may belong to another database."""

    sentence = (
        "数据目录中已有密钥，但台账是空的：可能指错了数据库，或上次建账中断。"
        "请先核对数据库设置；确认密钥无用后，把 keys 与 sealer 目录中的密钥移走再建账。"
    )


@dataclass(frozen=True, slots=True)
class Founding:
    """A founded office: the receipt, the one-time codes by login, and what the 建账 paper says."""

    receipt: Receipt
    codes: Mapping[str, str]
    certificate: tuple[str, ...]
    log_id: UUID
    people: Mapping[str, UUID]  # by login
    accounts: Mapping[UUID, UUID]  # by person
    units: Mapping[str, UUID]  # by name


def found_office(plan: FoundingPlan, *, alg: int, demo: bool, door: Door) -> Founding:
    """Found the office; ``alg`` 1 hashes with SHA-256, 2 with SM3 (BML1).

    Raises ``AlreadyFounded``, ``KeysAreThere``, and what ``perform`` raises; then nothing was
    changed and no key was left.
    """
    log_id = new_id()
    request = _request(plan, demo=demo, door=door)
    op_id = request.op_id
    with _keys_of_a_failure_removed(), holding_lock():
        if read_head() is not None:
            raise AlreadyFounded
        vkey = _make_keys(log_id)
        pen = Pen(empty_head(log_id, alg))
        genesis = _write_genesis(pen, alg=alg, demo=demo, vkey=vkey)
        receipt = do_under(pen, request, actor=_founder(plan, request.actor))
    codes = {login: code.get_secret_value() for login, code in receipt.told["codes"].items()}
    return Founding(
        receipt=receipt,
        codes=codes,
        certificate=(
            *(("演示机关，内容均为虚构",) if demo else ()),
            *_certificate(plan, log_id, vkey, genesis, receipt),
        ),
        log_id=log_id,
        people={login: person_id(op_id, login) for login in codes},
        accounts={
            person_id(op_id, login): UUID(account)
            for login, account in receipt.told["accounts"].items()
        },
        units={name: unit_id(op_id, name) for name in plan.units},
    )


def check_plan(plan: FoundingPlan, *, door: Door) -> None:
    """Judge a founding before anything is made: reads no table and changes nothing.

    Raises ``BadInput`` and ``Refused`` as ``found_office`` would.
    """
    request = _request(plan, demo=False, door=door)
    action = registry.actions()[request.action]
    asking = asked(action, request, actor=_founder(plan, request.actor))
    deed = action.complete(action.situate(asking), plan)
    verdict = judge(action, deed, registry.rulebook())
    if not verdict.allowed:
        raise Refused(verdict)


def _request(plan: FoundingPlan, *, demo: bool, door: Door) -> Request:
    op_id = new_id()
    return Request(
        action="office.found",
        actor=person_id(op_id, plan.founder.login),
        targets=(),
        inputs=plan.model_copy(update={"demo": demo}).model_dump(),
        op_id=op_id,
        door=door,
    )


def _make_keys(log_id: UUID) -> str:
    try:
        make_mac_key()
        make_master_key(master_key_path())
        vkey = make_first_key(log_id)
    except FileExistsError as there:
        raise KeysAreThere from there
    mac_key.cache_clear()
    return vkey


@contextmanager
def _keys_of_a_failure_removed() -> Iterator[None]:
    """A founding that fails leaves no key behind, so that it can be tried again."""
    before = set(_key_files())
    try:
        yield
    except BaseException:
        for path in set(_key_files()) - before:
            path.unlink()
        mac_key.cache_clear()
        raise


def _key_files() -> Iterator[Path]:
    for folder in (keys_folder(), sealer_folder()):
        yield from folder.glob("*.key")


def _write_genesis(pen: Pen, *, alg: int, demo: bool, vkey: str) -> ledger.Written:
    body: dict[str, object] = {"alg": alg, "origin": origin(pen.log_id), "vkey": vkey}
    if demo:
        body["demo"] = True
    return ledger.append(pen, kind=GENESIS, actor=ledger.NOBODY, op_id=new_id(), body=body)


def _founder(plan: FoundingPlan, key: UUID) -> Person:
    """Who founds is in no register yet: the deed itself records him."""
    return Person(
        id=key,
        human=key,
        name=plan.founder.name,
        unit=key,
        clearance=Level.NONE,
        posts=frozenset({Post.FOUNDER}),
        keeps_for=frozenset(),
        stands_in=(),
        in_service=True,
    )


def _certificate(
    plan: FoundingPlan, log_id: UUID, vkey: str, genesis: ledger.Written, receipt: Receipt
) -> tuple[str, ...]:
    today = clock.today()
    terms = Terms.on(today)
    posts = (
        f"{terms.post_title(post)}：{plan.appointee(post).name}（{plan.appointee(post).letter}）"
        for post in plan.POSTS
    )
    return (
        "建账证书",
        f"机关：{plan.office}",
        f"建账日期：{today.isoformat()}",
        f"台账名称：{origin(log_id)}",
        f"首条校验：{genesis.receipt}",
        f"建账回执：{receipt.text}",
        f"第一把验证公钥：{vkey}",
        *posts,
        f"建账人：{plan.founder.name}（{plan.founder.letter}）",
        f"见证人：{plan.witness.name}（{plan.witness.letter}）",
    )
