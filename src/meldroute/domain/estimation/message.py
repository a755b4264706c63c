"""What the estimator says to people: one sentence in Dutch, one in English, and the number behind it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """A refusal or a warning. `code` is stable; `number` triggered it; `limit` is the threshold, if any."""

    code: str
    nl: str
    en: str
    number: float | None = None
    limit: float | None = None
    lists: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, object]:
        """For JSON; empty fields are left out."""
        found: dict[str, object] = {"code": self.code, "nl": self.nl, "en": self.en}
        if self.number is not None:
            found["number"] = self.number
        if self.limit is not None:
            found["limit"] = self.limit
        if self.lists:
            found["lists"] = list(self.lists)
        return found


class BadTable(ValueError):
    """A table that cannot be read; `message` says what is wrong, in both languages."""

    def __init__(self, code: str, nl: str, en: str) -> None:
        super().__init__(nl)
        self.message = Message(code, nl, en)


def percent(share: float) -> str:
    """A share as a whole percentage, the same in both languages."""
    return f"{100 * share:.0f} %"


def decimal_nl(value: float, digits: int = 1) -> str:
    """A number with a decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")
