"""verify.py as the auditor runs it: alone, on a folder, on whatever the folder holds."""

import ast
import io
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from baomi.kernel.ledger import verify as v
from tests.kernel.ledger.builder import MAC_KEY, export, write
from tests.kernel.ledger.story import lawful

SCRIPT = Path(v.__file__)


def run(*arguments: object) -> tuple[int, list[str]]:
    out = io.StringIO()
    code = v.main([str(a) for a in arguments], out)
    return code, out.getvalue().splitlines()


def run_alone(*arguments: object) -> tuple[int, list[str], str]:
    command = [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode()


@pytest.fixture(scope="module")
def story():
    return lawful(1)


@pytest.fixture
def folder(story, tmp_path):
    return export(write(story), tmp_path / "export")


@pytest.fixture
def now(story) -> str:
    return v.shown_time(story.now_us).replace(" +0800", "+08:00")


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    roots = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            roots.add(str(node.module).split(".")[0])
    assert roots
    assert roots <= set(sys.stdlib_module_names)


def test_clean_export_in_a_process_of_its_own(folder, now) -> None:
    assert run_alone(folder, "--now", now) == (0, ["CLEAN"], "")


def test_tampered_export_in_a_process_of_its_own(folder, now) -> None:
    rows = folder / "rows.jsonl"
    rows.write_text(rows.read_text().replace('"held"', '"lost"', 1))
    code, lines, errors = run_alone(folder, "--now", now)
    assert (code, errors) == (1, "")
    assert [line.split()[0] for line in lines] == ["ROW", "1"]
    assert lines[-1] == "1 FINDINGS"


def test_every_option_in_a_process_of_its_own(story, folder, now, tmp_path) -> None:
    ledger = write(story)
    size = max(ledger.kept)
    when = v.shown_time(ledger.log[size].columns["time_us"]).replace(" +0800", "+08:00")
    (tmp_path / "note.txt").write_bytes(ledger.kept[size])
    (tmp_path / "mac").write_bytes(MAC_KEY)
    receipt = ledger.receipt(7)
    code, lines, errors = run_alone(
        folder, "--anchor", tmp_path / "note.txt", "--anchor", f"{tmp_path}/note.txt@{when}",
        "--receipt", f"7:{receipt.prefix}", "--vkey", ledger.first, "--vkey", folder / "vkey.txt",
        "--mac-key", tmp_path / "mac", "--max-age", "1", "--fast", "--now", now,
    )  # fmt: skip
    assert (code, errors) == (0, "")
    assert lines[-1] == "CLEAN"
    assert lines[0].startswith("NOTICE MAC_NONE")


def test_help_is_in_chinese() -> None:
    code, lines, _ = run_alone("--help")
    assert code == 0
    assert any("校验导出的台账" in line for line in lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--receipt", "7:xyz"],
        ["--receipt", "7:3cdf"],
        ["--anchor", "nowhere.txt"],
        ["--vkey", "TEST"],
        ["--mac-key", "nowhere"],
        ["--max-age", "soon"],
        ["--now", "yesterday"],
        ["--unknown"],
    ],
    ids=lambda a: "-".join(a),
)
def test_wrong_arguments_are_refused_and_nothing_is_called_clean(folder, arguments) -> None:
    code, lines = run(folder, *arguments)
    assert code == 2
    assert lines[-1].startswith("UNREADABLE - ")


def test_anchor_file_that_is_none_is_refused(folder, tmp_path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe")
    assert run(folder, "--anchor", tmp_path / "a.txt")[0] == 2
    (tmp_path / "a.txt").write_text("bm.local/x\n-1\nAAAA\n")
    assert run(folder, "--anchor", tmp_path / "a.txt")[0] == 2


def test_anchor_file_with_carriage_returns_is_read(story, folder, now, tmp_path) -> None:
    note = list(write(story).kept.values())[-1].replace(b"\n", b"\r\n").rstrip()
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + note)
    assert run(folder, "--anchor", tmp_path / "a.txt", "--now", now) == (0, ["CLEAN"])


FILES = ["log.jsonl", "head.json", "rows.jsonl", "blobs.jsonl", "vkey.txt", "notes"]


def corrupt(folder: Path, random: Random) -> str:
    """Flip one octet or delete one line of one file; tell what was done."""
    paths = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    path = random.choice(paths)
    old = path.read_bytes()
    if random.random() < 0.3:
        lines = old.splitlines(keepends=True)
        at = random.randrange(len(lines))
        path.write_bytes(b"".join(lines[:at] + lines[at + 1 :]))
        return f"{path.name}: line {at} deleted"
    at = random.randrange(len(old))
    new = old[at] ^ (1 << random.randrange(8)) if random.random() < 0.5 else random.randrange(256)
    if new == old[at]:
        new ^= 1
    path.write_bytes(old[:at] + bytes([new]) + old[at + 1 :])
    return f"{path.name}: octet {at} from {old[at]} to {new}"


