"""The register's own migrations, and one more from this folder."""

from pathlib import Path

from tests.proofs.upgrades.version import REAL_FOLDER

__path__ = [str(REAL_FOLDER), str(Path(__file__).parent)]
