"""Pure: the block of figures in the README, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from eval.figures import TOTAL, Group, groups_of
from eval.run import Result
from eval.scores import BY_NAME
from eval.tables import with_interval

BEGIN, END = "<!-- eval:begin -->", "<!-- eval:end -->"
HEADING = "## Measured"
_ROWS = (
    ("correct", "correct"),
    ("correct_cited", "correct and cited"),
    ("correct_cited_concise", "correct, cited and concise"),
    ("false_refusal", "refused although answerable"),
    ("false_answer", "answered although unanswerable"),
    ("clause_success@1", "right clause found first"),
    ("clause_success@10", "right clause among the first ten"),
    ("document_success@1", "right document first"),
)


def block_of(results: Sequence[Result]) -> str:
    """Return the block: figures that do not depend on the clock, each with its interval."""
    groups = groups_of(results)
    columns = [groups[0], *(group for group in groups if group.kind == "问法")]
    names = [f"{'all' if g.kind == TOTAL else g.name} ({g.count})" for g in columns]
    head = ["test split, % [95 % interval]", *names]
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * len(columns)}"]
    for name, label in _ROWS:
        cells = [with_interval(BY_NAME[name], group.figures.get(name)) for group in columns]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    ungrounded = [_count(group) for group in columns]
    lines.append(f"| numbers without a source (count) | {' | '.join(ungrounded)} |")
    answerable = groups[0].figures.get("correct")
    said = f"{answerable.count if answerable else 0} of {len(results)} questions have an answer."
    source = "Written by `python -m eval table --write`; a test fails when it is stale."
    return "\n".join([BEGIN, *lines, "", f"{said} {source}", END])


def _count(group: Group) -> str:
    figure = group.figures["ungrounded"]
    return f"{figure.mean * figure.count:.0f}"


def block_in(readme: str) -> str:
    """Return the block that stands in a README, "" when there is none."""
    start, end = readme.find(BEGIN), readme.find(END)
    return readme[start : end + len(END)] if 0 <= start < end else ""


def with_block(readme: str, block: str) -> str:
    """Put a block in the place of the old one, or at the end under a heading of its own."""
    old = block_in(readme)
    if old:
        return readme.replace(old, block)
    return f"{readme.rstrip()}\n\n{HEADING}\n\n{block}\n"
