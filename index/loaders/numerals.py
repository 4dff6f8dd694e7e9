"""Pure: the numerals Word generates (ISO/IEC 29500-1 §17.18.59, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FORMAL = dict(zip("〇零一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟", strict=True))


def numeral(number: int, style: str) -> str:
    """Write `number` in a style of Word's lists; an unknown style or range gives digits."""
    write = _STYLES.get(style)
    return (write(number) if write and number >= 0 else "") or (
        "" if style == "none" else str(number)
    )


def counting(number: int) -> str:
    """Write a whole number below 10,000 as it is counted: 十二, 二十, 一百零三, 一千一百一十."""
    if not 0 <= number < 10_000:
        return ""
    if number < 10:
        return _DIGITS[number] if number else "零"
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = bool(text)
    return text.removeprefix("一") if number < 20 else text


def _small_counting(number: int) -> str:
    """Count below a hundred, then digit by digit: 九十九, 一〇〇."""
    return counting(number) if number < 100 else digits(number)


def digits(number: int) -> str:
    """Write digit by digit: 二〇二一."""
    return "".join(_DIGITS[int(c)] for c in str(number))


def circled(number: int) -> str:
    """Write ① to ㊿, as far as there are such characters."""
    for first, last, start in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(start) + number - first)
    return ""


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN if number < 4000 else ():
        text += sign * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """Write A to Z, then AA, BB, as Word does."""
    return _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1) if 0 < number <= 780 else ""


def _run(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _formal(number: int) -> str:
    text = counting(number)
    text = f"一{text}" if text.startswith("十") else text
    return "".join(_FORMAL[c] for c in text)


_STYLES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _run("".join(map(chr, range(0x2474, 0x2488)))),
    "decimalEnclosedFullstop": _run("".join(map(chr, range(0x2488, 0x249C)))),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "chineseCounting": _small_counting,
    "chineseCountingThousand": counting,
    "taiwaneseCounting": _small_counting,
    "taiwaneseCountingThousand": counting,
    "japaneseCounting": counting,
    "ideographDigital": digits,
    "japaneseDigitalTenThousand": digits,
    "taiwaneseDigital": digits,
    "ideographTraditional": _run(_STEMS),
    "ideographZodiac": _run(_BRANCHES),
    "ideographEnclosedCircle": _run("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "none": lambda _: "",
}  # fmt: skip
