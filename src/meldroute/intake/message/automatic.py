"""Mail that no person wrote, or whose sender must not get an automatic answer (RFC 3834)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .addresses import Address
from .headers import Headers

_BULK = frozenset(["bulk", "list", "junk", "auto_reply"])
_LIST_HEADERS = ("list-id", "list-unsubscribe", "list-post", "list-help", "mailing-list")
_AUTO_HEADERS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-autoreply-from",
    "x-auto-response-suppress",
)
_NOBODY = re.compile(
    r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|niet-?beantwoorden|geen-?antwoord|bounces?)\b"
)
_AWAY = re.compile(
    r"(automatisch antwoord|automatic reply|autoreply|auto:|out of office|afwezig(heid|heidsmelding)?\b|"
    r"ontvangstbevestiging|undeliver|niet bezorgd|onbestelbaar|delivery status|mail delivery failed)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Automatic:
    """Why a mail gets no receipt; all False for mail from a person."""

    generated: bool = False
    mailing_list: bool = False
    bounce: bool = False
    null_sender: bool = False
    nobody: bool = False

    def __bool__(self) -> bool:
        return self.generated or self.mailing_list or self.bounce or self.null_sender or self.nobody


def automatic(headers: Headers, kind: str, sender: Address | None, subject: str) -> Automatic:
    """What the headers say; a subject that reads as an absence notice counts too."""
    submitted = headers.first("auto-submitted").partition(";")[0].strip().lower()
    precedence = headers.first("precedence").strip().lower()
    away = bool(_AWAY.match(subject))
    return Automatic(
        generated=submitted not in ("", "no") or away or any(headers.first(name) for name in _AUTO_HEADERS),
        mailing_list=precedence in _BULK or any(headers.first(name) for name in _LIST_HEADERS),
        bounce=kind == "multipart/report" or bool(headers.first("x-failed-recipients")),
        null_sender=any(value.strip() == b"<>" for value in headers.raw("return-path")),
        nobody=sender is not None and bool(_NOBODY.match(sender.address.lower())),
    )
