"""Elk adres met elke methode voor elke vrager, zonder een over te slaan: zoals de tabel het zegt."""

from __future__ import annotations

from prove._longer import prove

if __name__ == "__main__":
    prove("tests/authorisation/test_every_address.py")
