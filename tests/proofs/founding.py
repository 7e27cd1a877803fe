"""Found the small office in an empty home, and write down its ids.

Word: ``first``, to do it as the first version of the program.
"""

import json
import sys

from tests.proofs.child import PLAN, prepare, tell


def main(*, as_first: bool) -> None:
    folder = prepare()
    from baomi.engine.home import make_folders, migrate
    from baomi.engine.verify_live import verify_live
    from tests.proofs.small_office import make
    from tests.proofs.upgrades.version import become_first

    if as_first:
        become_first()
    make_folders()
    migrate()
    (folder / PLAN).write_text(json.dumps(make().plain()), encoding="utf-8")
    tell({"findings": [found.line() for found in verify_live().findings]})


if __name__ == "__main__":
    main(as_first=sys.argv[1:] == ["first"])
