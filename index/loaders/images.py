"""Bytes of an image of a page, or of several in a TIFF, to text."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from index.errors import DocumentError
from index.loaders.geometry import Page
from index.loaders.layout import read_pages
from index.loaders.recognition import told
from index.loaders.source import Extracted

if TYPE_CHECKING:
    from PIL import Image

    from index.loaders.ocr import Image as Pixels

MAX_PAGES = 300
MAX_PIXELS = 60_000_000
_LEAST_SIDE = 16
_LONG_SIDE = 3600


def extract_image(data: bytes, name: str) -> Extracted:
    """Return the text that is recognised on an image.

    Raises:
        DocumentError: if it is empty, no image, too large, or shows no text.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    if not data:
        raise DocumentError(f"{name}：文件是空的。")
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
            found, count = _extracted(image, name)
    except UnidentifiedImageError as error:
        raise DocumentError(f"{name}：这不是能读的图片。") from error
    except Image.DecompressionBombError as error:
        raise DocumentError(f"{name}：图片太大，不像是正常的一页。") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise DocumentError(f"{name}：图片已损坏，读不出来。") from error
    if not found.text.strip():
        raise DocumentError(f"{name}：图片里没有认出文字。")
    return replace(found, warnings=(*told(found.marks, range(1, count + 1)), *found.warnings))


def _extracted(image: Image.Image, name: str) -> tuple[Extracted, int]:
    # Further frames of a GIF move, and those of a JPEG are for depth; only TIFF has pages.
    count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if count > MAX_PAGES:
        raise DocumentError(
            f"{name}：页数太多（{count} 页，上限 {MAX_PAGES} 页）。请分成几个文件。"
        )
    return read_pages(_pages(image, count, name)), count


def _pages(image: Image.Image, count: int, name: str) -> Iterator[Page]:
    from index.loaders.ocr import recognise  # noqa: PLC0415

    for index in range(count):
        image.seek(index)
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise DocumentError(f"{name}：图片太大（{width}×{height}），不像是正常的一页。")
        if min(width, height) < _LEAST_SIDE:
            raise DocumentError(f"{name}：图片太小（{width}×{height}），看不出文字。")
        yield recognise(_pixels(image), index + 1)


def _pixels(image: Image.Image) -> Pixels:
    """Return an image as it is meant to be seen: turned as its camera says, on white."""
    import numpy as np  # noqa: PLC0415
    from PIL import Image, ImageOps  # noqa: PLC0415

    seen = ImageOps.exif_transpose(image)
    if seen.mode in ("I", "I;16", "I;16B", "F"):
        seen = ImageOps.autocontrast(seen.convert("F").convert("L"))
    if "A" in seen.getbands() or "transparency" in seen.info:
        seen = seen.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        seen = Image.alpha_composite(white, seen)
    seen = seen.convert("RGB")
    seen.thumbnail((_LONG_SIDE, _LONG_SIDE))
    return np.ascontiguousarray(np.asarray(seen)[:, :, ::-1])
