"""Pure: raw text to paragraphs. Characters are dropped, never changed, and noise is listed.

What is mended: paragraphs cut by page breaks or hard line ends, stray Markdown marks, page
numbers, web-site chrome above and below the text, a title that is printed twice, a table of
contents, lines broken at a fixed width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.parsing import metadata
from index.parsing.contents import find_contents
from index.parsing.labels import parse_label
from index.parsing.letterhead import is_office_line, read_letterhead, read_marks
from index.parsing.wrapping import Wrapping, find_wrapping


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, table row or field, as pieces of the file.

    `text` is the concatenation of `raw[start:end]` over `pieces`. `rank` is the number of `#`
    in front of a Markdown heading, 0 elsewhere. `cells` are the (start, end) of each cell within
    `text` when the paragraph is a table row.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    rank: int = 0
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The fields of a front matter, the paragraphs, and the lines that were dropped as noise."""

    fields: tuple[Paragraph, ...]
    paragraphs: tuple[Paragraph, ...]
    noise: tuple[str, ...]


# White space of any width, form feeds, and the marks that have none.
_BLANK = " \t\r\x0b\x0c\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200E))
)
_BOLD = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+")
_PIPE_RULE = re.compile(r"(?=.*--)[\s:|-]+$")
_PAGE_NUMBER = re.compile(
    r"(?:[-—–－·]\s*\d{1,4}\s*[-—–－·]|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d{1,4})$"
)
_CHROME = re.compile(
    r"^(?:加盟|客服)(?:电话|热线)|^.{0,4}检索$|^当前位置|扫一扫|版权所有|ICP备|(?:浏览|点击)(?:次数|数|量)[:：]"
    r"|^【?(?:字体|字号)[:：]|^[上下]一篇"
    r"|^(?:(?:网站)?首页|返回(?:首页|顶部|列表|上一?[页级])?|搜索|登录|注册|打印(?:本[页文])?|关闭(?:窗口|本页)?|收藏(?:本[页文])?"
    r"|分享(?:到.{0,4})?|[\s|｜/>»·【】\[\]])+$"
    r"|^[（(]?[此本]页无正文[）)]?$"
)
_PHONE = re.compile(r"(?:电话|热线)[:：]")
_CLOSED = re.compile(r"[。！？；：!?;:…〕\]】][”’」』）)》]*$")
_PUNCTUATION = re.compile(r"[，。；、,;]")
_OPEN_NOTE = re.compile(r"[（(][^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*$")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]$")
_OPENS = re.compile(r"[—\-–]{2,}|[•●·▪◆■]\s*|附件|抄送|主办|承办|主送|附[:：]|注[:：]")
_CONTINUES = re.compile(r"[，。、；：）)〕\]】》”,;:]")
_OPENING = ("《", "〈", "（", "(", "“", "‘", "〔", "【")
SHORT_LINE = 40
_LONGEST_NOTE = 600


def clean(raw: str, loose_rows: frozenset[int] = frozenset()) -> Cleaned:
    """Turn a decoded file into paragraphs.

    Args:
        raw: the decoded file.
        loose_rows: offsets of lines that are cells of a flattened table and are never joined.
    """
    lines = list(_lines(raw))
    fields, lines = _front_matter(lines, raw)
    kept, noise = _without_noise(lines, loose_rows)
    return Cleaned(tuple(fields), tuple(_join(kept, raw, loose_rows)), tuple(noise))


def _lines(raw: str) -> Iterator[Paragraph]:
    start = 0
    for line in raw.split("\n"):
        paragraph = _paragraph(raw, start, start + len(line))
        if paragraph.text:
            yield paragraph
        start += len(line) + 1


def _paragraph(raw: str, start: int, end: int) -> Paragraph:
    """Make the paragraph of one line: outer white space and Markdown marks dropped."""
    tabbed = "\t" in raw[start:end].strip(_BLANK.replace("\t", ""))
    while start < end and raw[start] in _BLANK and not (tabbed and raw[start] == "\t"):
        start += 1
    while end > start and raw[end - 1] in _BLANK:
        end -= 1
    heading = _MARKDOWN_HEADING.match(raw, start, end)
    rank = len(heading[1]) if heading else 0
    start = heading.end() if heading else start
    pieces = tuple(_unmarked(raw, start, end))
    text = "".join(raw[a:b] for a, b in pieces)
    return Paragraph(text, pieces, rank, tuple(_cells(text)))


