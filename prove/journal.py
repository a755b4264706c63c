"""Het logboek: 1.000 vervalsingen, 32 schrijvers, 500 keer kill -9, een lange keten, elk adres door iedereen."""

from __future__ import annotations

from prove._pytest import longer

if __name__ == "__main__":
    longer("tests/journal")
