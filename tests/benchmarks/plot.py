"""The picture of the page: for each kind of work, Hugo's time and Dateline's on one scale of powers of ten.

Squares and discs, words beside all of them, a title and a description: it can be read without colours and without eyes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

LEFT, WIDTH, RIGHT = 130, 500, 70
ROW, HEAD, FOOT = 26, 34, 34
_STYLE = """
text{font:12px system-ui,sans-serif;fill:#222}
.head{font-weight:700}
.grid{stroke:#ddd}
.span{stroke:#999;stroke-width:2}
.base{fill:#fff;stroke:#8a3b12;stroke-width:2}
.own{fill:#0b5d4a}
@media(prefers-color-scheme:dark){
text{fill:#e6e6e6}
.grid{stroke:#3a3a3a}
.span{stroke:#888}
.base{fill:#111;stroke:#f0a070}
.own{fill:#6fd3b5}
}
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One kind of work: its title, and the seconds of the baseline (where there is one) and of the program."""

    title: str
    base: float | None
    own: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One size of archive."""

    title: str
    bars: Sequence[Bar]


def draw(title: str, base: str, own: str, panels: Sequence[Panel]) -> str:
    """The SVG.

    Args:
        title: For people who do not see it, and for its tooltip.
        base: Name of the baseline.
        own: Name of the program.
        panels: One below the other; at least one, each with at least one bar.
    """
    scale = Scale.of([value for panel in panels for bar in panel.bars for value in (bar.base, bar.own) if value])
    height = sum(HEAD + ROW * len(panel.bars) for panel in panels) + FOOT + HEAD
    width = LEFT + WIDTH + RIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="title description">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(_description(base, own, panels))}</desc>',
        f"<style>{_STYLE}</style>",
        *_legend(base, own),
        *_grid(scale, height),
    ]
    top = HEAD
    for panel in panels:
        parts += _panel(panel, scale, top)
        top += HEAD + ROW * len(panel.bars)
    return "\n".join([*parts, "</svg>", ""])


@dataclass(frozen=True, slots=True)
class Scale:
    """Powers of ten from `low` to `high`, drawn from left to right."""

    low: int
    high: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Scale:
        """The scale that holds all values, with room for words at both ends."""
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        return cls(low, max(high, low + 1))

    def place(self, seconds: float) -> float:
        """Where a time stands."""
        share = (math.log10(seconds) - self.low) / (self.high - self.low)
        return round(LEFT + 30 + share * (WIDTH - 60), 1)


def duration(seconds: float) -> str:
    """A time in words: 85 ms, 0.43 s, 12.8 s, 163 s."""
    if seconds < 0.1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s" if seconds < 100 else f"{seconds:.0f} s"


def _description(base: str, own: str, panels: Sequence[Panel]) -> str:
    sentences = []
    for panel in panels:
        figures = (
            f"{bar.title}: {own} {duration(bar.own)}" + (f", {base} {duration(bar.base)}" if bar.base else "")
            for bar in panel.bars
        )
        sentences.append(f"{panel.title}. {'; '.join(figures)}.")
    return " ".join(sentences)


def _legend(base: str, own: str) -> Iterator[str]:
    yield f'<circle class="own" cx="{LEFT + 36}" cy="16" r="6"/><text x="{LEFT + 48}" y="20">{escape(own)}</text>'
    yield _square(LEFT + 136, 16) + f'<text x="{LEFT + 148}" y="20">{escape(base)}</text>'


def _grid(scale: Scale, height: int) -> Iterator[str]:
    for power in range(scale.low, scale.high + 1):
        place, label = scale.place(10.0**power), f"{10 ** (power + 3)} ms" if power < 0 else f"{10**power} s"
        yield f'<line class="grid" x1="{place}" x2="{place}" y1="{HEAD}" y2="{height - FOOT}"/>'
        yield f'<text x="{place}" y="{height - FOOT + 18}" text-anchor="middle">{label}</text>'


def _panel(panel: Panel, scale: Scale, top: int) -> Iterator[str]:
    yield f'<text class="head" x="0" y="{top + 20}">{escape(panel.title)}</text>'
    for number, bar in enumerate(panel.bars):
        yield from _bar(bar, scale, top + HEAD + ROW * number + ROW // 2)


def _bar(bar: Bar, scale: Scale, middle: int) -> Iterator[str]:
    """The faster of the two has its words on its left, the slower one on its right."""
    yield f'<text x="0" y="{middle + 4}">{escape(bar.title)}</text>'
    own = scale.place(bar.own)
    if bar.base is None:
        yield f'<circle class="own" cx="{own}" cy="{middle}" r="6"/>' + _word(own, middle, bar.own, left=False)
        return
    base = scale.place(bar.base)
    yield f'<line class="span" x1="{own}" x2="{base}" y1="{middle}" y2="{middle}"/>'
    yield _square(base, middle) + _word(base, middle, bar.base, left=bar.base < bar.own)
    yield f'<circle class="own" cx="{own}" cy="{middle}" r="6"/>' + _word(
        own, middle, bar.own, left=bar.own <= bar.base
    )


def _square(x: float, y: float) -> str:
    return f'<rect class="base" x="{x - 5}" y="{y - 5}" width="10" height="10"/>'


def _word(x: float, y: float, seconds: float, *, left: bool) -> str:
    place, anchor = (x - 11, "end") if left else (x + 11, "start")
    return f'<text x="{place:.1f}" y="{y + 4}" text-anchor="{anchor}">{duration(seconds)}</text>'
