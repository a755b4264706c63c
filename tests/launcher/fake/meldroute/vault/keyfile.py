"""Stands in for the key file maker in the launcher's tests."""

import sys
from pathlib import Path

Path(sys.argv[1]).write_text("a key\n")
