"""``baomi demo``: an invented office, full of a year's life, in an empty folder."""

from __future__ import annotations

import sys

import click

from baomi.engine import home
from baomi.engine.checks import check_start
from baomi.engine.demo.make import make_demo
from baomi.entrypoints.cli.answer import Answer, Stop, say_while_working
from baomi.entrypoints.cli.commands.serve import WORKERS, address_of, serve
from baomi.entrypoints.cli.faces import Command, wants_json
from baomi.entrypoints.cli.grid import Grid
from baomi.entrypoints.cli.web_server import demand_free

NEXT = (
    "接下来可以执行：",
    "  baomi login 登录名                          登录，十分钟内有效",
    "  baomi list custody.copy --as registrar      看涉密载体台账",
    "  baomi duties --as registrar                 看应办事项",
    "  baomi rules custody.hand_over_copy          看一件事受哪些条款约束",
    "  baomi ledger verify --live                  校验台账",
)


@click.command(
    "demo",
    cls=Command,
    help="在空目录里建立演示机关：虚构的单位和人员，最近一年的台账全部由程序逐件办理而成。"
    "口令随机生成；BAOMI_DEMO_PASSWORD 可为全部账号指定同一口令。",
)
@click.option("--no-serve", is_flag=True, help="建好即结束；否则接着提供网页")
@click.option("--host", metavar="地址", default="127.0.0.1", help="网页的监听地址")
@click.option("--port", metavar="端口", default="8000", help="网页的监听端口（默认 8000）")
@click.option("--seed", metavar="整数", default="1", help="随机数种子，同一种子生成同样的内容")
@click.option("--papers", metavar="件数", default="300", help="多少件文件（默认 300）")
def command(*, no_serve: bool, host: str, port: str, seed: str, papers: str) -> Answer | int:
    """Make it, and tell the log-ins; then serve it."""
    address = address_of(host, port)
    if not no_serve:
        # said before the minutes that the making takes
        demand_free(address)
    made = _made(seed, papers)
    if no_serve:
        return made
    made.show(as_json=wants_json())
    served = serve(address, WORKERS)
    for line in served.text:
        # not to the standard output: the one JSON document stands there already
        say_while_working(str(line))
    return served.code


def _made(seed: str, papers: str) -> Answer:
    if home.stage() is home.Stage.FOUNDED or home.foreign_files():
        raise Stop(
            f"数据目录 {home.home()} 里已有内容，原样保留：演示机关只能建在空目录里。"
            "如果是没有建完的演示机关，请删除该目录后重来。"
        )
    seed_number, count = _number("--seed", seed), _number("--papers", papers)
    home.make_folders()
    home.migrate()
    in_force = check_start().sentence()
    say_while_working(in_force)
    report = make_demo(seed=seed_number, papers=count, progress=_progress)
    data = {
        "in_force": in_force,
        "logins": [
            {"title": title, "login": login, "password": password}
            for title, login, password in report.logins
        ],
        "entries": report.entries,
        "papers": report.papers,
        "copies": report.copies,
        "open_duties": report.open_duties,
        "overdue": report.overdue,
    }
    counts = (
        f"演示机关已建好：文件 {report.papers} 件，{report.copies} 份，日志 {report.entries} 条；"
        f"应办 {report.open_duties} 项，其中逾期 {report.overdue} 项。"
    )
    return Answer(data, [counts, Grid(("岗位", "登录名", "口令"), report.logins), *NEXT])


def _number(option: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Stop(f"{option} 应当是不小于 0 的整数。")
    return int(text)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r正在办理 {done}/{total}", nl=done >= total, err=True)
