"""Values of the core as bytes and back: every type that the cache keeps is read as that type or not at all."""

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from kehoach_cli.core.model.agency import Registry
from kehoach_cli.core.model.amendment import Amendment
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.legal import LegalRegister
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.store.cache.database import DamagedError

ValueT = TypeVar("ValueT")

# What decoding may raise where the bytes are nothing of ours.
DAMAGE = (DamagedError, msgspec.DecodeError, UnicodeError, RecursionError)

_DECODERS: dict[Any, Any] = {}
encoded = msgspec.msgpack.Encoder().encode


class RegistryEntry(Struct, frozen=True):
    """What reading a registry gave; `by_key` is the index of its names, which takes longer to make than to read."""

    file: str
    findings: tuple[Finding, ...]
    fatal: bool
    registry: Registry | None = None
    by_key: dict[str, str] | None = None


class SubmissionEntry(Struct, frozen=True):
    """What reading a progress file gave."""

    findings: tuple[Finding, ...]
    fatal: bool
    submissions: tuple[Submission, ...] | None = None


class LegalEntry(Struct, frozen=True):
    """What reading the register of replaced legal documents gave."""

    findings: tuple[Finding, ...]
    fatal: bool
    register: LegalRegister | None = None


class AmendmentEntry(Struct, frozen=True):
    """What reading an amendment gave, with what of it cannot be applied to the plans of the workspace."""

    file: str
    findings: tuple[Finding, ...]
    fatal: bool
    amendment: Amendment | None = None


class LintFacts(Struct, frozen=True):
    """What decides whether a registry or a plan is asked for.

    `ids` are the ids the file gives itself, `elsewhere` tells whether another file may have caused a finding on it, `plan_id`
    is the id of a plan that can be used.
    """

    province: str = ""
    ids: tuple[str, ...] = ()
    elsewhere: bool = False
    plan_id: str | None = None


class LintEntry(Struct, frozen=True):
    """What checking one file by itself gave; `findings` is None where the file was not asked for."""

    facts: LintFacts
    findings: tuple[Finding, ...] | None = None


def decoder(kind: Any) -> Any:
    """Return the decoder of a type."""
    if kind not in _DECODERS:
        _DECODERS[kind] = msgspec.msgpack.Decoder(kind)
    return _DECODERS[kind]


def decoded_or_none(data: bytes | None, kind: type[ValueT]) -> ValueT | None:
    """Return the value of an entry, None where there is none or it is damaged."""
    try:
        found: ValueT | None = None if data is None else decoder(kind).decode(data)
    except DAMAGE:
        return None
    return found


def encoded_or_none(value: Any) -> bytes | None:
    """Return a value as bytes, None where it holds a file name that is no text."""
    try:
        return encoded(value)
    except UnicodeEncodeError:
        return None
