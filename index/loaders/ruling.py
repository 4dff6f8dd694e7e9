"""Ruling lines in the image of a page."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from index.loaders.geometry import Rule

_LEVEL, _UPRIGHT = 2.5, 1.6


def find_rules(image: NDArray[np.uint8], em: float) -> list[Rule]:
    """Return the straight lines of a level image: ink that runs on for longer than any stroke.

    Args:
        image: blue, green, red; shape (height, width, 3).
        em: the size of its letters in pixels.
    """
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, int(em) | 1, 12
    )
    level = _runs(ink, (round(_LEVEL * em), 1), (1, 3))
    upright = _runs(ink, (1, round(_UPRIGHT * em)), (3, 1))
    return [*_boxes(level, (True, em)), *_boxes(upright, (False, em))]


def _runs(
    ink: cv2.typing.MatLike, length: tuple[int, int], thick: tuple[int, int]
) -> NDArray[np.uint8]:
    """Keep runs of ink of at least `length`; a line may waver by `thick`."""
    wide = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, thick))
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, length)
    return np.asarray(cv2.morphologyEx(wide, cv2.MORPH_OPEN, kernel), np.uint8)


def _boxes(runs: NDArray[np.uint8], shape: tuple[bool, float]) -> list[Rule]:
    level, em = shape
    _, _, found, _ = cv2.connectedComponentsWithStats(runs)
    rules = [Rule(float(x), float(y), float(x + w), float(y + h)) for x, y, w, h, _ in found[1:]]
    thin = 0.4 * em
    return [r for r in rules if (r.bottom - r.top if level else r.x1 - r.x0) < thin]
