"""Where real data lies, for tests that are passed over where it does not."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("BAYBRIDGE_DATA", ROOT.parent / "shared" / "data"))
LISTED = DATA / "companies" / "bilingual_listed.jsonl"

real_data = pytest.mark.skipif(not LISTED.exists() and "CI" not in os.environ, reason="no real data beside the project")
