"""Fixtures of the launcher's tests."""

from launcher_clones import new_clone, open_folder

__all__ = ["new_clone", "open_folder"]
