"""Whether a telephone number is one."""

from __future__ import annotations

import phonenumbers

SHORT = range(
    3, 7
)  # digits of the short numbers in use (911, 8840, *212); the library knows few of them


def fault(phone: str, country: str) -> str:
    """What is wrong with a number as it is written, or nothing.

    `+503 7070-1243` stands alone; a short number needs the country.
    """
    digits = phone.replace("-", "").replace(" ", "").removeprefix("*")
    if digits.isdigit() and len(digits) in SHORT:
        return "" if country else f"the short number {phone} needs `country:`"
    try:
        number = phonenumbers.parse(phone, country or None)
    except phonenumbers.NumberParseException:
        return f"{phone} is no telephone number; write it like +503 7070-1243"
    if not phonenumbers.is_valid_number(number):
        return (
            f"{phone} is no telephone number of any country; check its digits and the + in front"
        )
    return ""
