"""``python -m benchmarks [NAME …]``: all benchmarks one after another, or those that are named."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

from rich.console import Console

# each in a process of its own: settings are read once, and a home is one office
SCRIPTS: Final = {
    "ledger": "日志格式，不经数据库",
    "deeds": "一件事从判断到落盘，与裸事务、simple-history 对比",
    "writers": "八个进程同时办理",
    "http_deeds": "经 HTTP 办理",
    "verification": "校验",
    "importing": "导入",
    "startup": "启动时间和内存",
    "million": "一百万份的台账：翻页和搜索",
    "pages": "网页：一千份与一百万份相比",
    "homes": "工作台和每日到期检查：200 人、一万项应办事项",
}


def main(names: list[str]) -> int:
    """Run them; the number of those that failed."""
    unknown = [name for name in names if name not in SCRIPTS]
    if unknown:
        Console().print(f"没有这些项目：{'、'.join(unknown)}；可选：{'、'.join(SCRIPTS)}")
        return 2
    failed = 0
    for name in names or SCRIPTS:
        Console().print(f"\n[bold]{name}[/bold] {SCRIPTS[name]}")
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        failed += subprocess.run(command, check=False).returncode != 0  # noqa: S603 - our own
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
