"""`python -m eval statutes`: whether every article of a corpus of laws is found again."""

from __future__ import annotations

import argparse
import json
import lzma
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from eval.commands.common import write
from eval.dataset import DatasetError
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents
from index.parsing.labels import parse_label
from index.parsing.parts import annex_mark
from index.parsing.walker import UNNUMBERED
from index.types import Clause

NAME = "statutes"
HELP = "检查法规全文能否逐条解析：把语料里的条文拼成法规，再看每一条是否都找得到"

_ARTICLE = re.compile(
    r"(.+?)\s*(第[一二三四五六七八九十百千零〇\d]+条(?:之[一二三四五六七八九十]+)?)$"
)
_SHOWN = 20

Article = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LawCheck:
    """How many articles of a law are whole among its clauses, and which are not."""

    law: str
    articles: int
    clauses: int
    missing: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the corpus."""
    parser.add_argument(
        "--corpus",
        type=Path,
        required=True,
        metavar="文件",
        help="BEIR 语料（.jsonl 或 .jsonl.xz），标题为“法名第几条”",
    )
    parser.add_argument("--laws", type=int, default=0, metavar="数", help="只查前几部，默认全查")


def run(options: argparse.Namespace) -> int:
    """Print laws, articles, those found, and the speed; 1 when some are missing."""
    laws = list(read_laws(options.corpus).items())[: options.laws or None]
    texts = [(law, articles, law_text(law, articles)) for law, articles in laws]
    started = time.process_time()
    checks = [check_law(law, articles, text) for law, articles, text in texts]
    write(_told(checks, time.process_time() - started))
    return int(any(check.missing for check in checks))


def read_laws(corpus: Path) -> dict[str, list[Article]]:
    """Read a corpus and put the articles of each law in the order of their numbers.

    Raises:
        DatasetError: if a line is no record with a title and a text, or no title names an article.
    """
    laws: dict[str, dict[str, tuple[str, ...]]] = {}
    for number, line in enumerate(_lines(corpus), 1):
        try:
            record = json.loads(line)
            match = _ARTICLE.match(record["title"])
            lines = tuple(part.strip() for part in record["text"].split("\n") if part.strip())
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DatasetError(f"{corpus} 第{number}行读不懂。") from error
        if match and lines:
            laws.setdefault(match[1], {}).setdefault(match[2], lines)
    if not laws:
        raise DatasetError(f"{corpus} 里没有标题像“某某法第一条”的记录。")
    return {law: sorted(found.items(), key=_order) for law, found in laws.items()}


def _lines(corpus: Path) -> Iterator[str]:
    opened = lzma.open if corpus.suffix == ".xz" else open
    with opened(corpus, "rt", encoding="utf-8") as file:
        yield from file


def _order(article: Article) -> tuple[int, int, str]:
    label = parse_label(f"{article[0]} ")
    inserted = article[0].partition("之")[2]
    second = parse_label(f"{inserted}、") if inserted else None
    return label.ordinal if label else 0, second.ordinal if second else 0, article[0]


def law_text(law: str, articles: Iterable[Article]) -> str:
    """Write a law as a plain text, one 款 a line and the numbers of articles set off."""
    return "\n".join([law, *(f"{number}　" + "\n".join(lines) for number, lines in articles)])


def check_law(law: str, articles: Sequence[Article], text: str) -> LawCheck:
    """Parse a law and compare what stands below each article with what was put in."""
    parsed = parse_documents(SourceText("law", "law.txt", text, "0" * 64))
    clauses = [clause for item in parsed for clause in item.clauses]
    found = _articles(clauses)
    missing = [
        number
        for number, lines in articles
        if _plain(found.get(number, "")) != _plain("".join([number, *_body(lines)]))
    ]
    return LawCheck(law, len(articles), len(clauses), tuple(missing))


def _articles(clauses: Iterable[Clause]) -> Mapping[str, str]:
    """Join the text of the clauses of each article, by its number."""
    texts: dict[str, str] = {}
    for clause in clauses:
        steps = [step for step in clause.labels.split("/") if _ARTICLE.match(f"法{step}")]
        if steps:
            texts[steps[0]] = texts.get(steps[0], "") + clause.text
    return texts


def _body(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of an article; the corpus leaves 附则 and annexes at the end of the last one."""
    return takewhile(lambda line: not (annex_mark(line) or _plain(line) in UNNUMBERED), lines)


def _plain(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", "", text)


def _told(checks: Sequence[LawCheck], seconds: float) -> str:
    articles = sum(check.articles for check in checks)
    clauses = sum(check.clauses for check in checks)
    lost = [(check.law, number) for check in checks for number in check.missing]
    lines = [f"《{law}》{number}没有完整找到" for law, number in lost[:_SHOWN]]
    share = 100 * (articles - len(lost)) / max(articles, 1)
    lines.append(
        f"法规 {len(checks)} 部，条文 {articles} 条，完整找到 {articles - len(lost)} 条（{share:.2f}%）"
    )
    lines.append(f"条款 {clauses} 条，每秒解析 {clauses / max(seconds, 1e-9):.0f} 条")
    return "\n".join(lines)
