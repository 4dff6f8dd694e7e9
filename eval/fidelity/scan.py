"""Originals to scans: the pages drawn at 200 dpi, turned a little, made noisy, kept as JPEG."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from eval.fidelity.built import Built
from eval.fidelity.layout import PAGE, Page, lay_out
from eval.fidelity.originals import Original
from index.errors import TiaoWenError

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

DPI = 200
_SCALE = DPI / 72
_TURN = 0.4
_NOISE = 6.0
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
# In the order of choice: Song and Fang Song are what offices print.
_FILES = (
    "simfang.ttf",
    "STFANGSO.TTF",
    "simsun.ttc",
    "Songti.ttc",
    "NotoSerifCJK-Regular.ttc",
    "NotoSerifSC-Regular.otf",
    "SourceHanSerifSC-Regular.otf",
    "uming.ttc",
    "NotoSansCJK-Regular.ttc",
    "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
)


class NoFontError(TiaoWenError):
    """No Chinese font is installed, so that no page can be drawn."""


@cache
def find_font() -> Path:
    """Return the file of an installed Chinese font.

    Raises:
        NoFontError: if there is none.
    """
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        for path in Path(folder).expanduser().rglob("*.[toTO][tT][tTcCfF]"):
            found.setdefault(path.name, path)
    for name in _FILES:
        if name in found:
            return found[name]
    raise NoFontError("没有找到中文字体（例如 Debian 的 fonts-noto-cjk、fonts-wqy-microhei）。")


def build_scan(original: Original) -> Built:
    """Make a PDF of grey images, one a page, the same every time.

    Raises:
        NoFontError: if no Chinese font is installed.
    """
    pages = lay_out(
        original.blocks,
        original.title,
        lambda text, size: _font(100).getlength(text) * size / 100,
    )
    images = list(_images(pages))
    buffer = BytesIO()
    images[0].save(
        buffer, "PDF", save_all=True, append_images=images[1:], resolution=DPI, quality=60
    )
    return Built(buffer.getvalue(), len(images))


@cache
def _font(pixels: int) -> FreeTypeFont:
    """Load the font; of a collection the simplified Chinese face."""
    from PIL import ImageFont  # noqa: PLC0415

    path = find_font()
    if path.suffix.lower() == ".ttc":
        for face in range(10):
            try:
                font = ImageFont.truetype(path, pixels, index=face)
            except OSError:
                break
            if (font.getname()[0] or "").endswith(" SC"):
                return font
    return ImageFont.truetype(path, pixels)


def _images(pages: tuple[Page, ...]) -> Iterator[Image]:
    from PIL import Image  # noqa: PLC0415

    random = np.random.default_rng(9704)
    for page in pages:
        image = _drawn(page)
        turned = image.rotate(
            random.uniform(-_TURN, _TURN), resample=Image.Resampling.BICUBIC, fillcolor=255
        )
        noise = random.normal(0, _NOISE, (turned.height, turned.width))
        grey = np.clip(np.asarray(turned, dtype=np.float32) * 0.94 + noise, 0, 255)
        yield Image.fromarray(grey.astype(np.uint8))


def _drawn(page: Page) -> Image:
    from PIL import Image, ImageDraw  # noqa: PLC0415

    image = Image.new("L", (round(PAGE[0] * _SCALE), round(PAGE[1] * _SCALE)), 255)
    draw = ImageDraw.Draw(image)
    for text in page.texts:
        font = _font(round(text.size * _SCALE))
        x, y = text.x * _SCALE, (text.top + 0.88 * text.size) * _SCALE
        for char in text.text:
            draw.text((x, y), char, font=font, fill=20, anchor="ls")
            x += (_font(100).getlength(char) * text.size / 100 + text.gap) * _SCALE
    for rule in page.rules:
        ends = [round(v * _SCALE) for v in (rule.x0, rule.y0, rule.x1, rule.y1)]
        draw.line(ends, fill=40, width=2)
    return image
