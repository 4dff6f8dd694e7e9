"""Writing the model folder, so that sentence-transformers and model2vec both load it."""

import json
import shutil
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from index.training.card import model_card
from index.training.config import TrainingConfig
from index.training.initial import Floats

LARGEST_ROW = 8.0
ST_CONFIG = "config_sentence_transformers.json"


def half_precision(vectors: Floats) -> torch.Tensor:
    """Return the vectors as 16-bit floats, scaled as one.

    Common tokens have small vectors; scaling keeps their values out of the range in which half
    precision loses digits. Cosines do not change.
    """
    longest = float(np.linalg.norm(vectors, axis=1).max())
    return torch.from_numpy(vectors * (LARGEST_ROW / longest)).half()


def save_model(tokenizer: Tokenizer, vectors: Floats, config: TrainingConfig, folder: Path) -> None:
    """Write the model and its card; what the folder held before is removed.

    No Normalize module: on 16-bit floats it makes NaN of a text without a known sub-word.
    """
    if folder.exists():
        shutil.rmtree(folder)
    embedding = StaticEmbedding(tokenizer, embedding_weights=half_precision(vectors))
    model = SentenceTransformer(modules=[embedding], device="cpu")
    model.save(str(folder), create_model_card=False)
    for saved in folder.rglob("tokenizer.json"):
        Tokenizer.from_file(str(saved)).save(str(saved), pretty=False)
    for weights in folder.rglob("*.safetensors"):
        weights.chmod(0o644)
    _set_model2vec_options(folder / ST_CONFIG)
    (folder / "README.md").write_text(model_card(config), encoding="utf-8")


def _set_model2vec_options(path: Path) -> None:
    """Tell model2vec to normalise, and not to cut long texts, as sentence-transformers does."""
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings |= {"normalize": True, "max_length": None}
    path.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
