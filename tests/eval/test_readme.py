"""The README's figures are those that a run gives today."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval import __main__ as command_line
from eval.commands import table
from eval.dataset import QAItem
from eval.readme import BEGIN, END, block_in, block_of, with_block
from eval.run import run_items


def test_the_block_in_the_readme_is_not_stale() -> None:
    readme = (table.ROOT / "README.md").read_text("utf-8")
    assert block_in(readme) == table.measured_block(), "python -m eval table --write"


def test_the_block_holds_the_figures(items: list[QAItem], echo: Any) -> None:
    block = block_of(run_items(echo, items))
    assert block.startswith(BEGIN)
    assert block.endswith(END)
    assert "| test split, % [95 % interval] | all (5) | lay (2) | staff (3) |" in block
    assert "| correct and cited | 33.3 [0.0, 100.0] | 0.0 [0.0, 0.0] | 50.0 [0.0, 100.0] |" in block
    assert "| numbers without a source (count) | 2 | 2 | 0 |" in block
    assert "3 of 5 questions have an answer." in block


def test_a_block_replaces_the_old_one_or_is_appended() -> None:
    new = f"{BEGIN}\nnew\n{END}"
    assert with_block(f"a\n{BEGIN}\nold\n{END}\nb\n", new) == f"a\n{new}\nb\n"
    assert with_block("a\n", new) == f"a\n\n## Measured\n\n{new}\n"
    assert block_in(f"a {END} {BEGIN}") == ""


def test_check_tells_a_stale_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(table, "ROOT", tmp_path)
    monkeypatch.setattr(table, "measured_block", lambda: f"{BEGIN}\nnew\n{END}")
    (tmp_path / "README.md").write_text(f"{BEGIN}\nold\n{END}\n", "utf-8")
    assert command_line.main(["table", "--check"]) == 1
    assert "--write" in capsys.readouterr().err
    assert command_line.main(["table", "--write", "--check"]) == 0
    assert (tmp_path / "README.md").read_text("utf-8") == f"{BEGIN}\nnew\n{END}\n"
