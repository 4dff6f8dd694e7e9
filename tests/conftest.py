"""What the tests of every package share: the documents in the repository, the originals beside it."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from index.embedding import Vectors, unit

ROOT = Path(__file__).parents[1]


class HashedBigrams:
    """A real embedding without a model file: hashed character bigrams, unit rows."""

    name = "hashed-bigrams"
    dim = 64

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text; a text of one character or none is all zeros."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for first, second in pairwise(text):
                row[zlib.crc32((first + second).encode()) % self.dim] += 1
        return unit(rows)


@pytest.fixture(scope="session")
def embedding() -> HashedBigrams:
    """A tiny embedding that gives real vectors."""
    return HashedBigrams()


@pytest.fixture(scope="session")
def docs() -> Path:
    """The digests that the assistant answers from out of the box."""
    return ROOT / "docs_src"


@pytest.fixture(scope="session")
def originals() -> Path:
    """The five original documents, which are no part of the repository."""
    folder = Path(os.environ.get("TIAOWEN_ORIGINALS") or ROOT.parent / "shared" / "corpus")
    if not folder.is_dir():
        pytest.skip(f"no originals in {folder}; TIAOWEN_ORIGINALS names their folder")
    return folder


@pytest.fixture(scope="session")
def chinese_font() -> Path:
    """The file of an installed Chinese font: pages are drawn with it, and PDFium needs one for fonts
    that are not in the file."""
    from eval.fidelity.scan import NoFontError, find_font

    try:
        return find_font()
    except NoFontError as error:
        pytest.skip(str(error))
