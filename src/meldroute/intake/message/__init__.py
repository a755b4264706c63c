"""Reading a mail: `read(raw)` gives a `Reading`, whatever the bytes."""

from __future__ import annotations

from .addresses import Address
from .automatic import Automatic
from .forwarded import Forwarded
from .problem import Noted, Problem
from .reader import read
from .reading import Part, Reading

__all__ = ["Address", "Automatic", "Forwarded", "Noted", "Part", "Problem", "Reading", "read"]
