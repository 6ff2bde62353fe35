"""One-time codes (TOTP) as the second factor."""

from __future__ import annotations

import pyotp
import segno
import sqlalchemy as sa
from pyotp.exceptions import OTPVerificationError

from bot.staff import audit
from bot.staff.accounts import User
from bot.store import Store
from bot.tables import sessions, users

ISSUER = "Alo"
TOLERANCE = 1  # clocks may differ by a step of half a minute


def new_secret() -> str:
    """A secret for the app on somebody's phone and for us."""
    return pyotp.random_base32()


def picture(user: User, secret: str) -> str:
    """The secret as a QR code: the address of an image, which is all in the address."""
    address = pyotp.TOTP(secret).provisioning_uri(name=user.name, issuer_name=ISSUER)
    return segno.make(address, error="m").svg_data_uri(scale=6, border=4, light="#fff")


def accept(store: Store, user: User, code: str) -> bool:
    """Whether the code is right. No code is accepted twice, however many come at once."""
    with store.write() as connection:
        query = sa.select(users.c.second_factor).where(users.c.id == user.id)
        sealed = connection.execute(query).scalar_one()
        step = _step(str(store.keys.unseal(bytes(sealed))), code) if sealed else 0
        later = sa.and_(users.c.id == user.id, users.c.last_code < step)
        used = connection.execute(sa.update(users).where(later).values(last_code=step))
        return bool(used.rowcount)


def set_up(store: Store, user: User, secret: str, code: str) -> bool:
    """Takes the secret over if the code proves that the phone has it; ends all sessions."""
    step = _step(secret, code)
    if not step:
        return False
    values = {"second_factor": store.keys.seal(secret), "last_code": step}
    with store.write() as connection:
        connection.execute(sa.update(users).where(users.c.id == user.id).values(values))
        connection.execute(sa.delete(sessions).where(sessions.c.user == user.id))
        audit.note(connection, user.name, "factor_set", user.name)
    return True


def _step(secret: str, code: str) -> int:
    """The half minute to which a code belongs; 0 if it is wrong."""
    digits = "".join(code.split())
    try:
        step = pyotp.TOTP(secret).verify_and_get_timecode(digits, valid_window=TOLERANCE)
    except OTPVerificationError:
        return 0
    return int(step)
