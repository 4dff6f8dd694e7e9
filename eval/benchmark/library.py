"""What it costs to keep a library: `python -m eval.benchmark.library STEP FOLDER`.

Every step is a process of its own over the same folder of made-up documents, so that its seconds
hold all it needs and its peak of memory is its alone.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.benchmark.child import peak_memory
from eval.benchmark.run import run_python

if TYPE_CHECKING:
    from index.embedding import Embedding, Vectors

DOCUMENTS = 2000
STEPS = {
    "build": "建立索引",
    "look": "没有变动时更新",
    "add": "加入一份文件",
    "remove": "移走一份文件",
    "load": "重新载入",
}


@dataclass(frozen=True, slots=True)
class Step:
    """What one step took: `seconds` for the work alone, `process` from the start of Python to its end.

    `cpu` are the seconds a processor worked for the process, which other programs on the machine do
    not lengthen. `documents` and `clauses` are those of the library afterwards; `embedded` is how
    many texts the model was asked for; memory in MiB.
    """

    name: str
    seconds: float
    process: float
    cpu: float
    documents: int
    clauses: int
    embedded: int
    memory: float


def bench_library(documents: int = DOCUMENTS) -> list[Step]:
    """Measure every step over a library of made-up documents.

    Raises:
        BenchmarkError: if a process fails.
    """
    with tempfile.TemporaryDirectory() as name:
        write_library(Path(name), documents)
        return [run_step(step, Path(name)) for step in STEPS]


def write_library(folder: Path, documents: int) -> None:
    """Write a folder `docs` of made-up documents, and beside it one that is to be added."""
    (folder / "docs").mkdir()
    for number in range(documents):
        path = folder / "docs" / f"{number:05}.txt"
        path.write_text(made_up(number), encoding="utf-8")
    (folder / "new.txt").write_text(made_up(documents), encoding="utf-8")


def run_step(step: str, folder: Path) -> Step:
    """Run one step in a process of its own.

    Raises:
        BenchmarkError: if it fails.
    """
    start = time.perf_counter()
    written = run_python(["-m", "eval.benchmark.library", step, str(folder)])
    process = time.perf_counter() - start
    return Step(name=step, process=process, **json.loads(written.splitlines()[-1]))


class _Counting:
    """An embedding that counts what it is asked for."""

    def __init__(self, embedding: Embedding) -> None:
        self.name, self.dim, self._embedding = embedding.name, embedding.dim, embedding
        self.count = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.count += len(texts)
        return self._embedding.encode(texts)


def measure_step(step: str, folder: Path) -> dict[str, Any]:
    """Do one step in this process, imports and model included."""
    start = time.perf_counter()
    from index.embedding import load_embedding  # noqa: PLC0415
    from index.storage.library import Library  # noqa: PLC0415
    from index.storage.manifest import read_manifest  # noqa: PLC0415
    from index.storage.store import load_store  # noqa: PLC0415

    embedding = _Counting(load_embedding())
    library = Library(folder / "docs", folder / "index", embedding)
    imported = time.perf_counter() - start
    match step:
        case "build" | "look":
            library.sync()
        case "add":
            library.add([folder / "new.txt"])
        case "remove":
            library.remove(["new"])
        case "load":
            load_store(library.index, embedding.name)
    seconds = time.perf_counter() - start - imported
    manifest = read_manifest(library.index)
    return {
        "seconds": seconds,
        "cpu": time.process_time(),
        "documents": manifest.documents,
        "clauses": manifest.clauses,
        "embedded": embedding.count,
        "memory": peak_memory(),
    }


_PLACES = ("青山", "白河", "云岭", "临江", "安和", "永平", "东川", "石桥", "南屏", "金沙")
_SUBJECTS = ("职业教育", "学校食堂", "校园安全", "招生考试", "教师培训", "学生资助", "实训基地")
_VERBS = ("应当制定", "负责组织", "每年检查", "逐步完善", "及时公布", "统一安排", "优先保障")
_THINGS = ("实施细则", "经费预算", "名额分配", "考核办法", "工作台账", "设备清单", "培训计划")
_BODIES = ("教育局", "财政局", "人社局", "发改委", "各学校", "乡镇政府", "督导室", "考试院")


def made_up(number: int) -> str:
    """Return a policy document of some thirty clauses that no two numbers share."""
    chance = random.Random(number)
    place, subject = chance.choice(_PLACES), chance.choice(_SUBJECTS)
    year = 2010 + number % 15
    lines = [
        f"{place[0]}教发〔{year}〕{number}号",
        f"{place}市教育局关于{subject}第{number}项工作的通知",
    ]
    for order in "一二三四五六":
        lines.append(f"{order}、{chance.choice(_SUBJECTS)}与{chance.choice(_THINGS)}")
        for item in "一二三四":
            lines.append(f"（{item}）" + "".join(_sentence(chance, year) for _ in range(3)))
    lines += [f"{place}市教育局", f"{year}年{1 + number % 12}月{1 + number % 28}日"]
    return "\n".join(lines) + "\n"


def _sentence(chance: random.Random, year: int) -> str:
    body, verb, thing = map(chance.choice, (_BODIES, _VERBS, _THINGS))
    subject, share = chance.choice(_SUBJECTS), chance.randrange(100)
    later = year + chance.randrange(5)
    return f"{body}{verb}{subject}{thing}，到{later}年达到{share}%以上。"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure_step(sys.argv[1], Path(sys.argv[2]))) + "\n")
