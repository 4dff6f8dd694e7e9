"""Texts to unit vectors. The only module that loads embedding models.

A static model (one vector a token, mean pooled) is read with model2vec, which needs no torch and
0.2 s; every other sentence-transformers model is loaded by `SentenceTransformer(name)`. Both read
the same folder format and give the same vectors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

Vectors = NDArray[np.float32]
BUILT_IN = Path(__file__).parent / "model"


class Embedding(Protocol):
    """A model that turns texts into vectors of length 1."""

    @property
    def name(self) -> str:
        """What the model is called in a manifest: a fingerprint for a folder, else its name."""

    @property
    def dim(self) -> int:
        """The width of the vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text, shape (n, dim), float32, rows of length 1 (or all zeros)."""


def load_embedding(name: str = "") -> Embedding:
    """Load a model by folder or name; the empty name is the built-in one.

    Raises:
        ModelError: if there is no such model on this machine.
    """
    path = Path(name) if name else BUILT_IN
    if not path.is_dir():
        return TransformerEmbedding(name)
    if is_static(path):
        return StaticEmbedding(path)
    return TransformerEmbedding(str(path))


def is_static(folder: Path) -> bool:
    """Tell whether a sentence-transformers folder holds nothing but a static embedding."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return bool(modules) and str(modules[0]["type"]).endswith(".StaticEmbedding")
    except (OSError, ValueError, KeyError, TypeError):
        return False


class StaticEmbedding:
    """A static sentence-transformers folder, read without torch."""

    def __init__(self, folder: Path) -> None:
        """Read the folder.

        Raises:
            ModelError: if it is incomplete or broken.
        """
        # Imported here: a quarter second that help texts need not pay.
        from model2vec import StaticModel  # noqa: PLC0415

        try:
            self._model = StaticModel.from_pretrained(str(folder), normalize=True)
        except Exception as error:  # the readers of weights raise errors of many libraries
            raise ModelError(f"嵌入模型 {folder} 读不出来：{error}") from error
        self._name = f"{folder.name}@{_fingerprint(folder)}"

    @property
    def name(self) -> str:
        """Folder name and a hash of its weights and tokenizer."""
        return self._name

    @property
    def dim(self) -> int:
        """The width of the vectors."""
        return int(self._model.dim)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text, shape (n, dim)."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        vectors = self._model.encode(list(texts), max_length=None, show_progress_bar=False)
        return unit(np.asarray(vectors, dtype=np.float32))


class TransformerEmbedding:
    """Any other sentence-transformers model, by folder or by name in the local cache."""

    def __init__(self, name: str) -> None:
        """Load the model.

        Raises:
            ModelError: if sentence-transformers cannot find or read it.
        """
        # Imported here: six seconds that the built-in model need not pay.
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        try:
            self._model = SentenceTransformer(name, device="cpu")
        except Exception as error:  # hub, file and weight errors of several libraries
            raise ModelError(f"嵌入模型 {name} 加载失败：{error}") from error
        self._name = name
        self._dim = int(self._model.encode(["文"], show_progress_bar=False).shape[1])

    @property
    def name(self) -> str:
        """The name or folder the model was loaded by."""
        return self._name

    @property
    def dim(self) -> int:
        """The width of the vectors."""
        return self._dim

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text, shape (n, dim)."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        vectors = self._model.encode(list(texts), show_progress_bar=False)
        return unit(np.asarray(vectors, dtype=np.float32))


def unit(vectors: Vectors) -> Vectors:
    """Scale rows to length 1; a row of zeros stays zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".safetensors", ".json"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
