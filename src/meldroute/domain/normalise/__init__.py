"""One Dutch normaliser for names, places, numbers and disguised writing. Pure: text in, text out."""

from meldroute.domain.normalise.fold import Folded, fold, key
from meldroute.domain.normalise.names import Name, full_forms, split_name, surname_forms
from meldroute.domain.normalise.numbers import (
    date_forms,
    is_bsn,
    is_kvk,
    phone,
    phone_forms,
    phone_of,
    plate,
    postcode,
)
from meldroute.domain.normalise.places import Address, address_key, host, street_forms
from meldroute.domain.normalise.tokens import Token, readings, sound, tokens

__all__ = [
    "Address",
    "Folded",
    "Name",
    "Token",
    "address_key",
    "date_forms",
    "fold",
    "full_forms",
    "host",
    "is_bsn",
    "is_kvk",
    "key",
    "phone",
    "phone_forms",
    "phone_of",
    "plate",
    "postcode",
    "readings",
    "sound",
    "split_name",
    "street_forms",
    "surname_forms",
    "tokens",
]
