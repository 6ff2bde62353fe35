"""Numbers of papers and cards are taken out; what people ask about stays. All are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from bot.masks import LEAST, MASK, mask
from bot.settings import ROOT

OF_A_PAPER = """
mi DUI es 01234567-8 y se venció
DUI 012345678 vencido, cómo lo renuevo
mi dpi 1234 56789 0101 lo perdí
mi cui es 1234567890101
perdí mi DNI 0801-1990-12345
mi identidad es 0801199012345
mi cédula es 001-1234567-8
cedula 00113918205 soy dominicana
mi cedula nica es 001-010190-0001A
mi cédula de ciudadanía es 1.023.456.789
mi cédula es 8-765-4321 soy de panamá
cédula 1-2345-6789 costa rica
mi pasaporte G12345678 vence pronto
número de pasaporte: 123456789
no. de pasaporte 0123456
my passport number is 567890123
my A-number is A123-456-789
A123456789 is my alien number
my social security number is 219-09-9998
ssn 219099998
pagué con mi tarjeta 4111 1111 1111 1111
NIF mwen se 003-456-789-0
nimewo NIF mwen se 0034567890
kat idantifikasyon m 01-02-03-1990-11-00012
CIN mwen se 1234567890
NINU 1234567890
paspò mwen se PP1234567
nimewo paspò m se 123456789
mon passeport est PP1234567
mon numéro de passeport est le 12AB34567
ma carte d'identité numéro 1234567890
CURP: PEGJ900101HDFRRN09
mi clave GOPRJN90010109H100
mi RFC PEGJ900101AB1
my bank account DE89370400440532013000
IBAN DE89 3704 0044 0532 0130 00 envíe
receipt IOE0912345678 what is my case
123456789 es mi número de pasaporte
G12345678 my passport
mi nit 0614-010190-101-2
01234567–8 es mi dui
my visa number? passport C12345678 ok
ID 123-456789-0
mi id: 1234 5678 9012
""".strip().splitlines()

TO_KEEP = """
8840
911
llame al 8840 o al 2213-7777
¿el número 2213 7777 es de pasaportes?
teléfono de pasaportes 2213-7777
el pasaporte cuesta 1,630 pesos
cuánto es 150000 pesos por la cedula
pasaporte 150.000 pesos
pasaporte vence el 12-05-2026
mi DUI venció 12/05/2026
DUI 2026-05-12
pasaporte 2024 2025
I-589
H-2A
DS-160 y I-129
formulario I-918 para visa U
día 12
el 31 de diciembre de 2026
+503 7012 3456
mi número es +52 55 1234 5678
50937001122
rele m nan 3700 1122
nimewo telefòn mwen se 509 3700 1122
+1 866-487-9243
1-800-553-6872
call 1 800 375 5283
$1,500.00
US$ 12,000
son 25000 gourdes
2500 goud pou paspò a
1
3
1 2 3
tengo 3 hijos de 5, 7 y 12 años
paspò koute 13000 goud
viza 2026 h-2b 66000 plas
https://www.laprensa.hn/x-FI28462043
salario 17.5 dólares por hora, 45 horas
llamé a 5512345678
mi cedula es vieja, mi tel 8095551234
dpi, llame al 2416-1900
Q150000
RADIO202611
necesito pasaporte 809-555-1234
mi pasaporte, tel. 22137777
cita 10:30 12/11/2026 pasaporte
mandé 25 000 000 pesos
ley 137-2024 artículo 25
mi carnet 2022
5215512345678 es mi whatsapp
id 1
mi tarjeta cuesta 250000
Mwen te peye 150000 goud pou viza
pasaporte 8000 HTG y 12000 HTG
""".strip().splitlines()


def digits(text: str) -> str:
    """The digits of a text."""
    return "".join(letter for letter in text if letter.isdigit())


@pytest.mark.parametrize("line", OF_A_PAPER)
def test_of_a_number_of_a_paper_no_digit_is_left(line: str) -> None:
    masked, found = mask(line)

    assert (digits(masked), MASK in masked, found) == ("", True, True)


@pytest.mark.parametrize("line", TO_KEEP)
def test_a_line_without_one_stays_as_it_is(line: str) -> None:
    assert mask(line) == (line, False)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("mi DUI 01234567-8, ¿cómo lo renuevo?", "mi DUI ***, ¿cómo lo renuevo?"),
        ("cédula 001-1234567-8 y tel 809-555-1234", "cédula *** y tel 809-555-1234"),
        ("4111-1111-1111-1111 vence 12/28", "*** vence 12/28"),
        ("paspò PP1234567 ak PP7654321", "paspò *** ak ***"),
        ("P<HTIPIERRE<<MARIE<<<< PP12345670HTI9001015F3001012<<<06", "*** ***"),
        ("señor: DNI 0801-1990-12345. ¿Cuánto cuesta?", "señor: DNI ***. ¿Cuánto cuesta?"),
    ],
)
def test_all_around_it_stays(line: str, left: str) -> None:
    assert mask(line) == (left, True)


@given(st.text(max_size=200))
def test_a_text_with_few_digits_is_never_touched(text: str) -> None:
    few = "".join(x for x in text if not x.isdigit()) + "1" * (LEAST - 1)

    assert mask(few) == (few, False)


@given(st.text(alphabet="id DUI paspò A0123456789-.,+#<$", max_size=300))
def test_what_was_masked_has_nothing_left_to_mask(text: str) -> None:
    masked, _ = mask(text)

    assert mask(masked)[0].count(MASK) == masked.count(MASK)


@given(st.integers(4 * 10**14, 5 * 10**14 - 1), st.sampled_from(["", " ", "-"]))
def test_any_card_number_is_masked(first: int, between: str) -> None:
    number = f"{first}{luhn.calc_check_digit(str(first))}"
    written = between.join(number[i : i + 4] for i in range(0, 16, 4))

    assert mask(f"pague ak kat {written} mèsi") == (f"pague ak kat {MASK} mèsi", True)


@given(st.integers(0, 10**8 - 1), st.integers(0, 9))
def test_any_dui_is_masked_wherever_it_stands(number: int, check: int) -> None:
    assert mask(f"¿y {number:08}-{check}?") == (f"¿y {MASK}?", True)


def test_no_message_of_the_training_and_no_text_of_ours_is_touched() -> None:
    paths = [*ROOT.glob("nlu/**/*.yml"), *ROOT.glob("knowledge/**/*.yml")]
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines()]

    assert [line for line in lines if mask(line)[1]] == []
