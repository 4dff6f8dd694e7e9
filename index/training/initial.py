"""Token vectors to start from, and how much each token weighs."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from index.training.config import TrainingConfig
from index.training.vocabulary import UNKNOWN_ID, Bags

Floats = npt.NDArray[np.float32]

CONTEXT_SMOOTHING = 0.75


def rarity_weights(counts: npt.NDArray[np.int64], constant: float) -> Floats:
    """Return a / (a + p) for each token, 0 for the unknown one.

    Smooth inverse frequency (Arora et al., ICLR 2017): a mean of vectors says more when words that
    occur everywhere count little. Nothing for the unknown token keeps loaders that average it in
    and loaders that leave it out at the same direction.
    """
    weights: Floats = (constant / (constant + counts / counts.sum())).astype(np.float32)
    weights[UNKNOWN_ID] = 0.0
    return weights


def initial_vectors(
    texts: Sequence[Bags], size: int, config: TrainingConfig, generator: np.random.Generator
) -> Floats:
    """Return one vector of about unit length per token: co-occurrence beside random directions."""
    semantic = round(config.dimension * config.semantic_share)
    parts: list[Floats] = []
    if semantic:
        matrix = positive_pmi(co_occurrences(texts, size, config.window))
        left, singular, _ = randomized_svd(matrix, semantic, n_iter=3, random_state=config.seed)
        parts.append(_unit(left * np.sqrt(singular)) * np.sqrt(config.semantic_weight))
    if semantic < config.dimension:
        random = generator.standard_normal((size, config.dimension - semantic))
        parts.append(_unit(random) * np.sqrt(1.0 - config.semantic_weight if semantic else 1.0))
    vectors: Floats = np.concatenate(parts, axis=1).astype(np.float32)
    return vectors


def _unit(rows: npt.NDArray[np.float64]) -> Floats:
    """Return the rows scaled to length one; a row of zeros stays."""
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    unit: Floats = (rows / lengths).astype(np.float32)
    return unit


def co_occurrences(texts: Sequence[Bags], size: int, window: int) -> sparse.csr_matrix:
    """Count how often two tokens stand within the window in one text, the nearer the more."""
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    for bags in texts:
        text_of = np.repeat(np.arange(len(bags)), np.diff(bags.starts))
        for distance in range(1, window + 1):
            same = text_of[distance:] == text_of[:-distance]
            left, right = bags.ids[:-distance][same], bags.ids[distance:][same]
            weights = np.full(len(left), 1.0 / distance, dtype=np.float32)
            total = total + sparse.coo_matrix((weights, (left, right)), shape=(size, size)).tocsr()
    return (total + total.T).tocsr()


def positive_pmi(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return positive pointwise mutual information with smoothed contexts.

    Levy, Goldberg and Dagan, TACL 2015: its truncated singular vectors are word vectors as good
    as those of word2vec, and are had in seconds.
    """
    cells = counts.tocoo()
    words = np.asarray(counts.sum(axis=1)).ravel() + 1e-9
    contexts = words**CONTEXT_SMOOTHING
    contexts /= contexts.sum()
    values = np.log(cells.data / (words[cells.row] * contexts[cells.col]))
    keep = values > 0
    return sparse.coo_matrix(
        (values[keep], (cells.row[keep], cells.col[keep])), shape=counts.shape
    ).tocsr()
