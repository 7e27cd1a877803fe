"""``python -m tools.scaffold clause GZ2.3.9`` or ``… action custody lend_copy [title]``."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tools.scaffold import ScaffoldError, action, clause, still_wanted

ROOT = Path(__file__).resolve().parents[2]
USAGE = """用法：
  make new-clause ID=GZ2.3.9
  make new-action REGISTER=custody NAME=lend_copy TITLE=借出"""


def main(arguments: Sequence[str]) -> int:
    """Make the files and say what remains to be done. Returns 1 when nothing was made."""
    try:
        match list(arguments):
            case ["clause", clause_id] if clause_id:
                made = clause(ROOT, clause_id)
                print("\n".join(["制度文本还要求：", *still_wanted(clause_id)]))
            case ["action", register, name, *title] if register and name:
                made = action(ROOT, register, name, *title[:1])
            case _:
                print(USAGE)
                return 1
    except ScaffoldError as error:
        print(error)
        return 1
    for path in made:
        print(f"已建立 {path.relative_to(ROOT)}")
    print("新建的测试会一直不通过，直到补全其中指出的内容；说明见 docs/guides")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
