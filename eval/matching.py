"""Pure: texts and clause labels to a form in which they can be compared."""

from __future__ import annotations

import re
import unicodedata

_MARKER = re.compile(r"〔\d{1,2}〕")
_ENUMERATOR = re.compile(
    r"^\s*[(（]?\d{1,2}[.．、)）]\s*(?:(?!\d)|(?=(?:19|20)\d\d年))", re.MULTILINE
)
_YEAR_IN_BRACKETS = re.compile(r"[\[(【]((?:19|20)\d\d)[\])】]")
_DASHES = re.compile(r"[-~\u2010-\u2015\u2212\u223c]+")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
_SEPARATORS = re.compile(r"((?<=\d)[\s,、]+(?=\d))|[\s,、]+")
_PART = r"\d+(?:\.\d+)?(?: ?: ?\d+(?:\.\d+)?)*(?: ?[%‰])?"
_NUMBER = re.compile(rf"{_PART}(?: ?- ?{_PART})*")
_SPELLINGS = {"㎡": "平方米", "m²": "平方米", "\u2236": ":", "\u200b": "", "\ufeff": ""}
_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』")
_REPEAT = re.compile(r"~\d+$")
_PARAGRAPH = re.compile(r"段\d+")
_SIGNATURE, _ISSUER = "落款/署名", "版头/发文机关"


def strip_markers(text: str) -> str:
    """Remove citation markers 〔1〕; the year in a 发文字号 (〔2021〕) stays."""
    return _MARKER.sub("", text)


def normalise(text: str) -> str:
    """Return `text` in the form in which answers and reference elements are compared.

    NFKC, lower case, no white space, no markers, no quotation marks; one kind of dash, colon and
    year bracket; no thousands separators. `,` and `、` are dropped, but one `,` stays where it
    (or white space) parts two numbers, so that two numbers never run together.
    """
    folded = _fold(strip_markers(text)).translate(_QUOTES)
    return _SEPARATORS.sub(lambda match: "," if match[1] else "", folded)


def _fold(text: str) -> str:
    """Apply what can be done without touching white space."""
    for spelling, usual in _SPELLINGS.items():
        text = text.replace(spelling, usual)
    text = unicodedata.normalize("NFKC", text).lower()
    text = _YEAR_IN_BRACKETS.sub(r"〔\1〕", text)
    text = _DASHES.sub("-", text)
    return _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)


def contains(text: str, part: str) -> bool:
    """Tell whether `part` occurs in `text`, both normalised.

    A part that begins or ends with a digit must not be cut out of a longer number: 5% does not
    occur in 25%, nor 1200 in 12000.
    """
    part = normalise(part)
    if not part:
        return False
    before = r"(?<!\d)(?<!\d\.)" if part[0].isdecimal() else ""
    after = r"(?!\d)(?!\.\d)" if part[-1].isdecimal() else ""
    return re.search(before + re.escape(part) + after, normalise(text)) is not None


def numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of a text in order: 2022, 1.5%, 1:20, 10-20%, 8:30.

    Markers and the numbering of list lines (`1. …`) are no numbers.
    """
    folded = _fold(_ENUMERATOR.sub("", strip_markers(text)))
    return tuple(match.replace(" ", "") for match in _NUMBER.findall(folded))


def known_numbers(text: str) -> frozenset[str]:
    """Return the numbers that `text` supports: its own, and the ends of its ranges.

    10-20% supports 10, 10% and 20%. The numbering of a line (1.2024年) is taken for such, too.
    """
    found = set(_NUMBER.findall(_fold(text))) | set(numbers(text))
    for number in tuple(found):
        ends = [end.strip() for end in number.split("-")]
        found.update(ends)
        if len(ends) > 1 and ends[-1][-1] in "%‰":
            found.update(end.rstrip("%‰ ") + ends[-1][-1] for end in ends)
    return frozenset(number.replace(" ", "") for number in found)


def supports(gold: str, clause_id: str) -> bool:
    """Tell whether a cited clause stands for a gold clause; both are `doc_id#label/label/…`.

    The documents must be the same. The paths must be the same, or the cited one lies below the
    gold one (so a heading's paragraph `X/段1` stands for `X`), or the gold one is an unlabelled
    paragraph `X/段n` and `X` itself is cited. The suffix `~2` of a repeated path is ignored. A
    gold clause `doc_id#` without a path is the whole document. The signature and the issuer of the
    letterhead name the same body (GB/T 9704-2012, 7.3.5.1), and a digest has only the latter.
    """
    gold_doc, _, gold_path = gold.partition("#")
    doc, _, path = _REPEAT.sub("", clause_id).partition("#")
    if gold_doc != doc or not path:
        return False
    if {gold_path, path} == {_SIGNATURE, _ISSUER}:
        return True
    parent, _, last = gold_path.rpartition("/")
    if not gold_path or path == gold_path or path.startswith(f"{gold_path}/"):
        return True
    return _PARAGRAPH.fullmatch(last) is not None and path == parent
