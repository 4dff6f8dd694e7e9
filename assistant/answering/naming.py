"""Pure: what a text lacks though it speaks of the matter: names behind a number, who holds an office."""

from __future__ import annotations

import re

from index.parsing.labels import chinese_number

_COUNTED = re.compile(
    r"(\d{1,4}|[一二两三四五六七八九十]{1,3})\s*(?:余|多)?(所|家|门|个|名|项|种|类|座|处|支|位|条)"
)
_ASKS_NAMES = re.compile(
    r"名单|名录|叫什么|叫啥|(?:分别|具体|都|各)?(?:定的)?(?:是|有|指|包括)?哪(?:几|些|[一两二三四五六七八九十\d]{1,3})(?!年|天|月|号|种情)"
)
_LISTED = re.compile(r"^[^，。；]{0,24}?(?:[（(:：]|，?(?:包括|即|分别|具体)|为[^，。；]*、)")


QUOTED = re.compile(r"[“\"「『]([^”\"」』]{2,30})[”\"」』]")


def says_quoted(question: str, text: str) -> bool:
    """Tell a text that says all that a question quotes (“四项计划”是哪四项), both in search form."""
    quoted = QUOTED.findall(question)
    return bool(quoted) and all(words in text for words in quoted)


def lacks_names(question: str, text: str) -> bool:
    """Tell that a question asks which ones, and that `text` only says how many.

    The number has to stand in both, with the same measure: 6所特色院校名单.
    """
    asked = _COUNTED.search(question)
    if asked is None or not _ASKS_NAMES.search(question):
        return False
    wanted = (_value(asked[1]), asked[2])
    met = [m for m in _COUNTED.finditer(text) if (_value(m[1]), m[2]) == wanted]
    return bool(met) and not any(_is_listed(text, m, wanted[0]) for m in met)


def lacking_office(question: str, text: str) -> str:
    """Return the office whose holder is asked for (组长由谁担任) when `text` does not name it, else ""."""
    asked = _HOLDER.search(question)
    office = (asked[1] or asked[2]) if asked else ""
    return office if office not in text else ""


_OFFICE = "副?组长|副?主任|召集人|副?总指挥|秘书长|联系人"
_HOLDER = re.compile(
    rf"({_OFFICE})(?:一职)?(?:都|具体|目前|现在)?(?:由|是|为)?(?:谁|哪位|哪些人|哪几位|哪个领导)"
    rf"|(?:谁|哪位领导|哪位|哪个领导)(?:来)?(?:担任|任|当|做|是)[^，,。？?]{{0,8}}?({_OFFICE})"
)


def _is_listed(text: str, match: re.Match[str], number: int) -> bool:
    """Tell whether names stand behind a number, or in front of it, as in 甲、乙、丙等三所."""
    before = re.split(r"[。；;]", text[: match.start()])[-1]
    named_before = len(re.findall("[、和与及]", before)) >= max(1, min(number, 4) - 1)
    return bool(_LISTED.match(text[match.end() :])) or named_before


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else chinese_number(numeral.replace("两", "二"))
