"""From raw bytes to a Reading."""

from __future__ import annotations

import re
from datetime import datetime

from ...domain.thread_token import tokens_in
from . import limits
from .addresses import Address, addresses
from .automatic import automatic
from .charsets import one_line
from .content import body_parts, content, is_body, shown_text
from .dates import mail_date
from .filenames import given_name, safe_name
from .forwarded import Forwarded, forwarded_inline
from .headers import Headers, parameters
from .problem import Noted, Notes, Problem
from .reading import Part, Reading
from .sniff import fits, is_outlook_file, runs, sniff
from .structure import Budget, Entity, split

_ID = re.compile(r"<[^<>\s]{1,400}>")
_REFERENCE = re.compile(r"\b[A-Z]{2,4}-(?:19|20)\d{2}-\d{4,6}\b")
_TO_US = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read(raw: bytes, *, received: datetime | None = None) -> Reading:
    """What `raw` says. Never raises, whatever the bytes; what cannot be read is among the `problems`.

    `received` (aware) is when the mail came in, to tell a date that cannot be.
    """
    notes = Notes()
    try:
        return _read(raw, received, Budget(notes), level=0)
    except Exception:  # the last net: no mail may stop the others, and the raw bytes are kept
        return Reading(problems=(*notes.all(), Noted(Problem.UNEXPECTED)))


def _read(raw: bytes, received: datetime | None, budget: Budget, *, level: int) -> Reading:
    notes = budget.notes
    if is_outlook_file(raw):
        return Reading(problems=(Noted(Problem.OUTLOOK_FILE),))
    data = _unwrapped(raw)
    if not data:
        return Reading(problems=(Noted(Problem.EMPTY),))
    root = split(data, budget)
    if not root.headers.fields:
        notes.add(Problem.NO_HEADERS)
    text, from_html = shown_text(body_parts(root), notes)
    parts = _parts(root, budget, level)
    _note_what_is_missing(root, text, parts, notes)
    return _reading(root, received, text, from_html, parts, notes)


def _unwrapped(raw: bytes) -> bytes:
    """`raw` without what programs put before a mail: byte order marks and blank lines."""
    if raw[:2] in _UTF16:
        raw = raw.decode("utf-16", "replace").encode("utf-8", "replace")
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t")


def _reading(
    root: Entity, received: datetime | None, text: str, from_html: bool, parts: tuple[Part, ...], notes: Notes
) -> Reading:
    headers = root.headers
    subject = headers.text("subject")
    sender = _sender(headers, notes)
    date = mail_date(headers.first("date"), received)
    if date is None:
        notes.add(Problem.BAD_DATE)
    replies, references = _ids(headers, "in-reply-to"), _ids(headers, "references")
    kind = automatic(headers, parameters(headers.first("content-type"))[0], sender, subject)
    return Reading(
        subject=subject,
        sender=sender,
        reply_to=_addresses(headers, "reply-to"),
        to=_addresses(headers, "to"),
        cc=_addresses(headers, "cc"),
        date=date,
        message_id=next(iter(_ids(headers, "message-id")), ""),
        in_reply_to=replies,
        references=references,
        tokens=tokens_in([*_addressed(headers), *replies, *references]),
        named=tuple(dict.fromkeys(_REFERENCE.findall(subject))),
        automatic=kind,
        text=text,
        from_html=from_html,
        parts=parts,
        forwarded=None if kind.bounce else forwarded_inline(subject, text) or _forwarded_file(parts),
        problems=notes.all(),
    )


def _sender(headers: Headers, notes: Notes) -> Address | None:
    found = _addresses(headers, "from")
    usable = [address for address in found if address.address]
    if len({address.address.lower() for address in usable}) > 1:
        notes.add(Problem.SEVERAL_SENDERS)
    if not usable:
        notes.add(Problem.NO_SENDER)
    return next(iter([*usable, *found, *_addresses(headers, "sender")]), None)


def _addresses(headers: Headers, name: str) -> tuple[Address, ...]:
    return tuple(address for value in headers.all(name)[:5] for address in addresses(value))


def _addressed(headers: Headers) -> list[str]:
    return [address.address for name in _TO_US for address in _addresses(headers, name)]


def _ids(headers: Headers, name: str) -> tuple[str, ...]:
    found = [one_line(match, 402) for value in headers.all(name)[:5] for match in _ID.findall(value)]
    return tuple(dict.fromkeys(found))[:100]


def _parts(root: Entity, budget: Budget, level: int) -> tuple[Part, ...]:
    files = [leaf for leaf in root.leaves() if not is_body(leaf) and not leaf.kind.startswith("multipart/")]
    return tuple(_part(leaf, number, budget, level) for number, leaf in enumerate(files, start=1))


def _part(leaf: Entity, number: int, budget: Budget, level: int) -> Part:
    data = content(leaf, budget.notes)
    kind = sniff(data)
    is_mail = leaf.kind == "message/rfc822"
    nested = _nested(data, budget, level) if is_mail else None
    name = safe_name(given_name(leaf.headers), "message/rfc822" if is_mail else kind, number)
    part = Part(
        filename=name,
        declared=leaf.kind,
        sniffed="message/rfc822" if is_mail else kind,
        data=data,
        inline=parameters(leaf.headers.first("content-disposition"))[0] == "inline",
        content_id=next(iter(_ids(leaf.headers, "content-id")), "").strip("<>"),
        fits_name=is_mail or fits(name, kind),
        runs=runs(name, kind),
        nested=nested,
    )
    _note_file(part, budget.notes)
    return part


def _note_file(part: Part, notes: Notes) -> None:
    if not part.fits_name:
        notes.add(Problem.OTHER_TYPE, part.filename)
    if part.runs:
        notes.add(Problem.RUNS, part.filename)


def _nested(data: bytes, budget: Budget, level: int) -> Reading | None:
    """The mail inside, read within the same budget; its own problems stand in its own reading."""
    if level >= limits.NESTED_MAILS:
        budget.notes.add(Problem.TOO_DEEP)
        return None
    if not budget.scan(len(data)):
        return None
    inner = Budget(Notes(), budget.parts, budget.scanned, budget.delimiters)
    reading = _read(data, None, inner, level=level + 1)
    budget.parts, budget.scanned, budget.delimiters = inner.parts, inner.scanned, inner.delimiters
    for noted in reading.problems:
        if noted.problem in (Problem.TOO_DEEP, Problem.TOO_MANY_PARTS, Problem.TOO_MUCH_WORK):
            budget.notes.add(noted.problem)
    return reading


def _forwarded_file(parts: tuple[Part, ...]) -> Forwarded | None:
    for part in parts:
        inner = part.nested
        if inner is not None and inner.sender is not None:
            date = inner.date.isoformat() if inner.date else ""
            return Forwarded(inner.sender, inner.subject, date, attached=True)
    return None


def _note_what_is_missing(root: Entity, text: str, parts: tuple[Part, ...], notes: Notes) -> None:
    kinds = {root.kind, *(part.declared for part in parts)}
    if "multipart/encrypted" in kinds or kinds & set(_SEALED) or "-----BEGIN PGP MESSAGE-----" in text[:2000]:
        notes.add(Problem.ENCRYPTED)
    if text.strip():
        return
    if any(part.sniffed == "application/ms-tnef" for part in parts):
        notes.add(Problem.OUTLOOK_PART)
    if not parts:
        notes.add(Problem.NOTHING_READABLE)
