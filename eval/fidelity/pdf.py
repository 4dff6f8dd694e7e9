"""Originals to text-layer PDF files, drawn with reportlab's Chinese CID font."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from eval.fidelity.built import Built
from eval.fidelity.layout import PAGE, Page, lay_out
from eval.fidelity.originals import Original

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_FONT = "STSong-Light"
_ASCENT = 0.88


def build_pdf(original: Original) -> Built:
    """Set an original in the layout of GB/T 9704 as a PDF with a text layer."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: PLC0415
    from reportlab.pdfgen import canvas as drawing  # noqa: PLC0415

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    pages = lay_out(
        original.blocks,
        original.title,
        lambda text, size: float(pdfmetrics.stringWidth(text, _FONT, size)),
    )
    buffer = BytesIO()
    canvas = drawing.Canvas(buffer, pagesize=PAGE, invariant=True)
    canvas.setTitle(original.title)
    for page in pages:
        _draw(page, canvas)
        canvas.showPage()
    canvas.save()
    return Built(buffer.getvalue(), len(pages))


def _draw(page: Page, canvas: Canvas) -> None:
    for text in page.texts:
        canvas.setFont(_FONT, text.size)
        baseline = PAGE[1] - text.top - _ASCENT * text.size
        canvas.drawString(text.x, baseline, text.text, charSpace=text.gap)
    canvas.setLineWidth(0.5)
    for rule in page.rules:
        canvas.line(rule.x0, PAGE[1] - rule.y0, rule.x1, PAGE[1] - rule.y1)
