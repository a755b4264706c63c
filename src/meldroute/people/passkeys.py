"""Passkeys: registering one and giving one as the second factor (WebAuthn level 3, checked by py_webauthn).

The question (with its challenge) stands in the page and in the session; the answer comes back as a field of the form.
So no address answers JSON, and a page without JavaScript is simply the page without the button.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.contrib.sessions.backends.base import SessionBase
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from .models import Passkey, User

ASKED = "passkey_asked"
PREFERRED = UserVerificationRequirement.PREFERRED


def registration(user: User, session: SessionBase, address: str) -> str:
    """The question to an authenticator to make a passkey: JSON. `address` is that of the installation."""
    options = generate_registration_options(
        rp_id=_domain(address),
        rp_name="Meldroute",
        user_id=user.id.bytes,
        user_name=user.email,
        user_display_name=user.name,
        exclude_credentials=_known(user),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=PREFERRED
        ),
    )
    session[ASKED] = bytes_to_base64url(options.challenge)
    return options_to_json(options)


def register(user: User, answer: str, name: str, session: SessionBase, address: str, at: datetime) -> Passkey | None:
    """Keep the passkey that an authenticator made; None when the answer does not fit the question."""
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=_asked(session),
            expected_rp_id=_domain(address),
            expected_origin=address,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError):
        return None
    if Passkey.objects.filter(credential=made.credential_id).exists():
        return None
    return Passkey.objects.create(
        user=user,
        name=name,
        credential=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        made_at=at,
    )


def question(user: User, session: SessionBase, address: str) -> str:
    """The question to prove that one has a passkey: JSON; "" for who has none."""
    known = _known(user)
    if not known:
        return ""
    options = generate_authentication_options(
        rp_id=_domain(address), allow_credentials=known, user_verification=PREFERRED
    )
    session[ASKED] = bytes_to_base64url(options.challenge)
    return options_to_json(options)


def proves(user: User, answer: str, session: SessionBase, address: str, at: datetime) -> bool:
    """Whether the answer comes from a passkey of `user`. A counter that went back means a copy: refused."""
    try:
        given = parse_authentication_credential_json(answer)
        passkey = Passkey.objects.select_for_update().get(user=user, credential=given.raw_id)
        proof = verify_authentication_response(
            credential=given,
            expected_challenge=_asked(session),
            expected_rp_id=_domain(address),
            expected_origin=address,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError, Passkey.DoesNotExist):
        return False
    passkey.sign_count, passkey.used_at = proof.new_sign_count, at
    passkey.save(update_fields=["sign_count", "used_at"])
    return True


def _asked(session: SessionBase) -> bytes:
    """The challenge, which counts for one answer."""
    return base64url_to_bytes(session.pop(ASKED))


def _domain(address: str) -> str:
    return urlsplit(address).hostname or ""


def _known(user: User) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=bytes(row.credential)) for row in Passkey.objects.filter(user=user)]
