"""``baomi forms``: which official forms there are, and their docx templates."""

from baomi.entrypoints.cli.faces import Group, LaterCommands

command = Group(
    name="forms",
    help="表格：有哪些；取出 Word 模板，修改后放回，以后即按本单位的模板打印。",
    later=LaterCommands(
        __name__,
        {
            "list": "有哪些表格，各由什么对象打印",
            "template": "取出一种表格的 Word 模板，供本单位修改",
            "check": "检查修改过的 Word 模板能不能用",
        },
    ),
)
