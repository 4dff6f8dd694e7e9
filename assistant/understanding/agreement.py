"""Pure: questions whether the text of a document and its table say the same."""

from __future__ import annotations

import re

_TEXT, _TABLE = "正文|文中|前面", "表|清单|附件"
_BOTH = re.compile(f"(?:{_TEXT}).*(?:{_TABLE})|(?:{_TABLE}).*(?:{_TEXT})")
_PLACES = re.compile(
    rf"(?:在|[,的])?(?:(?:{_TEXT})[里中的]{{0,2}}[和与跟同及][^,。?]{{0,6}}?(?:{_TABLE})|[^,。?和与跟同及]{{0,6}}(?:{_TABLE})[里中的]{{0,2}}[和与跟同及](?:{_TEXT}))"
    r"[里中]?(?:的?(?:说法|数字|规定|写法)|[说写]的)?的?"
)
_SAME = re.compile(
    r"(?:是否|是不是)?(?:一样不一样|一致不一致|不?一样|不?一致|不?相同|矛盾|打架|冲突|对得上|对不上|有出入)[吗么呢不]?[?]?$"
)


def asks_of_both(text: str) -> bool:
    """Tell a question, in search form, that names the text and a table of a document."""
    return _BOTH.search(text) is not None


def without_agreement(text: str) -> str:
    """Return what a question asks about, without the words that ask whether text and table agree."""
    if not asks_of_both(text) or not _SAME.search(text):
        return text
    rest = _PLACES.sub("", _SAME.sub("", text), count=1).strip(",的")
    return rest or text