@pytest.mark.parametrize("alg", [1, 2])
@pytest.mark.parametrize("bare", [False, True], ids=["full", "bare"])
def test_random_corruption_is_never_missed(alg, bare, tmp_path) -> None:
    random = Random(alg)  # noqa: S311 - chooses what to damage
    story = lawful(alg, 3)
    now = v.shown_time(story.now_us).replace(" +0800", "+08:00")
    sound = export(write(story), tmp_path / "sound", bare=bare)
    files = {p: p.read_bytes() for p in sorted(sound.rglob("*")) if p.is_file()}
    for _ in range(40):
        what = corrupt(sound, random)
        code, lines = run(sound, "--now", now)
        assert code in (1, 2), what
        assert not lines[-1].startswith("CLEAN"), what
        assert "校验中断" not in lines[-1], what
        for path, content in files.items():
            path.write_bytes(content)
    assert run(sound, "--now", now)[0] == 0


@pytest.mark.parametrize("name", FILES)
def test_missing_file_is_never_clean(folder, name, now) -> None:
    path = folder / name
    path.rename(folder.parent / "elsewhere")
    code, lines = run(folder, "--now", now)
    assert code == (1 if name == "notes" else 2)
    assert not lines[-1].startswith("CLEAN")


GARBAGE = {
    "empty": b"",
    "line-feed": b"\n",
    "nul": b"\0" * 100,
    "not-utf-8": b"\xff\xfe{}\n",
    "list": b"[]\n",
    "number": b"1\n",
    "huge-number": b'{"seq":' + b"9" * 5000 + b"}\n",
    "float": b'{"seq":1.0,"raw":"","salt":null,"body":null}\n',
    "bool": b'{"seq":true,"raw":"","salt":null,"body":null}\n',
    "no-raw": b'{"seq":0,"raw":null,"salt":null,"body":null}\n',
    "short-raw": b'{"seq":0,"raw":"AAAA","salt":null,"body":null}\n',
    "bad-base64": b'{"seq":0,"raw":"AAB=","salt":null,"body":null}\n',
    "raw-number": b'{"seq":0,"raw":7,"salt":null,"body":null}\n',
    "duplicate": b'{"seq":0,"seq":0,"raw":"","salt":null,"body":null}\n',
    "deep": b"[" * 200_000 + b"\n",
    "endless-line": b" " * (5 << 20),
    "row-list": b'{"t":"copy","id":[],"row":{}}\n',
    "row-null": b'{"t":"copy","id":"a","row":null}\n',
    "blob-text": b'{"id":"a","sha256":"xy","size":"1"}\n',
    "blob-true": b'{"id":"a","sha256":"' + b"0" * 64 + b'","size":true}\n',
    "head-null": b'{"log_id":null,"alg":null,"size":null,"root":null,"demo":null,"bare":null}\n',
    "surrogate": b'{"t":"copy","id":"\\ud800","row":{}}\n',
}


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE.keys())
@pytest.mark.parametrize(
    "name", ["log.jsonl", "head.json", "rows.jsonl", "blobs.jsonl", "vkey.txt"]
)
def test_malformed_folder_is_never_clean_and_never_a_traceback(folder, now, name, garbage) -> None:
    (folder / name).write_bytes(garbage)
    code, lines = run(folder, "--now", now)
    assert code in (1, 2)
    assert not lines[-1].startswith("CLEAN")
    assert "校验中断" not in lines[-1]


def test_no_folder_at_all(tmp_path) -> None:
    assert run(tmp_path / "nowhere")[0] == 2
    assert run(SCRIPT)[0] == 2


def test_unforeseen_error_is_unreadable_and_quotes_nothing(folder, now, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("某绝密标题")

    monkeypatch.setattr(v, "read_body", fail)
    code, lines = run(folder, "--now", now)
    assert code == 2
    assert lines[-1].startswith("UNREADABLE")
    assert "标题" not in lines[-1]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda path: path.write_bytes(b"another picture"),
        lambda path: path.unlink(),
        lambda path: path.with_name("stray").write_bytes(b"of nobody"),
    ],
    ids=["replaced", "deleted", "added"],
)
def test_files_themselves_are_hashed_not_what_is_told_of_them(folder, now, tamper) -> None:
    tamper(min((folder / "blobs").iterdir()))
    code, lines = run(folder, "--now", now)
    assert code == 1
    assert {line.split()[0] for line in lines[:-1]} - {"NOTICE"} == {"BLOB"}
