"""Municipalities, partner organisations, users and their roles (plan §3.3.1, §3.3.2)."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from meldroute.domain.vocabulary import Recipient, Role, SourceKind

from .sessions import Session as Session


class Municipality(models.Model):
    """One walled municipality. `code` opens its references, as in HS-2026-0001."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    code = models.CharField(max_length=4, unique=True)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    mail_domains = ArrayField(models.CharField(max_length=120), default=list)
    meldpunt_phone = models.CharField(max_length=40, blank=True)
    meldpunt_mail = models.CharField(max_length=120, blank=True)
    mma_contract_on = models.DateField(null=True)
    mma_protocol_on = models.DateField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def mma_open(self) -> bool:
        """The MMA channel is off until contract and protocol are registered (domain rules §4)."""
        return bool(self.mma_contract_on and self.mma_protocol_on)


class Users(BaseUserManager["User"]):
    """Users by mail address."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user with this mail address, in any case."""
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """A person with an account. Leavers keep their row (the journal names them) and are barred everywhere."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="nl")
    is_active = models.BooleanField(default=True)
    barred_at = models.DateTimeField(null=True)
    asleep_at = models.DateTimeField(null=True)
    woken_at = models.DateTimeField(null=True)
    last_municipality = models.UUIDField(null=True)

    @property
    def is_asleep(self) -> bool:
        """Whether nobody used it for too long; an administrator wakes it."""
        return self.asleep_at is not None and self.barred_at is None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Users()

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A partner in the chain, as one municipality knows it; `source` is what its reports count as."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=32, choices=SourceKind.choices())
    recipient = models.CharField(max_length=32, choices=Recipient.choices(), blank=True)
    mail_domains = ArrayField(models.CharField(max_length=120), default=list)
    mail = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    about = models.TextField(blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class CallLine(models.Model):
    """Whom one can call in this municipality, on the card "Wie bel ik nu" (domain rules §10).

    `version` grows with every change, so that nobody ticks off what changed meanwhile; without `number` it is not
    on the card yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=160, blank=True)
    what_for = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    version = models.IntegerField(default=1)
    checked_on = models.DateField(null=True)
    checked_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name

    @property
    def tel(self) -> str:
        """The number as a telephone dials it."""
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")


class Membership(models.Model):
    """A role of a user in a municipality, from a day to a day (both included).

    `group`: the group at the identity provider that it follows from, "" when a person proposed it. `reviewed_at`: when
    somebody last said that it is still needed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=32, choices=Role.choices())
    organisation_id = models.UUIDField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    stands_in_for = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    granted_by = models.UUIDField(null=True)
    granted_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    group = models.CharField(max_length=200, blank=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("starts",)
        indexes = (models.Index(fields=("user", "municipality")),)
        constraints = (
            models.CheckConstraint(
                name="people_stand_in_ends",
                condition=models.Q(stands_in_for__isnull=True) | models.Q(ends__isnull=False),
            ),
            models.CheckConstraint(
                name="people_nobody_confirms_himself",
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("user")),
            ),
            models.CheckConstraint(
                name="people_nobody_reviews_himself",
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("user")),
            ),
        )


class FactorReset(models.Model):
    """A request to reset somebody's second factor; with a case role it waits for confirmation."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)


class Identity(models.Model):
    """Who somebody is at the identity provider of the municipality; the first sign-in ties the two together."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="people_identity_once"),
            models.UniqueConstraint(fields=("issuer", "user"), name="people_identity_one"),
        )


class Passkey(models.Model):
    """A passkey of somebody: the public half, as WebAuthn level 3 gives it at registration."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at",)


class RecoveryCode(models.Model):
    """A code for who lost the app and the passkeys; only its digest is kept, the row goes when it is used."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField()


class Attempt(models.Model):
    """A wrong try of a password, a code or a link: a keyed digest of what was tried, and when."""

    bucket = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("bucket", "at"), name="people_attempt_bucket"),)
