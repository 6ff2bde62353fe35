"""Pure functions on text: cleaning what came in, and the arithmetic of SMS.

GSM-7 is the alphabet of SMS (3GPP TS 23.038): 160 letters in one segment, 153 in each of
several. One letter outside of it turns the whole message into UCS-2: 70, or 67 in each of
several. Letters are counted as the network counts them: GSM-7 septets or UTF-16 units.
"""

from __future__ import annotations

import math
import re
import unicodedata

from rapidfuzz.utils import default_process

MAX_INCOMING = 2000  # letters of one message that are looked at; nobody types more

GSM_BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = set("^{}\\[~]|€\f")  # two septets each

_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": "-", "−": "-", "…": "...", "•": "-", "œ": "oe", "Œ": "OE",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    }
)  # fmt: skip
_CONTROL = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[ \t]{2,}")
_WORD_END = re.compile(r"\s(?<![\d)+-]\s(?=[\d(]))")  # a space, but not one inside a number
_JOINED = re.compile(
    "[\u0300-\u036f\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)  # accents, joiners and skins, which belong to the sign before them


def clean(text: str) -> str:
    """What a person wrote, without control and invisible characters, in composed form."""
    text = _INVISIBLE.sub("", _CONTROL.sub(" ", text))
    text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", text).strip()


def without_commands(text: str) -> str:
    """Text that Rasa cannot take for a command: `/restart` is the word "restart"."""
    return re.sub(r"^[/\s]+", "", text)


def strip_accents(text: str) -> str:
    """é → e, ñ → n, ç → c."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def normalise(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces: how words are compared."""
    plain = default_process(strip_accents(text.translate(_PLAIN)).replace("_", " "))
    return " ".join(plain.split())


def has_words(text: str) -> bool:
    """Whether there is at least one letter or digit."""
    return any(letter.isalnum() for letter in text)


def gsm_form(text: str) -> str:
    """The text with plain typographic signs, and letters outside GSM-7 brought to their base.

    á → a, ê → e, œ → oe, “ → ". A letter that has no base in GSM-7 is left as it is.
    """
    return "".join(map(_gsm_letter, unicodedata.normalize("NFC", text).translate(_PLAIN)))


def _gsm_letter(letter: str) -> str:
    if letter in GSM_BASIC or letter in GSM_EXTENDED:
        return letter
    base = strip_accents(letter)
    return base if base and all(part in GSM_BASIC for part in base) else letter


def not_gsm(text: str) -> list[str]:
    """The letters of the text that GSM-7 does not have, each once, in order."""
    return list(dict.fromkeys(x for x in text if x not in GSM_BASIC and x not in GSM_EXTENDED))


def septets(text: str) -> int:
    """Length in GSM-7 septets; extended letters count two."""
    return sum(2 if letter in GSM_EXTENDED else 1 for letter in text)


def encoding(text: str) -> str:
    """`GSM-7` or `UCS-2`: how the network will carry the text."""
    return "UCS-2" if not_gsm(text) else "GSM-7"


def segments(text: str) -> int:
    """How many SMS the text costs."""
    if encoding(text) == "GSM-7":
        length, one, many = septets(text), 160, 153
    else:
        length, one, many = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= one else math.ceil(length / many)


def units(text: str) -> int:
    """Length in UTF-16 units, as networks and services count: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` units, cut at paragraphs, else lines, else words.

    Never inside a number with spaces, and inside a word only if it is longer than a piece.
    """
    pieces: list[str] = []
    while units(text) > limit:
        cut = _cut(text, _reach(text, limit))
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text] if text else pieces


def _reach(text: str, limit: int) -> int:
    """How many letters fit into so many units."""
    reach = min(len(text), limit)
    while units(text[:reach]) > limit:
        reach -= max(1, (units(text[:reach]) - limit) // 2)
    return reach


def _cut(text: str, reach: int) -> int:
    """Where to cut: the last paragraph, line or space that can be reached, else the end of it."""
    for border in ("\n\n", "\n"):
        cut = text.rfind(border, reach // 3, reach + 1)
        if cut > 0:
            return cut
    ends = [end.start() for end in _WORD_END.finditer(text, 1, reach + 2)]
    reached = [end for end in ends if end <= reach]
    return reached[-1] if reached else _whole_sign(text, reach)


def _whole_sign(text: str, cut: int) -> int:
    """The cut moved back where it would fall between a letter and what is written on it."""
    while cut > 1 and (_JOINED.match(text[cut]) or text[cut - 1] == "\u200d"):
        cut -= 1
    return max(1, cut)
