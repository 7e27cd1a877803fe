"""What is said of a file in which no heading row was found, and how to mend it."""

from __future__ import annotations

from baomi.entrypoints.importer.book import Book, map_words

_MOST_NAMED = 8
_LONGEST_HEADING = 16
_EXAMPLES = ("文件标题", "文件字号", "份号")


def without_heading(book: Book) -> str:
    """The sentence, with the first row's cells that could be headings.

    A cell as long as a title, or with digits, is an entry's: it is not repeated.
    """
    if not book.unheaded:
        return "文件里没有内容，没有登记任何内容：请核对是否选错了文件。"
    names = [text for text in book.unheaded if _could_be_heading(text)]
    if not names:
        return (
            "没有找到表头行，没有登记任何内容：第一行像是登记的内容，"
            "请在它上面补一行表头（例如 收文日期、来文机关、文件字号、文件标题、密级、份数）。"
        )
    shown = "、".join(f"“{name}”" for name in names[:_MOST_NAMED])
    more = f"等 {len(names)} 栏" if len(names) > _MOST_NAMED else ""
    example = " ".join(map(map_words, names, _EXAMPLES))
    return (
        f"没有找到表头行，没有登记任何内容。第一行看到的是 {shown}{more}；如果它就是表头，"
        f"请指明各列是什么，例如 {example}（不要的列用 {map_words(names[-1], '')} 略过）；"
        "如果不是，请在文件最上面补一行表头。"
    )


def _could_be_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not any(sign.isdigit() for sign in text)
