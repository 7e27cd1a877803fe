"""``baomi ledger``: export, verify, seal and look into the ledger."""

from baomi.entrypoints.cli.faces import Group, LaterCommands

command = Group(
    name="ledger",
    help="台账日志：导出、校验、封存、查看。",
    later=LaterCommands(
        __name__,
        {
            "export": "导出日志，供在另一台电脑上校验",
            "verify": "校验日志：导出的目录，或本机现有的台账",
            "checkpoint": "立即封存，并显示封存内容，供带走",
            "show": "查看一条日志的头部（不含内容）",
            "receipt": "一条日志的回执",
        },
    ),
)
