"""The gate: from which confidence on evidence carries an answer.

The confidence is the probability of `assistant.matching`; the threshold stands in `gate.json`, and
`python -m eval calibrate` makes it from a QA set. Selective answering by a calibrated confidence
follows El-Yaniv & Wiener, JMLR 11 (2010).
"""

from __future__ import annotations

import json
from importlib.resources import files


def load_threshold() -> float:
    """Load the calibrated threshold that stands beside this module, 0-1."""
    data = json.loads(files("assistant.answering").joinpath("gate.json").read_text("utf-8"))
    return float(data["threshold"])
