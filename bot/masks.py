"""Numbers of papers and cards are taken out of a message before it is stored.

Three ways to know one, the surest first: a form that nothing else has, a check digit, and a word
for a paper right beside it. What people ask about must stay: telephone numbers, prices, dates,
names of forms, years, numbers of choices. So a number of fewer than six digits is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import phonenumbers
from stdnum import iban, luhn
from stdnum.do import cedula
from stdnum.us import ssn

from bot.text import strip_accents

MASK = "***"
LEAST = 6  # digits
NEAR = 60  # letters before a number that tell what it is

_DASH = r"\-" "\u2010\u2011\u2012\u2013\u2014\u2212"
_GAP = f"[ \u00a0\u202f.{_DASH}]"
_HYPHEN = f" ?[{_DASH}] ?"
_START, _END = r"(?<![\w+])", r"(?!\w)"


def _form(*groups: str, between: str = _HYPHEN) -> re.Pattern[str]:
    """Groups of signs with something between them, standing alone."""
    alone = f"{_START}(?<!\\d[{_DASH}.,])(?:{between.join(groups)}){_END}(?![{_DASH}.,]\\d)"
    return re.compile(alone, re.IGNORECASE)


# Forms that nothing else has.
_FORMS = (
    _form(r"\d{8}", r"\d"),  # DUI of El Salvador
    _form(r"\d{4}", r"\d{5}", r"\d{4}", between=_GAP),  # DPI of Guatemala
    _form(r"\d{4}", r"(?:19|20)\d\d", r"\d{5}", between=_GAP),  # DNI of Honduras
    _form(r"\d{4}", r"\d{6}", r"\d{3}", r"\d"),  # NIT of El Salvador
    _form(r"\d{3}", r"\d{6}", r"\d{4} ?[a-z]", between=f"{_GAP}?"),  # cédula of Nicaragua
    _form(r"\d{3}", r"\d{7}", r"\d"),  # cédula of the Dominican Republic
    _form(r"\d{3}", r"\d{3}", r"\d{3}", r"\d"),  # NIF of Haiti
    _form(r"\d\d", r"\d\d", r"\d\d", r"\d{4}", r"\d\d", r"\d{5}"),  # CIN of Haiti
    _form(r"[a-z]{4}\d{6}[hmx][a-z]{5}[a-z\d]\d"),  # CURP of Mexico
    _form(r"[a-z]{6}\d{8}[hm]\d{3}"),  # the voters' card of Mexico
    _form(r"[a-zñ&]{4}\d\d(?:0\d|1[0-2])[0-3]\d[a-z\d]{3}"),  # RFC of Mexico
    _form(r"(?:ioe|eac|wac|lin|src|msc|nbc|ysc|mct)", r"\d{10}", between=f"{_GAP}?"),  # a US case
    _form(r"a", r"\d{3}", r"\d{3}", r"\d{2,3}"),  # A-number
    _form(r"a[-#]?\d{8,9}"),
    re.compile(r"(?<![\w<])[a-z\d<]{5,44}<<[a-z\d<]{5,44}", re.IGNORECASE),  # foot of a passport
    _form(r"[a-z\d<]{9}\d[a-z]{3}\d{7}[mfx<]\d{7}[a-z\d<]*"),
)  # fmt: skip
_SSN = _form(r"\d{3}", r"\d{2}", r"\d{4}", between=f"[ {_DASH}]")
_IBAN = _form(r"[a-z]{2}\d{2}(?: ?[a-z\d]{4}){3,7}(?: ?[a-z\d]{1,3})?")
_CARD = _form(r"\d(?:[ -]?\d){13,15}")
_CARD_BEGINS = re.compile(r"4|5[1-5]|2[2-7]|3[467]|6(?:011|4[4-9]|5)")
_PASSPORT = _form(r"[a-z]{1,2}\d{6,9}")
_AMOUNT = re.compile(r"(?:q|l|g|rd|us|c|b|s|mx)\d+000|[a-z]+(?:19|20)\d{2}(?:0[1-9]|1[0-2])", re.I)
_ELEVEN = _form(r"\d{11}")
_THIRTEEN = _form(r"\d{13}")

# A word for a paper, and after it (or, with "my", before it) a number.
_PAPER = (
    r"d\.?u\.?i\.?|d\.?p\.?i\.?|c\.?u\.?i\.?|c\.?i\.?n\.?|n\.?i\.?f\.?|nin[iu]|curp|d\.?n\.?i\.?|rne|"
    r"rtn|nit|rfc|ine|nss|ssn|itin|dimex|cedula|cedulas|c\.c\.|pasaporte|passport|passeport|paspo|"
    r"pasaport|passaporte|identidad|identity|identite|idantite|idantifikasyon|identificacion|"
    r"identification|id|social|a[- ]?number|alien|cpf|rg|residencia|carnet|carne|"
    r"kat|carte|card|tarjeta|cartao|account|cuenta|kont|compte|clabe|licencia|lisans|licence|license"
)
_BETWEEN = (
    r"no|nr|n|num|numero|number|nimewo|numewo|es|is|se|est|e|el|la|le|lan|nan|an|mwen|mw|m|w|mi|my|"
    r"mon|ma|meu|minha|de|del|of|the|security|seguro|nacional|national|nasyonal|unica|unico|personal|"
    r"electoral|permanente|dominicana|haitiano|haitiana|ayisyen|ayisyenn|haitien|card|i|"
    r"ciudadania|ciudadano|extranjeria|identidad|identite|d'identite|idantite"
)
_DIGITS = rf"[a-z]{{0,3}}[ -]?\d(?:{_GAP}{{0,2}}\d){{{LEAST - 1},17}}[a-z]?"
_NUMBER = rf"(?P<number>{_START}(?:{_DIGITS}|\d\d[a-z]{{2}}\d{{5}}){_END})"  # 12AB34567 in France
_LINK = rf"(?:[\s:#=,.°º]*\b(?:{_BETWEEN})\b){{0,5}}[\s:#=,.°º]*"
_AFTER = re.compile(rf"\b(?:{_PAPER})(?!\w){_LINK}{_NUMBER}", re.IGNORECASE)
_MINE = r"mi|my|mon|ma|mwen|mw|m|meu|minha|se"
_BEFORE = re.compile(
    rf"{_NUMBER}[\s,:]*(?:\b(?:{_BETWEEN}|{_MINE})\b\s*){{1,5}}\b(?:{_PAPER})(?!\w)", re.IGNORECASE
)

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+", re.IGNORECASE
)  # of a page: its numbers are its own

# What stands around a number that is no paper's.
_CALLING = re.compile(
    r"\b(?:tel|telf?|telefono|telefone|telephone|telefon|phone|celular|cel|movil|whatsapp|wasap|"
    r"llam\w*|marc[aoe]\w*|call\w*|rele|appel\w*|ligu?\w*|text|sms|fax|linea|line|hotline)"
    r"\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¢]|\b(?:usd|htg|rd|mxn|gtq|hnl|dop|q|l))\s*$", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    r"\s*(?:[$€£]|(?:mil\b\s*)?(?:peso|dola|dolar|dollar|goud|gourde|quetzal|lempira|colon|cordoba|"
    r"balboa|euro|reai|usd|htg|mxn|gtq|hnl|dop|crc|nio)\w*)",
    re.IGNORECASE,
)
_NO_PAPER = re.compile(
    rf"(?:\d{{1,2}}{_GAP}\d{{1,2}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{1,2}}{_GAP}\d{{1,2}}"  # dates
    rf"|(?:(?:19|20)\d\d{_GAP}*)+"  # years
    rf"|\d{{1,3}}(?:\.000)+|\d{{4}}{_GAP}\d{{4}}|\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}})"  # phones
)


def mask(text: str) -> tuple[str, bool]:
    """The text with `***` where a paper's or card's number was, and whether there was any."""
    if sum(letter.isdigit() for letter in text) < LEAST:
        return text, False
    plain = _plain(text)
    pages = [match.span() for match in _ADDRESS.finditer(plain)]
    spans = sorted(
        (start, end)
        for start, end in _found(plain)
        if not any(first <= start < last for first, last in pages)
    )
    masked, after = [], 0
    for start, end in spans:
        if start >= after:
            masked += [text[after:start], MASK]
        after = max(after, end)
    return "".join([*masked, text[after:]]), bool(spans)


def _plain(text: str) -> str:
    """The text without accents, letter for letter, so that places in it are the same."""
    return "".join((strip_accents(letter) or letter)[0] for letter in text)


def _found(text: str) -> Iterator[tuple[int, int]]:
    """Where a number stands that is to be masked."""
    for form in _FORMS:
        yield from (match.span() for match in form.finditer(text))
    for form, right in _CHECKED:
        yield from (match.span() for match in form.finditer(text) if right(match.group()))
    for form in (_AFTER, _BEFORE):
        for match in form.finditer(text):
            if _of_paper(text, *match.span("number")):
                yield match.span("number")


def _of_paper(text: str, start: int, end: int) -> bool:
    """Whether a number beside a word for a paper is no price, date or telephone number."""
    number, before = text[start:end].strip(), text[max(0, start - NEAR) : start]
    return not (
        _NO_PAPER.fullmatch(number)
        or _MONEY_BEFORE.search(before)
        or _MONEY_AFTER.match(text[end:])
        or _CALLING.search(before)
    )


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _is_card(number: str) -> bool:
    return bool(_CARD_BEGINS.match(number)) and luhn.is_valid(_digits(number))


def _is_phone(number: str) -> bool:
    """Whether it is a telephone number of some country, written without its plus."""
    digits = re.sub(r"^521(?=\d{10}$)", "52", _digits(number).removeprefix("00"))
    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(f"+{digits}")))
    except phonenumbers.NumberParseException:
        return False


def _is_passport(number: str) -> bool:
    return not _AMOUNT.fullmatch(number)


def _is_dominican(number: str) -> bool:
    return cedula.is_valid(number) and not _is_phone(number)


def _is_thirteen(number: str) -> bool:
    """Thirteen digits are a DPI or a Honduran DNI, unless they can be called."""
    return not _is_phone(number)


_CHECKED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_SSN, ssn.is_valid),
    (_IBAN, iban.is_valid),
    (_CARD, _is_card),
    (_PASSPORT, _is_passport),
    (_ELEVEN, _is_dominican),
    (_THIRTEEN, _is_thirteen),
)
