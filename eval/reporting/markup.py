"""Pure: HTML and SVG built so that text cannot become markup."""

from __future__ import annotations

from html import escape

_VOID = frozenset({"meta", "br", "link"})


class Markup(str):
    """Text that is markup already; every other string is escaped when it is put into one."""

    __slots__ = ()


def element(name: str, /, *children: str, **attributes: str | float) -> Markup:
    """Return `<name …>children</name>`.

    A trailing `_` of an attribute's name is dropped (`class_`), other `_` become `-`.
    """
    said = "".join(
        f' {key.removesuffix("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
    )
    if name in _VOID:
        return Markup(f"<{name}{said}>")
    return Markup(f"<{name}{said}>{joined(*children)}</{name}>")


def joined(*children: str) -> Markup:
    """Put pieces together, escaping what is not markup."""
    return Markup(
        "".join(child if isinstance(child, Markup) else escape(child) for child in children)
    )


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
