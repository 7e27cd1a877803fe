"""Attached files at the command line."""

import pytest

from baomi.kernel.ids import new_id
from tests.engine.attachments.samples import pdf
from tests.entrypoints.asking import paper as number_of

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
SCAN = pdf()
AS = ("--as", "registrar")


@pytest.fixture(autouse=True)
def files_of_its_own(uploads):
    """No file of one test is met by another."""


@pytest.fixture
def paper(desk):
    return number_of(desk.ready(desk.reader, level="内部")[0])


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "关于某某的通知.pdf"
    path.write_bytes(SCAN)
    return path


def test_a_file_is_attached_listed_and_taken_out(baomi, paper, scan, tmp_path):
    ran = baomi("attach", "文件", paper, scan, "--level", "内部", *AS, "--json")
    assert ran.code == 0, ran.err
    key = ran.data["attachment"]
    listed = baomi("list", "attachments.attachment", *AS)
    assert paper in listed.out
    assert "签字件" in listed.out
    assert "某某" not in listed.out
    out = tmp_path / "out.pdf"
    taken = baomi("attachment", key, "--out", out, *AS)
    assert taken.code == 0, taken.err
    assert out.read_bytes() == SCAN
    assert out.stat().st_mode & 0o077 == 0
    assert baomi("attachment", key, "--out", out, *AS).code == 2
    assert baomi("attachment", key, "--out", tmp_path / "out.png", *AS).code == 2
    assert baomi("attachment", key, "--out", tmp_path / "b.pdf", "--as", "auditor").code == 2
    assert not (tmp_path / "b.pdf").exists()


def test_what_cannot_be_attached_is_told_and_leaves_nothing(baomi, paper, scan, tmp_path, uploads):
    for words, said in (
        (("attach", "文件", paper, tmp_path / "none.pdf", "--level", "内部"), "读不到"),
        (("attach", "文件", paper, scan, "--level", "机密"), "只核准存放"),
        (("attach", "人员", paper, scan, "--level", "内部"), "这一类不能附文件"),
        (("attach", "文件", "2025-999", scan, "--level", "内部"), "没有"),
        (("attach", "文件", paper, __file__, "--level", "内部"), "只收 PDF"),
    ):
        ran = baomi(*words, *AS)
        assert ran.code == 2, ran
        assert said in ran.err
    assert baomi("attachment", new_id(), "--out", tmp_path / "x.pdf", *AS).code == 2
    assert list(uploads.iterdir()) == []
