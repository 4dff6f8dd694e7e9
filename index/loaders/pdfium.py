"""Pages of a PDF, read through PDFium. The only module that calls its C functions.

PDFium is not safe for threads: whoever opens a document holds `pdfium_lock()` until it is closed.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as c
from numpy.typing import NDArray

from index.loaders.geometry import Page, Piece, Rule, is_wide

_ASCENT, _DESCENT = 0.86, 0.14
_UNIT = 1000
_THIN = 3.0
_MOST_SEGMENTS = 400
_SLANT = 8.0

Image = NDArray[np.uint8]
Handle = object
"""A pointer into PDFium."""
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """A page with what decides whether its text can be trusted.

    `strange` counts characters without a Unicode value, `pictured` is the share of the page that
    its largest image covers, `drawn` counts the filled shapes, which may be letters. `lost` counts the
    stretches of text that cannot be read: their font is neither in the file nor on this machine, and
    PDFium leaves out single letters of such a font.
    """

    page: Page
    strange: int
    pictured: float
    drawn: int
    lost: int


@cache
def pdfium_lock() -> threading.Lock:
    """Return the lock that is held while a document is open."""
    return threading.Lock()


def read(page: pdfium.PdfPage, number: int) -> Reading:
    """Read the characters and ruling lines of a page, turned upright."""
    textpage = page.get_textpage()
    try:
        letters = list(_letters(textpage.raw))
        lost = _lost(page, textpage.raw)
    finally:
        textpage.close()
    turn = _turn(letters, page.get_rotation() // 90)
    width, height = page.get_size()
    if turn % 2:
        width, height = height, width
    to_page = _matrix(page, turn, width, height)
    pieces, strange = _pieces(letters, to_page, width, height)
    shapes = list(_shapes(page, to_page))
    drawn = sum(kind == c.FPDF_PAGEOBJ_PATH for kind, _ in shapes)
    boxes = [box for kind, box in shapes if kind == c.FPDF_PAGEOBJ_IMAGE]
    pictured = max((_share(box, width, height) for box in boxes), default=0.0)
    rules = tuple(box for _, box in shapes if min(box.x1 - box.x0, box.bottom - box.top) < _THIN)
    return Reading(
        Page(number, width, height, tuple(pieces), rules), strange, pictured, drawn, lost
    )


def render(page: pdfium.PdfPage, dpi: int, most_pixels: int) -> Image:
    """Draw a page as an image in blue, green, red; a huge page is drawn with fewer dots."""
    width, height = page.get_size()
    scale = min(dpi / 72, math.sqrt(most_pixels / max(width * height, 1.0)))
    bitmap = page.render(scale=scale, prefer_bgrx=False)
    try:
        image = bitmap.to_numpy().copy()
    finally:
        bitmap.close()
    return np.repeat(image, 3, axis=2) if image.shape[2] == 1 else image[:, :, :3]


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character in the space of its page: pen position, direction, advance and size."""

    code: int
    x: float
    y: float
    right: float
    top: float
    along: tuple[float, float]
    size: float
    strange: bool


def _letters(raw: Handle) -> Iterator[_Letter]:
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), c.FS_RECTF(), c.FS_MATRIX()
    before: tuple[float, float] | None = None
    for i in range(c.FPDFText_CountChars(raw)):
        if c.FPDFText_IsGenerated(raw, i) == 1:
            continue
        code = c.FPDFText_GetUnicode(raw, i)
        c.FPDFText_GetCharOrigin(raw, i, x, y)
        c.FPDFText_GetLooseCharBox(raw, i, box)
        c.FPDFText_GetMatrix(raw, i, matrix)
        size = c.FPDFText_GetFontSize(raw, i) * math.hypot(matrix.c, matrix.d)
        strange = c.FPDFText_HasUnicodeMapError(raw, i) == 1 or _is_strange(code)
        # The second letter of a ligature has the place of the first; —— is one in many fonts.
        second = (x.value, y.value) == before and _same_object(raw, i)
        before = (x.value, y.value)
        yield _Letter(
            0x2D if code == 2 else code,  # a hyphen at the end of a line
            (x.value + box.right) / 2 if second else x.value,
            y.value,
            box.right,
            box.top,
            (matrix.a, matrix.b),
            size,
            strange,
        )


def _lost(page: pdfium.PdfPage, raw: Handle) -> int:
    """Count the text objects without a letter whose font is not in the file."""
    count = c.FPDFText_CountChars(raw)
    read = {_address(c.FPDFText_GetTextObject(raw, i)) for i in range(count)}
    objects = (c.FPDFPage_GetObject(page.raw, i) for i in range(c.FPDFPage_CountObjects(page.raw)))
    return sum(
        c.FPDFPageObj_GetType(item) == c.FPDF_PAGEOBJ_TEXT
        and _address(item) not in read
        and c.FPDFFont_GetIsEmbedded(c.FPDFTextObj_GetFont(item)) == 0
        for item in objects
    )


def _same_object(raw: Handle, i: int) -> bool:
    first, second = c.FPDFText_GetTextObject(raw, i - 1), c.FPDFText_GetTextObject(raw, i)
    return bool(_address(first) == _address(second))


def _address(handle: Handle) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value  # type: ignore[arg-type]


