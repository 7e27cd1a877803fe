"""``baomi keys``: change the office's keys."""

from baomi.entrypoints.cli.faces import Group, LaterCommands

command = Group(
    name="keys",
    help="密钥更换。",
    later=LaterCommands(__name__, {"rotate-seal": "更换个人敏感字段的主密钥"}),
)
