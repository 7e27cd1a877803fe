"""The words for what an attachment is."""

from __future__ import annotations

from typing import Final

ROLES: Final = {"signed": "签字件", "letter": "来往函件", "other": "其他"}
MEDIA: Final = {"pdf": "PDF", "jpeg": "JPEG 图片", "png": "PNG 图片"}
