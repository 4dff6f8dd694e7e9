"""Measuring the built-in embedding alone, beside baselines in the same run."""

import argparse
import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from model2vec import StaticModel

from index.training.benchmarks import (
    Benchmark,
    Scores,
    bm25_scores,
    figures,
    fused,
    read_cmrc,
    read_stard,
)
from index.training.card import write_figures
from index.training.config import TrainingConfig
from index.training.initial import rarity_weights
from index.training.vocabulary import bags, token_counts

DEFAULT_MODEL = Path(__file__).resolve().parent.parent / "model"
FUSION_WEIGHT = 0.6
WORD_PAIRS = (
    ("补贴", "补助", "排水"),
    ("娃", "孩子", "企业"),
    ("学生", "学员", "渔船"),
    ("老师", "教师", "仓库"),
    ("奖学金", "助学金", "噪声"),
    ("打工", "务工", "检疫"),
    ("中专", "中等职业学校", "公积金"),
)

Encode = Callable[[Sequence[str]], Scores]


def encoder(model: StaticModel) -> Encode:
    """Return a function from texts to unit vectors in single precision."""

    def encode(texts: Sequence[str]) -> Scores:
        vectors = model.encode(list(texts), use_multiprocessing=False).astype(np.float32)
        unit: Scores = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return unit

    return encode


def untrained(model: StaticModel, benchmark: Benchmark, seed: int = 0) -> StaticModel:
    """Return the model with random directions, weighted by rarity in the test passages.

    What the same sub-words do by mere overlap; the difference to the model is what it learned.
    """
    size = len(model.tokens)
    counts = token_counts([bags(model.tokenizer, benchmark.passages)], size)
    weights = rarity_weights(counts, TrainingConfig().rarity)
    directions = np.random.default_rng(seed).standard_normal((size, model.dim))
    vectors = (directions * weights[:, None]).astype(np.float32)
    return StaticModel(vectors, model.tokenizer, max_length=None)


def dense_scores(encode: Encode, benchmark: Benchmark) -> Scores:
    """Return cosines, queries by passages."""
    scores: Scores = encode(benchmark.queries) @ encode(benchmark.passages).T
    return scores


def retrieval_rows(model: StaticModel, benchmark: Benchmark) -> Iterator[str]:
    """Yield a table row for each way to search the test set."""
    lexical = bm25_scores(benchmark)
    dense = dense_scores(encoder(model), benchmark)
    random = dense_scores(encoder(untrained(model, benchmark)), benchmark)
    ways = {
        "BM25, characters and bigrams": lexical,
        "same sub-words, untrained": random,
        "this model": dense,
        f"BM25 and this model, weight {FUSION_WEIGHT}": fused(lexical, dense, FUSION_WEIGHT),
    }
    where = f"{benchmark.name} ({len(benchmark.queries):,} → {len(benchmark.passages):,})"
    for way, scores in ways.items():
        found = figures(scores, benchmark.relevant)
        yield f"| {where} | {way} | {found.success_at_1:.3f} | {found.recall_at_10:.3f} |"


def word_rows(model: StaticModel) -> Iterator[str]:
    """Yield a table row for each word, one that means much the same, and one that does not."""
    encode = encoder(model)
    for word, related, other in WORD_PAIRS:
        here, near, far = encode([word, related, other])
        yield f"| {word} | {related} {here @ near:.2f} | {other} {here @ far:.2f} |"


def agreement(folder: Path, model: StaticModel, texts: Sequence[str]) -> float:
    """Return the lowest cosine between model2vec's and sentence-transformers' vector of a text."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    transformer = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    theirs = transformer.encode(list(texts)).astype(np.float32)
    theirs /= np.maximum(np.linalg.norm(theirs, axis=1, keepdims=True), 1e-9)
    return float((encoder(model)(texts) * theirs).sum(axis=1).min())


def report(data: Path, folder: Path) -> str:
    """Return all figures as Markdown."""
    started = time.perf_counter()
    model = StaticModel.from_pretrained(folder)
    loading = time.perf_counter() - started
    stard, cmrc = read_stard(data), read_cmrc(data)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    texts = [*stard.queries, *cmrc.passages]
    return "\n".join(
        [
            "| test set (queries → passages) | search | success@1 | recall@10 |",
            "|---|---|---|---|",
            *retrieval_rows(model, stard),
            *retrieval_rows(model, cmrc),
            "",
            "| word | related, cosine | unrelated, cosine |",
            "|---|---|---|",
            *word_rows(model),
            "",
            f"Folder {size / 1e6:.1f} MB, loaded by model2vec in {loading:.2f} s (imports apart); "
            f"lowest cosine to sentence-transformers over {len(texts):,} texts "
            f"{agreement(folder, model, texts):.5f}.",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the model and print the figures; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m index.training.measure", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the test sets")
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--card", action="store_true", help="also write them into the model card")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING)
    text = report(options.data, options.model)
    sys.stdout.write(text + "\n")
    if options.card:
        write_figures(options.model, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
