"""Mails uit verzamelingen van anderen: elk bestand in de genoemde mappen komt binnen en is te zien (T1).

`python -m prove.collections FOLDER [FOLDER ...]`: every file in a folder is one mail, or several when it is an mbox.
Ours come from the tests of other mail programs; which, stands in docs/operations/assurance.md. None is kept here.
"""

from __future__ import annotations

from prove._pytest import run

if __name__ == "__main__":
    run("collections")
