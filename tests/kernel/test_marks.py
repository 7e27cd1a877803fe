from __future__ import annotations

import pytest

from baomi.kernel.marks import Term, parse_mark, parse_term, term_words


@pytest.mark.parametrize(
    ("level", "term", "code", "expected"),
    [
        ("", "", "none", None),
        ("/", "", "none", None),
        ("普通", "", "none", None),
        ("秘　密", "", "confidential", None),
        ("机 密", "10年", "secret", Term(kind="years", value="10")),
        ("機密", "", "secret", None),
        ("内　部", "", "internal", None),
        ("绝密", "30年", "top_secret", Term(kind="years", value="30")),
        ("工作秘密", "", "work_secret", None),
        ("机密★10年", "", "secret", Term(kind="years", value="10")),
        ("机密★10年", "10年", "secret", Term(kind="years", value="10")),
        ("秘密★1年", "12个月", "confidential", Term(kind="years", value="1")),
        ("秘密 ★ 6 个月", "", "confidential", Term(kind="months", value="6")),
        ("秘密☆三年", "", "confidential", Term(kind="years", value="3")),
        ("绝密★长期", "", "top_secret", Term(kind="condition", value="长期")),
        ("机密★启用前", "", "secret", Term(kind="condition", value="启用前")),
        ("秘密★2030年1月1日", "", "confidential", Term(kind="until", value="2030-01-01")),
        ("机密（20年）", "", "secret", Term(kind="years", value="20")),
        ("机密10年", "", "secret", Term(kind="years", value="10")),
        ("秘密级", "-", "confidential", None),
    ],
)
def test_marks_as_typed(level: str, term: str, code: str, expected: Term | None) -> None:
    mark = parse_mark(level, term)
    assert (mark.level_code, mark.term, mark.questions) == (code, expected, ())


@pytest.mark.parametrize(
    ("level", "term", "question", "choices"),
    [
        ("机密★10年", "20年", "term_contradiction", ("10年", "20年")),
        ("秘密★6个月", "6年", "term_contradiction", ("6个月", "6年")),
        ("秘密", "20", "term_unclear", ("20年", "20个月")),
        ("秘密", "6月", "term_unclear", ("6年", "6个月")),
        ("内部", "6个月", "term_without_level", ("秘密", "机密", "绝密")),
        ("", "10年", "term_without_level", ("秘密", "机密", "绝密")),
    ],
)
def test_contradiction_is_asked(
    level: str, term: str, question: str, choices: tuple[str, ...]
) -> None:
    questions = parse_mark(level, term).questions
    assert [(q.code, q.choices) for q in questions] == [(question, choices)]


@pytest.mark.parametrize("level", ["甲级", "机", "绝秘", "机密★10年★5年", "机密\u202e"])
def test_unknown_level_is_asked_and_never_guessed(level: str) -> None:
    mark = parse_mark(level)
    assert mark.level_code == "none"
    assert [q.code for q in mark.questions] == ["level_unknown"]
    assert "机密" in mark.questions[0].choices


def test_mark_keeps_both_texts() -> None:
    assert parse_mark("机　密", "10年").typed == "机　密|10年"


@pytest.mark.parametrize("text", ["10年", "6个月", "2030-01-01", "长期", "启用前"])
def test_term_words_can_be_read_again(text: str) -> None:
    term = parse_term(text)
    assert term is not None
    assert term_words(term) == text
