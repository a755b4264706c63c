"""10.000 keer een wachtwoord raden binnen tien minuten, vanaf 1 adres en vanaf 500; en een hele dag door (T43)."""

from __future__ import annotations

from prove._pytest import longer

if __name__ == "__main__":
    longer("tests/people/test_attempts.py")
