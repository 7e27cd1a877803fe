"""The fonts that papers are set in: the office's own first, Noto CJK always last.

An office that has licensed 仿宋 and 小标宋 puts their files into a folder and names it by
``BAOMI_FONTS``. Fonts of the system are never looked for: the same paper looks the same everywhere.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import typst

from baomi.kernel.verdict import BadInput

OWN_FONTS: Final = "BAOMI_FONTS"
# where Debian's fonts-noto-cjk and its kin on other systems lie
NOTO_FOLDERS: Final = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/share/fonts/google-noto-cjk"),
    Path("/usr/share/fonts/google-noto-serif-cjk-vf-fonts"),
    Path("/usr/share/fonts/google-noto-sans-cjk-vf-fonts"),
)
NO_FONT: Final = (
    "本机没有中文字体，不能打印：请系统管理员安装 Noto CJK 字体（Debian：apt-get install "
    "fonts-noto-cjk），或把字体文件所在目录写入环境变量 BAOMI_FONTS"
)
_SERIF, _SANS, _MONO = "Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans Mono CJK SC"
_SONG: Final = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang")
_HEADLINE: Final = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK")
_BLACK: Final = ("SimHei", "黑体", "STHeiti", "FandolHei")


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The fonts at hand, and by role the families to be tried in turn."""

    fonts: typst.Fonts
    text: tuple[str, ...]  # 仿宋
    headline: tuple[str, ...]  # 小标宋
    heading: tuple[str, ...]  # 黑体
    mono: tuple[str, ...]  # signs of one width, no two of them alike


def typefaces() -> Typefaces:
    """The fonts of this machine. Raises ``BadInput`` where none has Chinese characters."""
    own = os.environ.get(OWN_FONTS, "").strip()
    return _found(((Path(own),) if own else ()) + NOTO_FOLDERS)


@cache
def _found(folders: tuple[Path, ...]) -> Typefaces:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders if folder.is_dir()],
    )
    there = set(fonts.families())
    last = tuple(family for family in (_SERIF, _SANS) if family in there)
    if not last:
        raise BadInput(NO_FONT)
    black = tuple(reversed(last))
    mono = tuple(family for family in (_MONO,) if family in there)
    return Typefaces(
        fonts=fonts,
        text=(*(each for each in _SONG if each in there), *last),
        headline=(*(each for each in _HEADLINE if each in there), *last),
        heading=(*(each for each in _BLACK if each in there), *black),
        mono=(*mono, *black),
    )
