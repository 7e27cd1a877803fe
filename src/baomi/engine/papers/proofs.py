"""Papers that prove the ledger: the founding certificate (建账证书) and a sealing (封存单)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baomi.engine.papers.codes import qr_svg
from baomi.engine.papers.press import press


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointPaper:
    """A sealing: the signed note, which the auditor takes away."""

    office: str
    note: str
    seq: int
    sealed_at: str  # 2025-03-03 09:30
    receipt: str


def render_checkpoint(paper: CheckpointPaper, *, day: date) -> bytes:
    """The note as text and as QR, and places to sign."""
    facts = [
        ["机关", paper.office],
        ["封存时间", paper.sealed_at],
        ["日志序号", str(paper.seq)],
        ["存证回执", paper.receipt],
    ]
    data = {
        "title": "台账封存单",
        "facts": facts,
        "note": paper.note.rstrip("\n").split("\n"),
        "qr": qr_svg(paper.note),
        "advice": "请审计员把本单带离本机关另行保存。日后校验台账时，扫描二维码或照抄下文，存成"
        "文本文件，作为外存的凭据；逐字相符才有效，空格和换行也不能改动。",
        "signatures": ["封存人", "审计员", "日期"],
    }
    return press("proof", data, day=day)


def render_certificate(lines: Sequence[str], *, day: date) -> bytes:
    """The certificate of founding: its first line is the title, each other one ``名称：内容``."""
    title = next((line for line in lines if "：" not in line and "证书" in line), "建账证书")
    rest = [line for line in lines if line != title]
    notices = [line for line in rest if "：" not in line]
    facts = [list(line.partition("：")[::2]) for line in rest if "：" in line]
    data = {
        "title": title,
        "facts": facts,
        "note": [],
        "qr": "",
        "advice": "；".join(notices),
        "signatures": ["建账人", "见证人", "日期"],
    }
    return press("proof", data, day=day)
