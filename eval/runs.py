"""Run folders: what was asked, of what, with what settings, and what came of it.

    RUN/config.json        arguments, settings, versions, hashes of the QA files
    RUN/index.json         embedding, documents with their hashes, number of clauses
    RUN/questions.jsonl    a line a question (`eval.records`)
    RUN/baselines/NAME.jsonl   the same for each baseline
    RUN/metrics.json       the figures

Two runs of the same things differ in the name of the folder, `started` and the timings only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from eval.figures import Group, Risk, groups_of, risk_of
from eval.records import result_of, result_record
from eval.run import Result
from index.errors import TiaoWenError
from index.types import Clause, Document

OURS = "条问"
FOLDER = Path("runs")


class RunError(TiaoWenError):
    """A run folder cannot be read. The message names the file."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run. `systems` holds the results by name, ours first, then those of the baselines."""

    name: str
    systems: Mapping[str, tuple[Result, ...]]
    config: Mapping[str, Any] = field(default_factory=dict)
    index: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ours(self) -> tuple[Result, ...]:
        """The results of the assistant that is served."""
        return self.systems[OURS]


def folder_for(name: str, now: datetime | None = None) -> Path:
    """Return `runs/<timestamp>-<name>`."""
    return FOLDER / f"{now or datetime.now():%Y%m%d-%H%M%S}-{name}"


def index_record(
    documents: Sequence[Document], clauses: Sequence[Clause], embedding: str
) -> dict[str, Any]:
    """Return what was answered from."""
    names = ("doc_id", "title", "number", "sha256")
    return {
        "embedding": embedding,
        "clauses": len(clauses),
        "documents": [{name: getattr(document, name) for name in names} for document in documents],
    }


def write_run(run: Run, folder: Path) -> None:
    """Write a run folder; missing folders are made, files of an earlier run replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_json(folder / "config.json", {**run.config, "systems": list(run.systems)})
    _write_json(folder / "index.json", run.index)
    for name, results in run.systems.items():
        path = folder / "questions.jsonl" if name == OURS else folder / f"baselines/{name}.jsonl"
        _write_lines(path, map(result_record, results))
    _write_json(folder / "metrics.json", metrics_record(run))


def metrics_record(run: Run) -> dict[str, Any]:
    """Return the figures of every system. What depends on the clock stands under `timings`."""
    return {"systems": {name: _system(results) for name, results in run.systems.items()}}


def _system(results: Sequence[Result]) -> dict[str, Any]:
    groups = groups_of(results)
    return {
        "groups": [_group_record(group) for group in groups],
        "risk": _risk_record(risk_of(results)),
        "failures": sum(bool(result.failures) for result in results),
        "timings": {"p50_ms": round(groups[0].p50_ms, 3), "p95_ms": round(groups[0].p95_ms, 3)},
    }


def _group_record(group: Group) -> dict[str, Any]:
    figures = {
        name: {key: _rounded(value) for key, value in asdict(figure).items()}
        for name, figure in group.figures.items()
    }
    return {"kind": group.kind, "name": group.name, "count": group.count, "figures": figures}


def _risk_record(risk: Risk) -> dict[str, Any]:
    points = [{key: _rounded(v) for key, v in asdict(point).items()} for point in risk.points]
    return {"aurc": _rounded(risk.area), "attempted": _rounded(risk.attempted), "points": points}


def _rounded(value: float) -> float:
    return round(value, 6)


def read_run(path: Path) -> Run:
    """Read a run folder, or the one a file of it lies in, and judge every answer anew.

    Raises:
        RunError: if there is no run, or it cannot be read.
    """
    folder = path if path.is_dir() else path.parent
    if not (folder / "questions.jsonl").is_file():
        raise RunError(f"{path}：不是评测记录（没有 questions.jsonl）。")
    config, index = (_read_json(folder / name) for name in ("config.json", "index.json"))
    files = {path.stem: path for path in sorted((folder / "baselines").glob("*.jsonl"))}
    named = [name for name in config.get("systems", ()) if name in files]
    systems = {OURS: _read_results(folder / "questions.jsonl")}
    for name in dict.fromkeys([*named, *files]):
        systems[name] = _read_results(files[name])
    return Run(folder.resolve().name, systems, config, index)


def _read_results(path: Path) -> tuple[Result, ...]:
    results = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            results.append(result_of(json.loads(line)))
        except (KeyError, TypeError, ValueError) as error:
            raise RunError(f"{path} 第 {number} 行：读不出来（{error}）。") from error
    if not results:
        raise RunError(f"{path}：一道题也没有。")
    return tuple(results)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunError(f"{path}：读不出来（{error}）。") from error
    if not isinstance(data, dict):
        raise RunError(f"{path}：应当是一个 JSON 对象。")
    return data


def _write_json(path: Path, data: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
