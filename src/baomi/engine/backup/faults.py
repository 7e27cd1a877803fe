"""What can be wrong with a backup, its key, or the place to restore it to."""

from __future__ import annotations


class BackupFault(Exception):
    """Nothing was made; the sentence says what is wrong and how to mend it."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class BadKeyFile(BackupFault):
    """The key's file cannot be read, or holds no key."""


class WrongKey(BackupFault):
    """The backup was made with another key."""

    def __init__(self) -> None:
        super().__init__("密钥与备份不符：这份备份是用另一把备份密钥做的，请换对应的密钥文件。")


class Damaged(BackupFault):
    """The file is no backup, was cut, or an octet of it was changed."""

    def __init__(self) -> None:
        super().__init__("备份文件已损坏或被改动，没有采用其中任何内容：请换一份备份。")


class NoBackup(BackupFault):
    """The file does not begin as a backup does."""

    def __init__(self) -> None:
        super().__init__("这不是备份文件，或其开头已损坏：请核对文件。")


class FromNewerProgram(BackupFault):
    """The program does not know the structure that the backup has."""

    def __init__(self) -> None:
        super().__init__("这份备份由更新的程序所做：请先安装新版程序，再恢复。")
