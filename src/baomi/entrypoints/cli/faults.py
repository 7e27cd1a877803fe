"""Every kind of fault, and the sentences and the exit code that a person at the terminal gets."""

from __future__ import annotations

from baomi.engine.backup.faults import BackupFault
from baomi.engine.checks import UnsafeStart
from baomi.engine.export_ledger import FolderNotEmpty
from baomi.engine.face.wording import as_lines, worded
from baomi.engine.faults import NOT_FOUNDED, TOO_MUCH, keep_unforeseen, told_of_machine
from baomi.engine.found import AlreadyFounded, KeysAreThere
from baomi.engine.home import ClockWouldRunBack
from baomi.engine.inputs import InvalidInputs
from baomi.engine.ledger import TooMuchAtOnce
from baomi.engine.login import LoginRefused, MustChangePassword, NotLoggedIn
from baomi.engine.operations import OperationIdReused
from baomi.engine.pen import NotFounded
from baomi.engine.sealer import NoSigningKey, SealRefused
from baomi.entrypoints.cli.answer import Answer, ExitCode
from baomi.kernel.labels import LabelError
from baomi.kernel.ledger.verify import Unreadable
from baomi.kernel.verdict import BadInput, Refused

_FIXED: dict[type[Exception], tuple[str, ExitCode]] = {
    NotFounded: (NOT_FOUNDED, ExitCode.FAULT),
    NoSigningKey: (
        "本账户读不到签封密钥：封存须由签封账户办理（BAOMI_SEALER_HOME）。",
        ExitCode.FAULT,
    ),
    OperationIdReused: (OperationIdReused.sentence, ExitCode.BAD_INPUT),
    AlreadyFounded: (AlreadyFounded.sentence, ExitCode.FAULT),
    KeysAreThere: (KeysAreThere.sentence, ExitCode.FAULT),
    LoginRefused: (LoginRefused.sentence, ExitCode.NOT_LOGGED_IN),
    NotLoggedIn: (f"{NotLoggedIn.sentence}（baomi login 登录名）", ExitCode.NOT_LOGGED_IN),
    MustChangePassword: (
        f"{MustChangePassword.sentence}（baomi passwd）",
        ExitCode.NOT_LOGGED_IN,
    ),
    FolderNotEmpty: ("导出目录里已有内容，不会覆盖：请换一个空目录。", ExitCode.BAD_INPUT),
    TooMuchAtOnce: (TOO_MUCH, ExitCode.BAD_INPUT),
    ClockWouldRunBack: (
        "时钟不能退到台账最后一条的前一天以前：请少退一些。",
        ExitCode.BAD_INPUT,
    ),
}


def told(fault: Exception) -> Answer:
    """Sentences and exit code of a fault; an unforeseen one is kept in ``log/errors.log``."""
    if isinstance(fault, BadInput | LabelError):
        return _answer(str(fault), code=ExitCode.BAD_INPUT)
    if isinstance(fault, InvalidInputs):
        sentences = (f"{each.sentence}（{each.field}）" for each in fault.faults)
        return _answer(*sentences, code=ExitCode.BAD_INPUT)
    if isinstance(fault, Refused):
        # who asked is not known here: nothing is named that not everybody may see
        lines = as_lines(worded(fault.verdict.refusals, lambda ref: False))
        return _answer("不准办理。", *lines, code=ExitCode.REFUSED)
    if type(fault) in _FIXED:
        sentence, code = _FIXED[type(fault)]
        return _answer(sentence, code=code)
    if isinstance(fault, UnsafeStart):
        return _answer(*fault.sentences, code=ExitCode.FAULT)
    if isinstance(fault, SealRefused):
        return _answer(str(fault), code=ExitCode.FAULT)
    if isinstance(fault, BackupFault):
        return _answer(fault.sentence, code=ExitCode.BAD_INPUT)
    if isinstance(fault, Unreadable):
        return _answer(str(fault), code=ExitCode.BAD_INPUT)
    return _answer(told_of_machine(fault) or keep_unforeseen(fault), code=ExitCode.FAULT)


def _answer(*sentences: str, code: ExitCode) -> Answer:
    return Answer(None, sentences, code)
