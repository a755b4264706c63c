"""Elk adres met elke methode voor elke vrager, zonder een over te slaan: zoals de tabel het zegt."""

from __future__ import annotations

from prove._pytest import longer

if __name__ == "__main__":
    longer("tests/authorisation/test_every_address.py")
