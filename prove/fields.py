"""Elk veld van elk formulier met wat er niet in hoort: nooit een serverfout, en SQL verandert geen antwoord (T45).

`python -m prove.fields`: every field of every form on every page, one at a time, with words that are no numbers, far
too long texts, half a character and the like, by whoever sees the form; what each post changes is undone after it.
"""

from __future__ import annotations

from prove._pytest import run

if __name__ == "__main__":
    run("fields")
