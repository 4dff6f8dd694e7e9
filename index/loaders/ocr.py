"""Images of pages to pieces with boxes: the PP-OCR models that come with the rapidocr package.

Nothing is fetched: the models are named by their path inside the package.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from index.loaders.geometry import HAN, Page, Piece, Rule
from index.loaders.letters import Letter, read_letters
from index.loaders.ruling import find_rules

_LONG_SIDE = 1600
_LEAST_SCORE = 0.5
_BEST = 0.99  # 1 is for text that was not recognised
_SAMPLE = 8

Image = NDArray[np.uint8]
Points = NDArray[np.float64]


@cache
def _engine() -> Any:  # noqa: ANN401  # rapidocr's
    """Load detection, direction and recognition once a process."""
    import rapidocr  # noqa: PLC0415

    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.return_word_box": True,
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            "EngineConfig.onnxruntime.intra_op_num_threads": len(os.sched_getaffinity(0)),
        }
    )


@cache
def _lock() -> threading.Lock:
    return threading.Lock()


def recognise(image: Image, number: int) -> Page:
    """Return what stands on the image of a page, turned upright; lengths are pixels.

    Args:
        image: blue, green, red; shape (height, width, 3).
        number: the page, from 1.
    """
    with _lock():
        image, boxes = _upright(image)
        height, width = image.shape[:2]
        if not len(boxes):
            return Page(number, width, height, (), (), recognised=True)
        found = _engine().recognize_txt(_engine().crop_text_regions(image, boxes))
    angle = _skew(boxes)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    level = cv2.transform(boxes.astype(np.float64), turn)
    if abs(angle) > 0.1:
        level_image = cv2.warpAffine(image, turn, (width, height), borderValue=(255, 255, 255))
        image = np.asarray(level_image, np.uint8)
    em = median(_height(box) for box in boxes)
    rules = find_rules(image, em)
    pieces: list[Piece] = []
    lines = zip(level, found.txts, found.scores, found.word_results, strict=True)
    for box, text, score, words in lines:
        if score >= _LEAST_SCORE and text.strip():
            columns = [column for word in words.word_cols for column in word]
            letters = _letters(box, text, columns, words.line_txt_len)
            pieces.extend(_split(letters, box, em, min(float(score), _BEST), rules))
    return Page(number, width, height, tuple(pieces), tuple(rules), recognised=True)


def _detect(image: Image) -> Points:
    """Return the boxes of lines, shape (n, 4, 2), clockwise from the upper left corner."""
    scale = min(1.0, _LONG_SIDE / max(image.shape[:2]))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # The first call loads the detector, which has no public name for itself.
    boxes = _engine()(small, use_det=True, use_cls=False, use_rec=False).boxes
    if boxes is None:
        return np.zeros((0, 4, 2), np.float32)
    return np.asarray(boxes / scale, np.float32)


def _upright(image: Image) -> tuple[Image, Points]:
    """Turn an image so that its lines run from left to right, and find them."""
    boxes = _detect(image)
    if len(boxes) and sum(_height(b) > 1.5 * _width(b) for b in boxes) > len(boxes) / 2:
        image = np.ascontiguousarray(np.rot90(image))
        boxes = _detect(image)
    if len(boxes) and _is_upside_down(image, boxes):
        image = np.ascontiguousarray(np.rot90(image, 2))
        boxes = _detect(image)
    return image, boxes


def _is_upside_down(image: Image, boxes: Points) -> bool:
    widest = sorted(boxes, key=_width)[-_SAMPLE:]
    _, found = _engine().cls_and_rotate(_engine().crop_text_regions(image, widest))
    turned = [label for label, _ in found.cls_res if label == "180"]
    return len(turned) > len(widest) / 2


def _width(box: Points) -> float:
    return float(np.linalg.norm(box[1] - box[0]))


def _height(box: Points) -> float:
    return float(np.linalg.norm(box[3] - box[0]))


def _skew(boxes: Points) -> float:
    """Return the slope of the long lines in degrees, 0 where there are none."""
    slopes = [
        math.degrees(math.atan2(b[1][1] - b[0][1], b[1][0] - b[0][0]))
        for b in boxes
        if _width(b) > 8 * _height(b)
    ]
    return median(slopes) if slopes else 0.0


def _letters(box: Points, text: str, columns: Sequence[int], length: float) -> list[Letter]:
    """Place each character of a line; a space has the place of the character before it."""
    rest = iter(columns)
    x0, width = float(box[:, 0].min()), _width(box)
    letters: list[Letter] = []
    x = x0
    for char in text:
        if not char.isspace():
            x = x0 + (next(rest) + 0.5) / length * width
        letters.append(Letter(char, x))
    return letters


def _split(
    letters: Sequence[Letter], box: Points, em: float, score: float, rules: Sequence[Rule]
) -> list[Piece]:
    """Make one piece of a line, or several where upright ruling lines cut it into cells."""
    x0, x1 = float(box[:, 0].min()), float(box[:, 0].max())
    top, bottom = float(box[:2, 1].mean()), float(box[2:, 1].mean())
    size = _size(letters, bottom - top, em)
    middle = (top + bottom) / 2
    cuts = sorted(
        (r.x0 + r.x1) / 2
        for r in rules
        if r.bottom - r.top > r.x1 - r.x0 and r.top < middle < r.bottom
    )
    edges = [x0, *(x for x in cuts if x0 + 0.4 * size < x < x1 - 0.4 * size), x1]
    pieces: list[Piece] = []
    for left, right in pairwise(edges):
        last = right == x1
        part = [le for le in letters if (left <= le.x or left == x0) and (le.x < right or last)]
        text = read_letters(part, size).strip()
        if text:
            pieces.append(Piece(text, left, right, top, bottom, size, score))
    return pieces


def _size(letters: Sequence[Letter], height: float, em: float) -> float:
    """Return the size of the letters: how far Han lie apart; the box of a short line is no guide."""
    steps = [b.x - a.x for a, b in pairwise(letters) if HAN.match(a.char) and HAN.match(b.char)]
    if len(steps) > 1:
        return min(max(sum(steps) / len(steps), 0.7 * height), 1.2 * height)
    return em if 0.7 * em < height < 1.4 * em else height
