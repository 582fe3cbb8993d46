"""Files of the bank, sound and broken; a broken one is refused with the line that is wrong."""

from datetime import date
from decimal import Decimal

import pytest

from listing.rates import ecb
from listing.rates.ecb import BadLine, Reading, Unreadable

from ..companies.real import DATA
from .conftest import CSV

TODAY = date(2026, 11, 23)
REAL = DATA / "fx" / "ecb_eur_reference.csv"
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
  xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<Cube><!-- no DOCTYPE --><Cube time='2026-11-20'><Cube currency='CNY' rate='7.8509'/>
<Cube currency='THB' rate='37.9'/></Cube></Cube>
</gesmes:Envelope>"""


def read(data):
    return ecb.read(data, today=TODAY)


def test_the_table_of_all_days_is_read():
    file = read(CSV)
    assert len(file.readings) == 8
    assert file.readings[0] == Reading(date(2026, 11, 20), "USD", Decimal("1.1050"))
    assert file.passed_over == ("THB",)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfdate,CNY\r\n2026-11-20,7.8509\r\n",
        b"Date, CNY, \n20 November 2026, 7.8509, \n",
        b"Date,CNY\n2026-11-20,7.8509\n\n",
        XML,
    ],
)
def test_every_shape_the_bank_uses_is_read(data):
    assert read(data).readings == (Reading(date(2026, 11, 20), "CNY", Decimal("7.8509")),)


@pytest.mark.parametrize(
    "line",
    [
        b"2026-11-20,-7.8", b"2026-11-20,0", b"2026-11-20,0.000", b"2026-11-20,7.8e1", b"2026-11-20,=1+1",
        b"2026-11-20,7,8",
        b"2026-13-20,7.8", b"20/11/2026,7.8", b",7.8", b"31 February 2026,7.8", b"1998-12-31,7.8", b"2026-11-24,7.8",
        b"2026-11-19,7.9", b'2026-11-20,"7.8', b"2026-11-20", b"2026-11-20,99999999999",
        "２０２６-11-20,7.8".encode(), "2026-11-20,٧".encode(),
    ],
)  # fmt: skip
def test_one_wrong_line_refuses_the_file_and_is_named(line):
    with pytest.raises(BadLine) as told:
        read(b"Date,CNY\n2026-11-19,7.8\n" + line + b"\n")
    assert told.value.params["line"] in (3, 4)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n", b"Date\n", b"Date,CNY\n", b"Date,THB\n2026-11-20,37\n",
        b"day,CNY\n2026-11-20,7\n", b"Date,cny\n2026-11-20,7\n",
        b"Date,CNY,CNY\n2026-11-20,7,7\n", b"\xff\xfe\x00", b"PK\x03\x04", b"<", b"<a/>",
        b"<Cube time='2026-11-20'><Cube rate='7'/></Cube>",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
        b"<Cube time='2026-11-20'><Cube currency='CNY' rate='&b;'/></Cube>",
        b"Date,CNY\n" + b"x" * ecb.MOST_BYTES,
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(data):
    with pytest.raises(Unreadable):
        read(data)


@pytest.mark.skipif(not REAL.exists(), reason="no real data beside the project")
def test_a_quarter_of_a_century_is_read():
    file = read(REAL.read_bytes())
    assert len(file.readings) > 60_000
    assert Reading(date(2023, 12, 29), "CNY", Decimal("7.8509")) in file.readings
    assert file.passed_over == ("INR", "MYR", "THB")
