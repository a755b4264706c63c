"""Why a file cannot be given without what it says of its maker."""

from __future__ import annotations


class NotBare(Exception):
    """The file is damaged, or too large when unpacked: what is hidden in it cannot be taken out."""


class KindNotBare(NotBare):
    """A kind of file of which we cannot take out surely what it says of its maker, or that we do not know."""
