"""ragas samples (`SingleTurnSample`): a JSON list that `EvaluationDataset.from_list` takes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sample:
    """One question with what was retrieved and said; the names are those of ragas."""

    user_input: str
    retrieved_contexts: tuple[str, ...]
    response: str
    reference: str


def write_ragas(samples: Sequence[Sample], path: Path) -> None:
    """Write the samples; missing folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(sample) for sample in samples], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
