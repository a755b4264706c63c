"""The answer to "may this happen?": allowed or not, why, and on what ground."""

from __future__ import annotations

from dataclasses import dataclass

from .vocabulary import Role


@dataclass(frozen=True)
class Verdict:
    """One answer. A refusal always has a Dutch reason and says who can help.

    `reason` is a whole Dutch sentence (a message id of the translation catalogue), `ground` the rule or law
    it rests on, `code` a stable name of what allowed or refused it, `helpers` the roles that can help.
    """

    allowed: bool
    reason: str = ""
    ground: str = ""
    code: str = ""
    helpers: tuple[Role, ...] = ()

    def __post_init__(self) -> None:
        if not self.allowed and not self.reason:
            raise ValueError("a refusal needs a reason")

    def __bool__(self) -> bool:
        return self.allowed


class Refused(Exception):
    """An action that a verdict forbids; `verdict` says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


def yes(reason: str = "", ground: str = "", code: str = "") -> Verdict:
    """An allowing verdict."""
    return Verdict(True, reason, ground, code)


def no(reason: str, ground: str = "", code: str = "", helpers: tuple[Role, ...] = ()) -> Verdict:
    """A refusing verdict; `reason` may not be empty."""
    return Verdict(False, reason, ground, code, helpers)


def require(verdict: Verdict) -> None:
    """Go on when the verdict allows it. Raises Refused otherwise."""
    if not verdict:
        raise Refused(verdict)
