"""Personal codes: made, worded once more, and found again by whoever opens one.

A code follows from a random salt and the key of the database, so that its message can be worded without storing it.
What is stored is a slow hash of it: without the key, guessing one costs 2**35 hashes even for a thief of the database.
"""

import hashlib
import hmac
import os
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.beforehand import done_in_thread
from db.cipher import Cipher
from db.models import CodePurpose, Person, PersonalCode
from db.types import cipher_of
from domain.codes import PERSONAL_LENGTH, SELECTOR_LENGTH, code_from

_SALT_BYTES = 16
_PURPOSE = "personal code"
_COST = 2**14  # some 50 ms and 16 MB
# Those of a whole guest list are made at once. To guess one still takes a thief of the database years without the key.
_COST_OF_MANY = 2**11


async def make(
    session: AsyncSession,
    person_id: int,
    now: datetime,
    expires_at: datetime,
    *,
    purpose: CodePurpose = CodePurpose.TAKE_OVER,
    succeeds_id: int | None = None,
    alone: bool = True,
    **grants: Any,
) -> PersonalCode:
    """A code about this person, good until then; if `alone`, any other for the same purpose opens nothing from now on.

    `grants`: of an invitation into the team, the columns that say to what.
    """
    if alone:
        await revoke(session, person_id, (purpose,))
    ((code, salt, digest),) = await _hashed(session, f"{purpose} {person_id}", 1, _COST)
    made = PersonalCode(
        person_id=person_id,
        selector=code[:SELECTOR_LENGTH],
        salt=salt,
        digest=digest,
        made_at=now,
        expires_at=expires_at,
        purpose=purpose,
        succeeds_id=succeeds_id,
        **grants,
    )
    session.add(made)
    await session.flush()
    return made


async def make_for_guests(
    session: AsyncSession, guest_ids: Collection[int], now: datetime, expires_at: datetime
) -> None:
    """A code for each of these guests, good until then; any that they had opens nothing from now on."""
    await session.execute(delete(PersonalCode).where(PersonalCode.guest_id.in_(guest_ids)))
    number = len(guest_ids)
    hashed = await _hashed(session, f"{number} guests", number, _COST_OF_MANY)
    rows = [
        {
            "guest_id": guest_id,
            "selector": code[:SELECTOR_LENGTH],
            "salt": salt,
            "digest": digest,
            "made_at": now,
            "expires_at": expires_at,
            "purpose": CodePurpose.GUEST,
        }
        for guest_id, (code, salt, digest) in zip(guest_ids, hashed, strict=True)
    ]
    await session.execute(insert(PersonalCode), rows)


async def of_guests(
    session: AsyncSession, guest_ids: Collection[int], now: datetime
) -> dict[int, PersonalCode]:
    """The codes of these guests that open something, by guest."""
    theirs = select(PersonalCode).where(PersonalCode.guest_id.in_(guest_ids), is_open(now))
    return {each.guest_id: each for each in await session.scalars(theirs) if each.guest_id is not None}


async def revoke(session: AsyncSession, person_id: int, purposes: Collection[CodePurpose]) -> None:
    """The codes about this person for these purposes open nothing any more."""
    older = (PersonalCode.person_id == person_id, PersonalCode.purpose.in_(purposes))
    await session.execute(delete(PersonalCode).where(*older))


async def revoke_passed_on(session: AsyncSession, person_id: int) -> None:
    """What this person has passed on opens nothing any more: into their office, to their pledges, to their own place in
    an office, and to the sides of those whom they entered. Somebody else may have the chat in which it stands.
    """
    entered = select(Person.id).where(Person.entered_by_id == person_id)
    about = and_(
        PersonalCode.person_id == person_id,
        PersonalCode.purpose.in_((CodePurpose.OFFICE, CodePurpose.MANDATE)),
    )
    passed_on = or_(about, PersonalCode.succeeds_id == person_id, PersonalCode.person_id.in_(entered))
    await session.execute(delete(PersonalCode).where(PersonalCode.used_at.is_(None), passed_on))


def spelled(session: AsyncSession, made: PersonalCode) -> str:
    """The code itself, for the message that passes it on."""
    return _spelled(session, made.salt)


def _spelled(session: AsyncSession, salt: bytes) -> str:
    return _code_of(cipher_of(session), salt)


def _code_of(cipher: Cipher, salt: bytes) -> str:
    return code_from(cipher.derived(_PURPOSE, salt), PERSONAL_LENGTH)


Hashed = tuple[str, bytes, bytes]  # a code, its salt, its hash


async def _hashed(session: AsyncSession, key: str, number: int, cost: int) -> list[Hashed]:
    """So many new codes. Their hashes take seconds if there are many, and nobody's transaction waits for them."""
    return await done_in_thread(session, f"codes: {key}", _new_codes, cipher_of(session), number, cost)


def _new_codes(cipher: Cipher, number: int, cost: int) -> list[Hashed]:
    salts = [os.urandom(_SALT_BYTES) for _ in range(number)]
    codes = [_code_of(cipher, salt) for salt in salts]
    return [(code, salt, _digest(code, salt, cost)) for code, salt in zip(codes, salts, strict=True)]


def _digest(code: str, salt: bytes, cost: int) -> bytes:
    """Slow on purpose, so never in the event loop."""
    return hashlib.scrypt(code.encode(), salt=salt, n=cost, r=8, p=1, dklen=32)


def is_open(now: datetime) -> ColumnElement[bool]:
    """The condition that a code was neither used nor is over."""
    return and_(PersonalCode.used_at.is_(None), PersonalCode.expires_at > now)


async def still_open(
    session: AsyncSession, code_id: int, now: datetime, *, lock: bool = False
) -> PersonalCode | None:
    """The code with this id, None if it no longer opens anything. `lock`: until the transaction ends."""
    own = select(PersonalCode).where(PersonalCode.id == code_id, is_open(now))
    return await session.scalar(own.with_for_update() if lock else own)


async def find(
    session: AsyncSession, code: str, now: datetime, purposes: Collection[CodePurpose]
) -> PersonalCode | None:
    """What this code for one of these purposes, spelled as `make` does, opens now; None for nothing.

    One hash for each with the same beginning, which is hardly ever more than one.
    """
    begins = (PersonalCode.selector == code[:SELECTOR_LENGTH], PersonalCode.purpose.in_(purposes))
    alike = select(PersonalCode).where(*begins, is_open(now))
    for each in await session.scalars(alike):
        cost = _COST_OF_MANY if each.purpose is CodePurpose.GUEST else _COST
        digest = await done_in_thread(session, f"code {each.id}", _digest, code, each.salt, cost)
        if hmac.compare_digest(digest, each.digest):
            return each
    return None


async def perhaps_known(session: AsyncSession, codes: Collection[str]) -> set[str]:
    """Those of these codes that begin like a stored one: it takes no hash, and is not to be trusted."""
    beginnings = {code[:SELECTOR_LENGTH] for code in codes}
    known = set(
        await session.scalars(select(PersonalCode.selector).where(PersonalCode.selector.in_(beginnings)))
    )
    return {code for code in codes if code[:SELECTOR_LENGTH] in known}
