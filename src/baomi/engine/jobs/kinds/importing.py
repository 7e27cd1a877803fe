"""Jobs ``import_preview`` and ``import`` as every process knows them; the importer does them."""

from __future__ import annotations

from baomi.engine.jobs.kind import Kind, declare

PREVIEW = declare(Kind(name="import_preview", title="导入预览"))
IMPORT = declare(
    Kind(
        name="import",
        title="导入登记簿",
        when_stopped="已按要求停止：停止以前登记的内容保留，再次导入同一文件即可续完。",
    )
)
