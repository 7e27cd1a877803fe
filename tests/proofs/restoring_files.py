"""Restore a backup with attached files into the empty home, without the old master key.

Words: the folder that was taken away.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from tests.proofs.child import prepare, tell


def main(folder: Path) -> None:
    prepare()
    from baomi.engine import registry
    from baomi.engine.attachments import store
    from baomi.engine.backup.key import read_key
    from baomi.engine.backup.losses import examine
    from baomi.engine.backup.payload import Payload
    from baomi.engine.backup.restore import Approvers, restore
    from baomi.engine.sealer import seal_now
    from baomi.engine.verify_live import verify_live
    from baomi.kernel.ledger.verify import read_anchor
    from baomi.registers.attachments import files
    from baomi.registers.attachments.models import Attachment

    note = read_anchor((folder / "note").read_text("utf-8"))
    payload = Payload(folder / "0.backup", read_key(folder / "key"))
    restore(
        examine(payload, anchors=[note]),
        reason="演练",
        approve=lambda: Approvers("甲", "乙"),
        seal_key=None,
    )
    seal_now()
    registry.load()
    sums = json.loads((folder / "sums").read_text("utf-8"))
    keys = set(Attachment.objects.values_list("id", flat=True))
    found = {str(key): sha256(store.content_of(key)).hexdigest() for key in keys}
    tell(
        {
            "restored": len(found),
            "same_octets": found == sums,
            "files": {path.name for path in files.stored()} == {UUID(each).hex for each in sums},
            "findings": [each.line() for each in verify_live(anchors=[note]).findings],
        }
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
