"""What is uploaded is told by its content: scans are taken, whatever only looks like one is not."""

import pytest

from baomi.engine.attachments import checking, judging
from baomi.kernel.verdict import BadInput
from tests.engine.attachments.samples import BAD, GOOD, archive, pdf


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_a_scan_is_taken(content) -> None:
    assert checking.checked(content) in ("pdf", "jpeg", "png")


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD)
def test_what_is_no_scan_is_refused_in_words(content, said) -> None:
    with pytest.raises(BadInput) as no:
        checking.checked(content)
    assert said in no.value.sentence
    assert no.value.sentence.endswith("。")


def test_thirty_and_more_are_refused() -> None:
    assert len(BAD) > 30


def test_too_large_is_said_before_anything_is_opened(monkeypatch) -> None:
    monkeypatch.setattr(checking, "_ask", None)
    with pytest.raises(BadInput, match="文件超过 20 MB"):
        checking.checked(pdf() + bytes(21 * 1024 * 1024))


def test_a_child_that_falls_is_a_sentence(monkeypatch) -> None:
    monkeypatch.setattr(checking, "_CHILD", "import os; os.abort()")
    with pytest.raises(BadInput, match="不完整或已损坏"):
        checking.checked(pdf())


def test_a_child_that_hangs_is_a_sentence(monkeypatch) -> None:
    monkeypatch.setattr(checking, "_CHILD", "import time; time.sleep(60)")
    monkeypatch.setattr(checking, "_SECONDS", 0.2)
    with pytest.raises(BadInput, match="不完整或已损坏"):
        checking.checked(pdf())


def test_a_zip_is_found_wherever_it_ends() -> None:
    with pytest.raises(judging.Unfit, match="另一种格式"):
        judging.judged(pdf() + archive() + b"\n%%EOF\n")
