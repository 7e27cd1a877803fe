"""``baomi import``: the past, from a book; first shown, then done."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from baomi.engine import home
from baomi.engine.face import wording
from baomi.engine.login import NotLoggedIn
from baomi.engine.sealer import can_seal, seal_when_due
from baomi.entrypoints.cli import questions as terminal
from baomi.entrypoints.cli import sheet
from baomi.entrypoints.cli.answer import Answer, ExitCode, Shown, Stop, say_while_working
from baomi.entrypoints.cli.ask import agreed
from baomi.entrypoints.cli.faces import Command, wants_json
from baomi.entrypoints.cli.grid import Grid
from baomi.entrypoints.cli.session import Asker, asker
from baomi.entrypoints.importer import run
from baomi.entrypoints.importer.answer_sheet import HEAD, lines_of, read_answers
from baomi.entrypoints.importer.cells import UnreadableBook
from baomi.entrypoints.importer.closing import closing, gathered
from baomi.entrypoints.importer.fields import KINDS, TITLES, field_called
from baomi.entrypoints.importer.preview_lines import HEAD as LINES_HEAD
from baomi.entrypoints.importer.preview_lines import cells_of
from baomi.entrypoints.importer.run import Given
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Post

COUNTS = {
    "rows": "行数",
    "done": "登记",
    "noted": "其中有注",
    "questions": "疑问",
    "refused": "拒收",
    "skipped": "略过",
    "papers": "文件",
    "copies": "份数",
}
MOST_SHOWN = 50
MOST_LINES = 40


@click.command(
    "import",
    cls=Command,
    help="导入过去的登记簿（.xlsx、.xls、.csv）：先逐行预览，确认后才登记。过去只记录、不审查。"
    "中断后再次运行即可续完；同一文件再次导入不会重复登记。",
)
@click.argument("file", metavar="文件", help="登记簿文件")
@click.option("--yes", is_flag=True, help="不再询问，直接登记")
@click.option("--map", "mapping", multiple=True, metavar="列名=字段", help="指明某一列是什么")
@click.option("--preview", "listing", metavar="清单", help="把逐行预览全部写成清单（.csv、.xlsx）")
@click.option("--questions", metavar="清单", help="把预览中的疑问写成清单（.csv），供填写回答")
@click.option("--answers", metavar="清单", help="按填好回答的清单预览或登记")
@click.option(
    "--as", "as_post", metavar="岗位", help="只限演示机关：以该岗位导入（未登录时为保密员）"
)
def command(
    *,
    file: str,
    yes: bool,
    mapping: tuple[str, ...],
    listing: str | None,
    questions: str | None,
    answers: str | None,
    as_post: str | None,
) -> Answer:
    """Preview; with consent, do."""
    who = _importer(as_post)
    if not Path(file).is_file():
        raise Stop(f"找不到文件 {file}：请核对路径。")
    _one_purpose(yes=yes, listing=listing, questions=questions)
    asking = Asking(who, Path(file), _mapping(mapping))
    try:
        given = read_answers(_there(answers)) if answers else []
        if listing:
            return _previewed(asking, given, Path(listing))
        if questions:
            return _listed(asking, given, Path(questions))
        return _imported(asking, given, yes=yes)
    except UnreadableBook as unreadable:
        raise Stop(unreadable.message) from None
    except run.UnsoundAnswers as unsound:
        raise Stop(*_faults(unsound), "没有登记任何内容：请改好回答后再试。") from None
    except Refused as refused:
        told = wording.as_data(refused.verdict.refusals, who.person)
        return Answer({"refused": told}, ["不准导入。", *wording.as_lines(told)], ExitCode.REFUSED)


def _one_purpose(*, yes: bool, listing: str | None, questions: str | None) -> None:
    if yes and questions:
        raise Stop("--questions 只写疑问清单，不登记：请不要同时加 --yes。")
    if yes and listing:
        raise Stop("--preview 只写逐行预览，不登记：请不要同时加 --yes。")
    if listing and questions:
        raise Stop("--preview 和 --questions 各写一份清单：请分两次运行。")


@dataclass(frozen=True, slots=True)
class Asking:
    """Who imports which book, and how its columns are read."""

    who: Asker
    path: Path
    columns: Mapping[str, str]

    def preview(self, given: Sequence[Given]) -> run.Preview:
        """What an import with these answers would do."""
        return run.preview(self.path, actor=self.who.id, mapping=self.columns, answers=given)


def _imported(asking: Asking, given: Sequence[Given], *, yes: bool) -> Answer:
    if not yes:
        seen = asking.preview(given)
        if wants_json() or not sys.stdin.isatty():
            shown = _foreseen(seen, "以上为预览，尚未登记：确认后请加 --yes。")
            lines = [asdict(line) for line in seen.lines]
            return replace(shown, data={"preview": True, **shown.data, "lines": lines})
        _foreseen(seen).show(as_json=False)
        given = _answered_here(asking, seen, given)
        if not agreed("登记以上内容吗"):
            return Answer({"preview": True}, ["没有登记。"])
    result = run.do(
        asking.path,
        actor=asking.who.id,
        mapping=asking.columns,
        answers=given,
        progress=_progress,
        after_batch=_seal,
    )
    return _told(result, closing(result))


def _previewed(asking: Asking, given: Sequence[Given], path: Path) -> Answer:
    """Write what would become of every row."""
    seen = asking.preview(given)
    rows = [cells_of(line) for line in seen.lines]
    how = "导入预览：逐行说明将怎样登记，尚未登记任何内容"
    with sheet.new_file(path) as file:
        sheet.write(file, path, sheet.Sheet("预览", how, LINES_HEAD, rows))
    text = f"{len(rows)} 行的预览已写到 {path}，尚未登记：确认后请加 --yes 导入。"
    data = {"preview": True, **_counts(seen), "file": str(path)}
    return Answer(data, [_sums(seen), text])


def _listed(asking: Asking, given: Sequence[Given], path: Path) -> Answer:
    """Write the questions as a list to be answered."""
    asked = asking.preview(given).asked
    if not asked:
        return Answer({"questions": 0, "file": None}, ["没有疑问，没有写文件。"])
    how = "导入疑问清单：在“回答”一栏填写后保存，其余各栏请勿改动，再用 --answers 导入"
    with sheet.new_file(path) as file:
        sheet.write(file, path, sheet.Sheet("疑问", how, HEAD, lines_of(asked)))
    text = f"{len(asked)} 个疑问已写到 {path}：填好“回答”一栏，再加 --answers {path} 导入。"
    return Answer({"questions": len(asked), "file": str(path)}, [text])


def _answered_here(asking: Asking, seen: run.Preview, given: Sequence[Given]) -> Sequence[Given]:
    """Ask at the terminal; answers that cannot be taken are told and asked for once more."""
    while seen.asked and agreed("现在逐条回答吗"):
        # lines of a file and answers given here must not share a number
        first = max((each.line for each in given), default=0) + 1
        said = [
            Given(
                line=line,
                sheet=question.sheet,
                row=question.row,
                code=question.code,
                check=question.check,
                answer=text,
            )
            for line, (question, text) in enumerate(terminal.put(seen.asked), start=first)
        ]
        given, seen = _sound(asking, [*given, *said])
        _foreseen(seen).show(as_json=False)
    return given


def _sound(asking: Asking, given: Sequence[Given]) -> tuple[Sequence[Given], run.Preview]:
    """The answers that can be taken, and the preview with them; the others are told."""
    while True:
        try:
            return given, asking.preview(given)
        except run.UnsoundAnswers as unsound:
            for fault in unsound.faults:
                say_while_working(fault.sentence)
            wrong = {fault.line for fault in unsound.faults}
            given = [each for each in given if each.line not in wrong]


def _there(file: str) -> Path:
    path = Path(file)
    if not path.is_file():
        raise Stop(f"找不到答案文件 {file}：请核对路径。")
    return path


def _faults(unsound: run.UnsoundAnswers) -> list[str]:
    shown = [f"答案第 {each.line} 行：{each.sentence}" for each in unsound.faults[:MOST_SHOWN]]
    more = len(unsound.faults) - len(shown)
    return [*shown, f"另有 {more} 处。"] if more else shown


def _importer(as_post: str | None) -> Asker:
    if as_post is not None:
        return asker(as_post)
    try:
        return asker()
    except (Stop, NotLoggedIn):
        if not home.is_demo():
            raise
        return asker(Post.REGISTRAR.value)


def _mapping(settings: tuple[str, ...]) -> Mapping[str, str]:
    found = {}
    for setting in settings:
        column, sign, name = (part.strip() for part in setting.rpartition("="))
        if not sign or not column:
            raise Stop("--map 的写法是 列名=字段，例如 --map 事由=文件标题；列名= 则略过这一列。")
        if name and not any(field_called(name, kind) for kind in KINDS):
            raise Stop(f"没有“{name}”这个字段。可用的有：{'、'.join(TITLES.values())}。")
        found[column] = name
    return found


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r已核对 {done}/{total}", nl=done >= total, err=True)
    elif done >= total:
        say_while_working(f"已核对 {done}/{total}")


def _seal() -> None:
    if can_seal():
        seal_when_due()


def _counts(result: run.Preview) -> dict[str, int]:
    return {key: getattr(result, key) for key in COUNTS}


def _sums(result: run.Preview) -> str:
    return "；".join(f"{COUNTS[key]} {count}" for key, count in _counts(result).items())


def _foreseen(seen: run.Preview, *last: str) -> Answer:
    """The preview: its first rows one by one, before the sums and problems."""
    shown = _told(seen, *last)
    lines: list[str | Shown] = [Grid(LINES_HEAD, [cells_of(x) for x in seen.lines[:MOST_LINES]])]
    more = len(seen.lines) - MOST_LINES
    if more > 0:
        lines.append(f"另有 {more} 行，加 --json 或 --preview OUT.csv 可看全部。")
    return replace(shown, text=[*lines, *shown.text])


def _told(result: run.Preview, *last: str) -> Answer:
    text: list[str | Shown] = [_sums(result)]
    problems = gathered(result.problems)
    if problems:
        shown = [(p.sheet, p.rows, p.column, p.sentence) for p in problems[:MOST_SHOWN]]
        text.append(Grid(("工作表", "行", "列", "问题和改法"), shown))
    if len(problems) > MOST_SHOWN:
        text.append(f"另有 {len(problems) - MOST_SHOWN} 种，加 --json 可看全部。")
    data = {
        **_counts(result),
        "problems": [asdict(each) for each in result.problems],
        "skipped_because": dict(result.skipped_because),
    }
    return Answer(data, [*text, *last])
