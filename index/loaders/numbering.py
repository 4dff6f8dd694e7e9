"""The numbers Word writes in front of paragraphs (ISO/IEC 29500-1 §17.9), which stand in no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from index.loaders.numerals import numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_BULLETS = "•●·▪◆■—–"
_BLANK = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list; `restart` is the number of levels whose use restarts it, 0 for none."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int = _LEVELS
    legal: bool = False
    paragraph_style: str = ""


@dataclass(slots=True)
class _List:
    """A definition with its running counts, shared by all lists that are made from it."""

    levels: list[_Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _Instance:
    """A list in the text: its definition, levels of its own, and starts not yet used."""

    shared: _List
    levels: list[_Level]
    starts: dict[int, int]


class Numbering:
    """Counts along a document. Ask once for each paragraph, in reading order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        """Read the numbering and the styles part; either may be missing."""
        self._styles = {s.get(W + "styleId") or "": s for s in _all(styles, "style")}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in _TRUE
            ),
            "",
        )
        self._instances = dict(self._read(numbering)) if numbering is not None else {}

    def label(self, properties: Element | None) -> str:
        """Return what Word writes in front of the paragraph with these `w:pPr`, or ""."""
        name, position = self._find(properties)
        instance = self._instances.get(name)
        if instance is None:
            return ""
        self._count(instance, position)
        level = instance.levels[position]
        if level.style == "bullet":
            return _bullet(level.text)
        return _BLANK.sub(
            lambda blank: _shown(instance, level, int(blank[1]) - 1), level.text
        ).strip()

    def _find(self, properties: Element | None) -> tuple[str, int]:
        """Return the list of a paragraph and its level, from itself or from its style."""
        own = properties.find(W + "numPr") if properties is not None else None
        style = _value(properties, "pStyle") or self._default
        name, position = _value(own, "numId"), _value(own, "ilvl")
        lineage = list(self._lineage(style))
        for ancestor in lineage:
            inherited = self._styles[ancestor].find(f"{W}pPr/{W}numPr")
            if inherited is None:
                continue
            name = name or _value(inherited, "numId")
            linked = self._linked(name, lineage)
            position = position or _value(inherited, "ilvl") or linked
        return name, min(_number(position, 0), _LEVELS - 1)

    def _linked(self, name: str, lineage: list[str]) -> str:
        """Return the level that is tied to one of the styles, or ""."""
        levels = self._instances[name].levels if name in self._instances else []
        tied = (i for i, level in enumerate(levels) if level.paragraph_style in lineage)
        return next(map(str, tied), "")

    def _lineage(self, style: str) -> Iterator[str]:
        """Yield a style and those it is based on, nearest first."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield style
            style = _value(self._styles[style], "basedOn")

    def _count(self, instance: _Instance, position: int) -> None:
        """Count a paragraph: levels above it that were skipped have begun with it, those below end."""
        counts, levels = instance.shared.counts, instance.levels
        for above in range(position):
            if counts[above] is None:
                counts[above] = levels[above].start
        count = counts[position]
        following = levels[position].start if count is None else count + 1
        counts[position] = instance.starts.pop(position, following)
        for deeper in range(position + 1, _LEVELS):
            if position < levels[deeper].restart:
                counts[deeper] = None

    def _read(self, numbering: Element) -> Iterator[tuple[str, _Instance]]:
        definitions = {d.get(W + "abstractNumId"): d for d in numbering.findall(W + "abstractNum")}
        targets = {
            n.get(W + "numId"): _value(n, "abstractNumId") for n in numbering.findall(W + "num")
        }
        lists: dict[str, _List] = {}
        for element in numbering.findall(W + "num"):
            target = _value(element, "abstractNumId")
            style = self._styles.get(_value(definitions.get(target), "numStyleLink"))
            if style is not None:
                target = targets.get(_value(style.find(f"{W}pPr/{W}numPr"), "numId"), target)
            if target in definitions:
                shared = lists.setdefault(target, _List(_levels(definitions[target])))
                yield element.get(W + "numId") or "", _instance(element, shared)


_TRUE = ("1", "true", "on")


def _instance(element: Element, shared: _List) -> _Instance:
    levels, starts = list(shared.levels), {}
    for override in element.findall(W + "lvlOverride"):
        position = _number(override.get(W + "ilvl"), 0)
        if position >= _LEVELS:
            continue
        own = override.find(W + "lvl")
        if own is not None:
            levels[position] = _level(own)
        if start := _value(override, "startOverride"):
            starts[position] = _number(start, 1)
            levels[position] = replace(levels[position], start=starts[position])
    return _Instance(shared, levels, starts)


def _levels(definition: Element) -> list[_Level]:
    levels = [_Level()] * _LEVELS
    for element in definition.findall(W + "lvl"):
        position = _number(element.get(W + "ilvl"), _LEVELS)
        if position < _LEVELS:
            levels[position] = _level(element)
    return levels


def _level(element: Element) -> _Level:
    style = next((e.get(W + "val") or "" for e in element.iter(W + "numFmt")), "decimal")
    legal = element.find(W + "isLgl")
    return _Level(
        _number(_value(element, "start"), 0),
        style,
        _value(element, "lvlText"),
        _number(_value(element, "lvlRestart"), _LEVELS),
        legal is not None and (legal.get(W + "val") or "1") in _TRUE,
        _value(element, "pStyle"),
    )


def _shown(instance: _Instance, level: _Level, position: int) -> str:
    if not 0 <= position < _LEVELS:
        return ""
    asked, count = instance.levels[position], instance.shared.counts[position]
    return numeral(
        asked.start if count is None else count, "decimal" if level.legal else asked.style
    )


def _bullet(text: str) -> str:
    """Return the sign of a bullet; those of symbol fonts, mere codes, become a common one."""
    return text if text and text in _BULLETS else "•"


def joined(label: str, text: str) -> str:
    """Put a label in front of its paragraph, with a space where drafting practice has one.

    None behind 一、 （一） ① •, one behind 第一条, and one that parts 1. from a figure.
    """
    if not label or not text:
        return label or text
    last = label[-1]
    figures = last.isascii() and text[0].isascii() and text[0].isalnum()
    gap = last.isalpha() or last.isdecimal() or figures
    return f"{label} {text}" if gap else label + text


def _all(root: Element | None, name: str) -> list[Element]:
    return [] if root is None else root.findall(W + name)


def _value(element: Element | None, name: str) -> str:
    child = element.find(W + name) if element is not None else None
    return (child.get(W + "val") or "") if child is not None else ""


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else default
