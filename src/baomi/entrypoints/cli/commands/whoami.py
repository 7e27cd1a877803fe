"""``baomi whoami``: who is logged in."""

from __future__ import annotations

import click

from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import asker
from baomi.kernel.words import Post


@click.command("whoami", cls=Command, help="当前登录的是谁，今天担任哪些岗位。")
@click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位查看")
def command(*, as_post: str | None) -> Answer:
    """Name and posts of today."""
    who = asker(as_post)
    posts = sorted(post for post in who.person.posts if post is not Post.ANYONE)
    titles = [who.terms.post_title(post) for post in posts]
    data = {"person": str(who.id), "name": who.person.name, "posts": [str(each) for each in posts]}
    return Answer(data, [f"{who.person.name}（{'、'.join(titles) or '未任岗位'}）"])