def _is_strange(code: int) -> bool:
    """Tell whether a code says nothing: none, control, private use, or the replacement mark."""
    return code in (0, 1, 0xFFFD) or 3 <= code < 9 or 14 <= code < 32 or 0xE000 <= code <= 0xF8FF


def _turn(letters: list[_Letter], rotation: int) -> int:
    """Return by how many quarters to turn the page further, so that most letters stand upright."""
    angles = Counter(
        round(math.degrees(math.atan2(le.along[1], le.along[0])) / 90) for le in letters
    )
    if not angles:
        return 0
    return (angles.most_common(1)[0][0] - rotation) % 4


def _matrix(page: pdfium.PdfPage, turn: int, width: float, height: float) -> Matrix:
    """Return the matrix from the space of the page to the page as it is seen, y downwards."""
    points = []
    for x, y in ((0, 0), (1000, 0), (0, 1000)):
        dx, dy = ctypes.c_int(), ctypes.c_int()
        size = (round(width * _UNIT), round(height * _UNIT))
        c.FPDF_PageToDevice(page.raw, 0, 0, *size, turn, x, y, dx, dy)
        points.append((dx.value / _UNIT, dy.value / _UNIT))
    (e, f), (ax, ay), (bx, by) = points
    return (ax - e) / 1000, (ay - f) / 1000, (bx - e) / 1000, (by - f) / 1000, e, f


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _pieces(
    letters: list[_Letter], to_page: Matrix, width: float, height: float
) -> tuple[list[Piece], int]:
    """Place the letters that stand upright on the page, and count the strange ones."""
    pieces: list[Piece] = []
    strange = 0
    for letter in letters:
        a, b = letter.along
        slant = math.degrees(
            math.atan2(to_page[1] * a + to_page[3] * b, to_page[0] * a + to_page[2] * b)
        )
        x, y = _apply(to_page, letter.x, letter.y)
        if abs(slant) > _SLANT or not (0 <= x <= width and 0 <= y <= height):
            continue
        strange += letter.strange
        text = " " if letter.code < 32 else chr(letter.code)
        size = letter.size if 1 < letter.size < 400 else 12.0
        corner = _apply(to_page, letter.right, letter.top)
        right = x + size if is_wide(text) else max(corner[0], x)
        top, bottom = y - _ASCENT * size, y + _DESCENT * size
        pieces.append(Piece(text, x, max(right, x), top, bottom, size))
    return pieces, strange


def _shapes(page: pdfium.PdfPage, to_page: Matrix) -> Iterator[tuple[int, Rule]]:
    """Yield the boxes of images and of the straight parts of paths."""
    count = c.FPDFPage_CountObjects(page.raw)
    for i in range(count):
        yield from _shape(c.FPDFPage_GetObject(page.raw, i), to_page, 0)


def _shape(item: Handle, matrix: Matrix, depth: int) -> Iterator[tuple[int, Rule]]:
    kind = c.FPDFPageObj_GetType(item)
    if kind == c.FPDF_PAGEOBJ_IMAGE:
        own = _matrix_of(item, matrix)
        yield kind, _box([_apply(own, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))])
    elif kind == c.FPDF_PAGEOBJ_PATH:
        yield from ((kind, box) for box in _strokes(item, _matrix_of(item, matrix)))
    elif kind == c.FPDF_PAGEOBJ_FORM and depth < 8:
        own = _matrix_of(item, matrix)
        for i in range(c.FPDFFormObj_CountObjects(item)):
            yield from _shape(c.FPDFFormObj_GetObject(item, i), own, depth + 1)


def _matrix_of(item: Handle, outer: Matrix) -> Matrix:
    """Return the matrix of an object, followed by the one around it."""
    m = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(item, m):
        return outer
    (a, b), (ca, d) = (
        (outer[0] * u + outer[2] * v, outer[1] * u + outer[3] * v)
        for u, v in ((m.a, m.b), (m.c, m.d))
    )
    return a, b, ca, d, *_apply(outer, m.e, m.f)


def _strokes(path: Handle, matrix: Matrix) -> Iterator[Rule]:
    """Yield the straight lines that are stroked, and the boxes that are filled."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(path, mode, stroked)
    count = c.FPDFPath_CountSegments(path)
    if not (mode.value or stroked.value) or count > _MOST_SEGMENTS:
        return
    for points in _subpaths(path, count, matrix):
        box = _box(points)
        if min(box.x1 - box.x0, box.bottom - box.top) < _THIN or not stroked.value:
            yield box
        else:
            yield from (_box([a, b]) for a, b in pairwise(points))


def _subpaths(path: Handle, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = c.FPDFPath_GetPathSegment(path, i)
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO:
            if points:
                yield points
            points = []
        c.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_apply(matrix, x.value, y.value))
        if c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _box(points: list[tuple[float, float]]) -> Rule:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rule(min(xs), min(ys), max(xs), max(ys))


def _share(box: Rule, width: float, height: float) -> float:
    """Return how much of the page a box covers, 0 to 1."""
    across = max(0.0, min(box.x1, width) - max(box.x0, 0.0))
    down = max(0.0, min(box.bottom, height) - max(box.top, 0.0))
    return across * down / max(width * height, 1.0)
