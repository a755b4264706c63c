"""`python -m meldroute.vault.keyfile PATH`: make a key file where there is none."""

from __future__ import annotations

import sys
from pathlib import Path

from .keyring import create

if __name__ == "__main__":
    create(Path(sys.argv[1]))
