"""Pure: numbers and dates of a spreadsheet as its cells show them (ECMA-376-1 §18.8.31)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

# Built-in formats of Chinese Excel (§18.8.30, zh-cn) that other programs take for plain numbers.
CHINESE_DATES = {
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_MAX_NUMBER = 10**20
_MAX_CODE = 255
_EXACT = Context(prec=400)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].'
    r"|(?P<figure>General|[#0?][#0?,.]*)|(?P<other>.)",
    re.DOTALL,
)


def shown_number(value: float, code: str) -> str:
    """Return a number the way a cell with the format `code` shows it.

    Percentages, fixed places, thousands and words around the figure are kept; anything else,
    General too, gives the plain figure without the noise of binary fractions.
    """
    if code == "General" and isinstance(value, int):
        return str(value)
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not number.is_finite() or abs(number) >= _MAX_NUMBER or len(code) > _MAX_CODE:
        return plain_number(number)
    sections = code.split(";")
    own = value < 0 and len(sections) > 1 and bool(sections[1])
    tokens = list(_TOKEN.finditer(sections[1] if own else sections[0]))
    figures = [i for i, token in enumerate(tokens) if token["figure"]]
    percent = sum(token["other"] == "%" for token in tokens)
    if len(figures) != 1 or percent > 1:
        return plain_number(number)
    at = figures[0]
    text = _figure((abs(number) if own else number) * 100**percent, tokens[at]["figure"])
    return "".join((*map(_words, tokens[:at]), text, *map(_words, tokens[at + 1 :]))).strip()


def plain_number(number: Decimal) -> str:
    """Return a number without exponent and without empty decimals: 3, 0.25, 20000000."""
    if not number.is_finite() or not number:
        return "0" if number.is_finite() else ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _figure(number: Decimal, figure: str) -> str:
    """Round to the places of the format; `0` is always shown, `#` only when it is not zero."""
    if figure == "General":
        return plain_number(number)
    whole, _, places = figure.rstrip(",").partition(".")
    scaled = number / 1000 ** (len(figure) - len(figure.rstrip(",")))
    rounded = scaled.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP, _EXACT)
    rounded = rounded or rounded.copy_abs()  # no minus in front of nothing
    if "," in whole:
        text = f"{rounded:,f}"
    else:
        width = whole.count("0") + len(places) + bool(places)
        text = f"{rounded:0{max(width, 1) + (rounded < 0)}f}"
    for place in reversed(places):
        if place == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    return text.rstrip(".")


def _words(token: re.Match[str]) -> str:
    return token["quoted"] or token["escaped"] or token["currency"] or token["other"] or ""


def shown_date(value: datetime | date | time | timedelta, code: str) -> str:
    """Return a date or time: 2021年9月10日 where the format has 年, 月 or 日, else as in ISO 8601.

    Parts that the format does not show are left out.
    """
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    bare = re.sub(r"\[[^\]]*\]", "", code)
    letters = re.sub(r'"[^"]*"', "", bare).lower()
    has_year, has_day = "y" in letters, "d" in letters
    if re.search("[年月日]", bare):
        parts = (f"{value.year}年" * has_year, f"{value.month}月", f"{value.day}日" * has_day)
        shown = "".join(parts)
    else:
        parts = (f"{value.year:04}" * has_year, f"{value.month:02}", f"{value.day:02}" * has_day)
        shown = "-".join(filter(None, parts))
    has_time = isinstance(value, datetime) and (value.hour or value.minute) and "h" in letters
    return f"{shown} {value:%H:%M}" if has_time else shown
