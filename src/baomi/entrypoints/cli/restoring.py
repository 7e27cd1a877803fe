"""Who may approve a restore, and the paper that it prints."""

from __future__ import annotations

from typing import Final

from baomi.engine.backup.losses import Lost
from baomi.engine.backup.restore import Restored
from baomi.entrypoints.cli.answer import ExitCode, Stop
from baomi.kernel.clock import OFFICE_TIME, clock, instant
from baomi.kernel.ledger.checkpoint import origin
from baomi.kernel.words import Person, Post
from baomi.rulebook.terms import Terms

ASKS: Final = frozenset(
    {Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.GROUP_LEADER, Post.OFFICE_DIRECTOR}
)
CONFIRMS: Final = ASKS | {Post.AUDITOR}
_GROUP = 4


def check_posts(first: Person, second: Person) -> None:
    """Raises ``Stop`` unless two persons of the posts that answer for the office approve."""
    if first.id == second.id:
        raise Stop("两名批准人须是不同的两个人。", code=ExitCode.REFUSED)
    terms = Terms.on(clock.today())
    for person, posts, which in ((first, ASKS, "第一"), (second, CONFIRMS, "第二")):
        if not person.posts & posts:
            titles = "、".join(sorted(terms.post_title(post) for post in posts))
            raise Stop(f"{which}批准人应任下列职务之一：{titles}。", code=ExitCode.REFUSED)


def loss_told(lost: Lost) -> str:
    """One ledger's loss, for people."""
    return f"台账 {lost.log_id[:8]} 第 {lost.first}–{lost.last} 条，共 {lost.count} 条"


def certificate(restored: Restored, root: str) -> list[str]:
    """The paper of the restore: to be signed by both approvers and filed with the founding's."""
    when = instant(clock.now_us()).astimezone(OFFICE_TIME)
    losses = [f"声明的损失：{loss_told(each)}" for each in restored.losses]
    approved = (restored.approvers.first, restored.approvers.second)
    personal = (
        "" if restored.personal_data_kept else "个人敏感信息的密钥没有恢复，这些信息不再可读。"
    )
    return [
        "——恢复证书——",
        f"恢复时间：{when:%Y-%m-%d %H:%M}",
        f"新台账名称：{origin(restored.log_id)}",
        f"首条校验：{restored.genesis}",
        f"第一把验证公钥：{restored.vkey}",
        f"首次封存的根散列值：{_grouped(root) or '（尚未封存，封存后补填）'}",
        f"承接的旧台账：{origin(restored.old_log_id)}",
        f"恢复到：{restored.size} 条，根散列值 {_grouped(restored.root)}",
        *(losses or ["声明的损失：没有出示较晚的封存"]),
        f"事由：{restored.reason}",
        *(f"批准人：{each}" for each in approved),
        *((personal,) if personal else ()),
        "请打印、由两名批准人签字、存档。请停用旧机，并按回执和纸质凭据补记所缺各条。",
    ]


def _grouped(digits: str) -> str:
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