def _unmarked(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for mark in _BOLD.finditer(raw, start, end):
        if mark.start() > start:
            yield start, mark.start()
        start = mark.end()
    if start < end:
        yield start, end


def _cells(text: str) -> Iterator[tuple[int, int]]:
    """Yield the cells of a tab-separated or pipe row, empty ones included."""
    piped = text.startswith("|") and text.count("|") > 1
    if not piped and "\t" not in text:
        return
    inner_end = len(text.rstrip("|")) if piped else len(text)
    position = 1 if piped else 0
    for part in text[position:inner_end].split("|" if piped else "\t"):
        lead = len(part) - len(part.lstrip())
        yield position + lead, position + lead + len(part.strip())
        position += len(part) + 1


def _front_matter(lines: Sequence[Paragraph], raw: str) -> tuple[list[Paragraph], list[Paragraph]]:
    """Split off the fields between two `---` lines at the very top."""
    if not lines or lines[0].text != "---":
        return [], list(lines)
    for position, line in enumerate(lines[1:], 1):
        if line.text == "---":
            return list(lines[1:position]), list(lines[position + 1 :])
    return [], list(lines[1:])


def _without_noise(
    lines: Sequence[Paragraph], loose_rows: frozenset[int]
) -> tuple[list[Paragraph], list[str]]:
    kept: list[Paragraph] = []
    noise: list[str] = []
    contents = find_contents([line.text for line in lines])
    for position, line in enumerate(lines):
        loose = line.pieces[0][0] in loose_rows
        repeated = bool(kept) and len(line.text) > 8 and line.text == kept[-1].text
        noisy = bool(_PIPE_RULE.match(line.text)) or position in contents
        if not line.cells and not loose:
            noisy |= repeated or is_noise(line.text, above=not kept)
        if noisy:
            noise.append(line.text)
        else:
            kept.append(line)
    return kept, noise


def is_noise(line: str, above: bool = False) -> bool:
    """Tell whether a line is a page number or the chrome of a web page.

    A telephone number is the site's only `above` the text; within it people ask for it.
    """
    if _PAGE_NUMBER.match(line):
        return True
    if len(line) > SHORT_LINE or "。" in line:
        return False
    return bool(_CHROME.search(line)) or (above and bool(_PHONE.search(line)))


def _join(lines: Sequence[Paragraph], raw: str, loose_rows: frozenset[int]) -> Iterator[Paragraph]:
    wrapping = find_wrapping([_file_line(line, raw) for line in lines if not line.cells])
    current: Paragraph | None = None
    last = current
    for line in lines:
        loose = line.pieces[0][0] in loose_rows
        if current is not None and last is not None and not loose:
            wrapped = wrapping is not None and _is_wrapped(last, line, raw, wrapping)
            if wrapped or _is_cut(current, line, loose_rows):
                current = Paragraph(current.text + line.text, current.pieces + line.pieces)
                last = line
                continue
        if current is not None:
            yield current
        current = last = line
    if current is not None:
        yield current


def _file_line(line: Paragraph, raw: str) -> str:
    """Return the line of the file that a line begins in, with its indentation."""
    start, end = line.pieces[0][0], line.pieces[-1][1]
    return raw[raw.rfind("\n", 0, start) + 1 : end]


def _is_wrapped(first: Paragraph, second: Paragraph, raw: str, wrapping: Wrapping) -> bool:
    """Tell whether a full line goes on in the next line of the file."""
    if first.cells or second.cells or first.rank or second.rank:
        return False
    if raw.count("\n", first.pieces[-1][1], second.pieces[0][0]) != 1:
        return False
    if not wrapping.is_full(_file_line(first, raw)) or _has_own_start(second.text):
        return False
    if wrapping.indented:
        return _file_line(second, raw)[:1] not in " \u3000\t"
    return not _CLOSED.search(first.text) and not _stands_alone(second.text)


def _is_cut(first: Paragraph, second: Paragraph, loose_rows: frozenset[int]) -> bool:
    """Tell whether `second` goes on where `first` was cut by a page break or a hard line end."""
    if first.cells or second.cells or first.rank or second.rank:
        return False
    if first.pieces[0][0] in loose_rows:
        return False
    if _OPEN_NOTE.match(first.text) and len(first.text) < _LONGEST_NOTE:
        return not _has_own_start(second.text)  # a 题注 over several lines
    if _stands_alone(first.text) or _stands_alone(second.text):
        return False
    if _CONTINUES.match(second.text):
        return True
    if _has_own_start(second.text):
        return first.text.endswith(("、", *_OPENING))
    if first.text.endswith(("，", "、", ",", *_OPENING)):
        return True
    if _CLOSED.search(first.text) or _BRACKETED.match(first.text):
        return False
    return bool(_PUNCTUATION.search(first.text)) and not _is_heading(first.text)


def _stands_alone(text: str) -> bool:
    """Tell whether a line is letterhead, signature, colophon or an annex mark: never cut."""
    if text.startswith("抄送"):
        return False
    if read_letterhead(text) or read_marks(text) or is_office_line(text):
        return True
    return (
        metadata.is_date_line(text)
        or metadata.is_organ_line(text)
        or bool(re.match(r"附\s*件\s*\d*\s*([:：]|$)", text))
    )


def _has_own_start(text: str) -> bool:
    return parse_label(text) is not None or _OPENS.match(text) is not None


def _is_heading(text: str) -> bool:
    return len(text) <= SHORT_LINE and "。" not in text and parse_label(text) is not None
