"""The office's own docx templates: ``BAOMI_HOME/templates/<name>.docx``, else the program's."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from baomi.engine import home
from baomi.engine.papers.forms.default_template import default_template
from baomi.kernel.verdict import BadInput
from baomi.registers.official import Form

FOLDER: Final = "templates"


def path_of(form: Form) -> Path:
    """Where an office's own template of a form lies, if it has one."""
    return home.home() / FOLDER / f"{form.name}.docx"


def has_own(form: Form) -> bool:
    """Whether the office has a template of its own."""
    return path_of(form).is_file()


def template_of(form: Form) -> bytes:
    """The template that is filled. Raises ``BadInput``: the office's own cannot be read."""
    if not has_own(form):
        return made_template(form)
    try:
        return path_of(form).read_bytes()
    except OSError:
        raise BadInput(f"读不到本单位的模板 {path_of(form)}，请系统管理员检查该文件") from None


@lru_cache(maxsize=64)
def made_template(form: Form) -> bytes:
    """The program's own template of a form."""
    return default_template(form)
