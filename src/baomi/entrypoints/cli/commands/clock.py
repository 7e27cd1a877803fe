"""``baomi clock``: see and move the clock of a demonstration office."""

from __future__ import annotations

import re

import click

from baomi.engine import home
from baomi.engine.pen import NotFounded
from baomi.entrypoints.cli.answer import Answer, Stop
from baomi.entrypoints.cli.faces import Command
from baomi.kernel.clock import OFFICE_TIME, clock, instant

_SPAN = re.compile(r"(\d{1,4})([dhm])", re.ASCII)
_SECONDS = {"d": 24 * 3600, "h": 3600, "m": 60}


@click.command(
    "clock",
    cls=Command,
    help="演示机关专用：查看和移动时钟。时长写作 1d（天）、8h（小时）、30m（分钟）。",
)
@click.option("--forward", metavar="时长", help="向前拨")
@click.option("--back", metavar="时长", help="向后拨，不能退到台账最后一条的前一天以前")
@click.option("--reset", is_flag=True, help="与本机时钟一致")
@click.option("--show", is_flag=True, help="只看，不改（默认）")
def command(*, forward: str | None, back: str | None, reset: bool, show: bool) -> Answer:
    """Move the offset, keep it for the next commands, and tell the time."""
    if home.stage() is not home.Stage.FOUNDED:
        raise NotFounded
    if not home.is_demo():
        raise Stop("只有演示机关可以移动时钟；真实机关以本机时钟为准。")
    home.set_clock()
    if sum((forward is not None, back is not None, reset, show)) > 1:
        raise Stop("--forward、--back、--reset、--show 一次只能用一个。")
    offset = clock.offset_us
    if forward is not None:
        offset += _span_us(forward)
    elif back is not None:
        offset -= _span_us(back)
    elif reset:
        offset = 0
    if offset != clock.offset_us:
        home.keep_clock(offset)
    now = instant(clock.now_us()).astimezone(OFFICE_TIME)
    told = f"{now:%Y-%m-%d %H:%M:%S}"
    moved = "与本机一致" if offset == 0 else f"与本机相差 {offset // 1_000_000} 秒"
    return Answer({"now": now.isoformat(), "offset_us": offset}, [f"{told}（{moved}）"])


def _span_us(text: str) -> int:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise Stop(f"“{text}”不是时长：请写作 1d（天）、8h（小时）或 30m（分钟）。")
    return int(found[1]) * _SECONDS[found[2]] * 1_000_000
