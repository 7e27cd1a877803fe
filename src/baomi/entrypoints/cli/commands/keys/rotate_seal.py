"""``baomi keys rotate-seal``: a new master key for the sealed columns."""

from __future__ import annotations

import click

from baomi.engine import seal_rotation
from baomi.entrypoints.cli.answer import Answer, ExitCode, Stop
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import asker
from baomi.kernel.words import Post


@click.command(
    "rotate-seal",
    cls=Command,
    help="更换个人敏感字段（电话、证件号码）的主密钥。由系统管理员办理；"
    "中途断电也不会丢失内容，再次运行即可续完。",
)
@click.option("--as", "as_post", metavar="岗位", help="只限演示机关：以该岗位办理")
def command(*, as_post: str | None) -> Answer:
    """Wrap every subject's key anew; the old master key is gone afterwards."""
    who = asker(as_post)
    if Post.SYSTEM_ADMIN not in who.person.posts:
        title = who.terms.post_title(Post.SYSTEM_ADMIN)
        raise Stop(f"更换密钥只能由{title}办理。", code=ExitCode.REFUSED)
    count = seal_rotation.rotate()
    text = f"主密钥已更换，重新加封 {count} 人的密钥。请另行保存新的 keys/seal.key。"
    return Answer({"rewrapped": count}, [text])
