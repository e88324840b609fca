"""Draw the pictures of the example site; run by hand, the same bytes each time.

python content/_tools/make_pictures.py            all pictures
python content/_tools/make_pictures.py tram bell  only those whose name contains a word
"""

# A drawing is a long list of strokes; seeded random numbers scatter windows and waves, the same each time.
# ruff: noqa: C901, D102, D103, PLR0912, PLR0913, PLR0915, PLR0917, TID251

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

CONTENT = Path(__file__).resolve().parent.parent
SCALE = 2
WIDTH = 1200
LARGEST = 60_000
Point = tuple[float, float]
Colour = str | tuple[int, int, int]

INK = "#14202e"
NAVY = "#1b3145"
SLATE = "#3b5468"
TEAL = "#1f4e58"
SEA = "#3d7d85"
MIST = "#a9c4c0"
FOAM = "#e3ebe3"
CREAM = "#f5ecd9"
SAND = "#e2cda6"
OCHRE = "#d79c4c"
AMBER = "#f2bd62"
RUST = "#b9563b"
BRICK = "#7f3d32"
MOSS = "#6d8a63"
PINE = "#2f5146"
PLUM = "#4a3a55"


def rgb(colour: Colour) -> tuple[int, int, int]:
    if isinstance(colour, tuple):
        return colour
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: Colour, two: Colour, share: float) -> tuple[int, int, int]:
    a, b = rgb(one), rgb(two)
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


class Canvas:
    """A picture in units of the finished size, drawn larger and scaled down for smooth edges."""

    def __init__(self, height: int, fill: Colour = CREAM) -> None:
        self.height = height
        self.image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), rgb(fill))
        self.pen = ImageDraw.Draw(self.image)

    def _scaled(self, points: Iterable[Point]) -> list[Point]:
        return [(x * SCALE, y * SCALE) for x, y in points]

    def poly(self, points: Sequence[Point], fill: Colour, alpha: float = 1) -> None:
        self._shape(lambda pen, ink: pen.polygon(self._scaled(points), fill=ink), fill, alpha)

    def rect(self, x: float, y: float, w: float, h: float, fill: Colour, alpha: float = 1, r: float = 0) -> None:
        box = (x * SCALE, y * SCALE, (x + w) * SCALE - 1, (y + h) * SCALE - 1)
        self._shape(lambda pen, ink: pen.rounded_rectangle(box, r * SCALE, fill=ink), fill, alpha)

    def disc(self, x: float, y: float, rx: float, fill: Colour, alpha: float = 1, ry: float | None = None) -> None:
        ry = rx if ry is None else ry
        box = ((x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE)
        self._shape(lambda pen, ink: pen.ellipse(box, fill=ink), fill, alpha)

    def ring(
        self, x: float, y: float, rx: float, colour: Colour, width: float, alpha: float = 1, ry: float | None = None
    ) -> None:
        ry = rx if ry is None else ry
        box = ((x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE)
        self._shape(lambda pen, ink: pen.ellipse(box, outline=ink, width=max(1, round(width * SCALE))), colour, alpha)

    def arc(self, x: float, y: float, r: float, start: float, end: float, colour: Colour, width: float) -> None:
        box = ((x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE)
        self.pen.arc(box, start, end, fill=rgb(colour), width=max(1, round(width * SCALE)))

    def line(self, points: Sequence[Point], colour: Colour, width: float = 2, alpha: float = 1) -> None:
        self._shape(
            lambda pen, ink: pen.line(
                self._scaled(points), fill=ink, width=max(1, round(width * SCALE)), joint="curve"
            ),
            colour,
            alpha,
        )

    def _shape(self, draw: Callable[[ImageDraw.ImageDraw, object], None], colour: Colour, alpha: float) -> None:
        if alpha >= 1:
            draw(self.pen, rgb(colour))
            return
        mask = Image.new("L", self.image.size, 0)
        draw(ImageDraw.Draw(mask), round(255 * alpha))
        self.lay(mask, colour)

    def lay(self, mask: Image.Image, colour: Colour) -> None:
        self.image.paste(rgb(colour), (0, 0, *self.image.size), mask)

    def gradient(self, top: float, bottom: float, *stops: Colour) -> None:
        """Fill the band from `top` to `bottom` with evenly spaced colours."""
        first, last = round(top * SCALE), round(bottom * SCALE)
        for y in range(first, last):
            place = (y - first) / max(1, last - first - 1) * (len(stops) - 1)
            index = min(int(place), len(stops) - 2)
            self.pen.line([(0, y), (self.image.width, y)], fill=mix(stops[index], stops[index + 1], place - index))

    def glow(self, x: float, y: float, r: float, colour: Colour, alpha: float = 0.6) -> None:
        """A soft round light."""
        size = 128
        spot = Image.radial_gradient("L").resize((size, size))
        spot = ImageChops.invert(spot).point(lambda v: max(0, (v - 74) / 181) ** 1.6 * 255 * alpha)
        side = round(2 * r * SCALE)
        mask = Image.new("L", self.image.size, 0)
        mask.paste(
            spot.resize((side, side), Image.Resampling.BICUBIC), (round((x - r) * SCALE), round((y - r) * SCALE))
        )
        self.lay(mask, colour)

    def beam(self, points: Sequence[Point], colour: Colour, alpha: float, blur: float) -> None:
        """A polygon of light with soft edges."""
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon(self._scaled(points), fill=round(255 * alpha))
        self.lay(mask.filter(ImageFilter.GaussianBlur(blur * SCALE)), colour)

    def mirror(self, horizon: float, tint: Colour, share: float, wave: float = 6) -> None:
        """Reflect what is above `horizon` in the water below it."""
        base = round(horizon * SCALE)
        source = self.image.copy()
        for y in range(base, self.image.height):
            depth = y - base
            origin = max(base - 1 - depth, 0)
            row = source.crop((0, origin, self.image.width, origin + 1))
            sway = wave * SCALE * min(1.0, 0.25 + depth / (260 * SCALE))
            shift = round(math.sin(depth / (10.0 * SCALE) + math.sin(depth / (43 * SCALE)) * 2.4) * sway)
            self.image.paste(ImageChops.offset(row, shift, 0), (0, y))
        band = (0, base, self.image.width, self.image.height)
        lower = self.image.crop(band)
        self.image.paste(Image.blend(lower, Image.new("RGB", lower.size, rgb(tint)), share), band)

    def finish(self) -> Image.Image:
        return self.image.resize((WIDTH, self.height), Image.Resampling.LANCZOS)


def curve(points: Sequence[Point], steps: int = 16) -> list[Point]:
    """A smooth line through `points`."""
    full = [points[0], *points, points[-1]]
    out: list[Point] = []
    for a, b, c, d in zip(full, full[1:], full[2:], full[3:], strict=False):
        for step in range(steps):
            t = step / steps
            out.append(
                (
                    0.5 * (2 * b[0] + (c[0] - a[0]) * t + (2 * a[0] - 5 * b[0] + 4 * c[0] - d[0]) * t * t
                           + (3 * b[0] - a[0] - 3 * c[0] + d[0]) * t**3),
                    0.5 * (2 * b[1] + (c[1] - a[1]) * t + (2 * a[1] - 5 * b[1] + 4 * c[1] - d[1]) * t * t
                           + (3 * b[1] - a[1] - 3 * c[1] + d[1]) * t**3),
                )
            )  # fmt: skip
    return [*out, points[-1]]


def gull(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    left = curve([(x - size, y - size * 0.15), (x - size * 0.5, y - size * 0.42), (x, y)])
    right = curve([(x, y), (x + size * 0.5, y - size * 0.42), (x + size, y - size * 0.15)])
    c.line(left + right, colour, max(1.6, size / 9))


def house(
    c: Canvas,
    x: float,
    base: float,
    w: float,
    h: float,
    wall: Colour,
    roof: Colour,
    lit: Colour | None,
    rng: random.Random,
) -> None:
    """A gabled house front with small windows."""
    pitch = w * 0.62
    c.rect(x, base - h, w, h, wall)
    c.poly([(x - 2, base - h + 1), (x + w / 2, base - h - pitch), (x + w + 2, base - h + 1)], roof)
    if lit is None:
        return
    for row in range(int(h // 42)):
        for col in range(2 if w > 46 else 1):
            if rng.random() < 0.55:
                px = x + w * (0.22 + 0.4 * col) if w > 46 else x + w * 0.36
                c.rect(px, base - h + 14 + row * 42, w * 0.17, 17, lit)


def water_lines(
    c: Canvas, top: float, bottom: float, colour: Colour, count: int, rng: random.Random, alpha: float = 0.35
) -> None:
    """Short level strokes, longer and thicker toward the viewer."""
    mask = Image.new("L", c.image.size, 0)
    pen = ImageDraw.Draw(mask)
    for _ in range(count):
        near = rng.random() ** 1.4
        y = top + (bottom - top) * near
        x = rng.uniform(-40, WIDTH)
        length = rng.uniform(14, 40) + near * rng.uniform(30, 130)
        thick = 1 + 2.6 * near
        box = (x * SCALE, y * SCALE, (x + length) * SCALE, (y + thick) * SCALE)
        pen.rounded_rectangle(box, thick * SCALE / 2, fill=round(255 * alpha))
    c.lay(mask, colour)


def person(c: Canvas, x: float, base: float, size: float, colour: Colour) -> None:
    """A standing figure in a coat, seen as a dark shape."""
    s = size
    c.disc(x, base - s * 0.905, s * 0.088, colour, ry=s * 0.096)
    for side in (-1, 1):
        c.rect(x + side * s * 0.07 - s * 0.045, base - s * 0.36, s * 0.09, s * 0.36, colour, r=s * 0.02)
    coat = curve([(x - s * 0.05, base - s * 0.83), (x - s * 0.145, base - s * 0.77), (x - s * 0.165, base - s * 0.55),
                  (x - s * 0.15, base - s * 0.27)], 8)  # fmt: skip
    c.poly([*coat, *[(2 * x - px, py) for px, py in reversed(coat)]], colour)


def harbour_dusk() -> Canvas:
    c = Canvas(675)
    rng = random.Random(3)
    horizon = 418
    c.gradient(0, horizon, "#27405a", "#5a5873", "#a8685f", "#e39a5a", "#f6cf8c")
    c.glow(770, 392, 330, "#ffe2a0", 0.75)
    c.disc(770, 384, 58, "#fff0c2")
    for y, x, w in ((120, 160, 330), (150, 60, 220), (196, 820, 300), (232, 540, 240), (96, 900, 180)):
        c.rect(x, y, w, 7, "#f0b183", 0.35, r=4)
    hills = curve([(0, 350), (150, 318), (330, 340), (520, 362), (700, 378), (930, 366), (1100, 340), (1200, 330)])
    c.poly([*hills, (1200, horizon), (0, horizon)], "#7c5a63")
    x = -10.0
    while x < 640:
        w = rng.uniform(40, 66)
        h = rng.uniform(44, 104) * (1 - max(0, x - 320) / 700)
        house(c, x, horizon, w, h, mix("#2a2f42", "#3a3446", rng.random()), "#232a3b", "#ffce7a", rng)
        x += w - 1
    c.poly([(246, 300), (270, 150), (294, 300)], "#232a3b")
    c.rect(246, 298, 48, 120, "#2a2f42")
    c.rect(262, 316, 16, 30, "#ffce7a", r=8)
    c.line([(270, 152), (270, 134)], "#232a3b", 3)
    c.rect(600, 404, 260, 14, "#2a2f42")
    c.rect(846, 356, 16, 60, "#2a2f42")
    c.poly([(842, 358), (854, 336), (866, 358)], RUST)
    c.disc(854, 362, 5, "#ffe9ad")
    for mx, mh, lean in ((930, 190, 0), (1010, 232, 4), (1094, 168, -3)):
        c.line([(mx, horizon), (mx + lean, horizon - mh)], "#232a3b", 4)
        c.line([(mx + lean, horizon - mh + 8), (mx + 66, horizon - 14)], "#232a3b", 1.5)
        c.line([(mx + lean, horizon - mh + 8), (mx - 58, horizon - 14)], "#232a3b", 1.5)
        c.poly(
            [(mx - 64, horizon - 22), (mx + 74, horizon - 30), (mx + 52, horizon + 1), (mx - 48, horizon + 1)],
            "#1f2636",
        )
        c.rect(mx - 30, horizon - 42, 38, 20, "#2d3347")
        c.rect(mx - 20, horizon - 37, 9, 8, "#ffce7a")
    c.mirror(horizon, "#1e2c40", 0.34, wave=4)
    water_lines(c, horizon + 6, 675, "#f6cf8c", 90, rng, 0.22)
    for i in range(26):
        y = horizon + 8 + i * 9.6
        w = 34 + rng.uniform(0, 58) + i * 1.6
        c.rect(770 - w / 2 + rng.uniform(-16, 16), y, w, 3.4, "#ffe2a0", 0.6, r=2)
    for gx, gy, s in ((430, 190, 18), (478, 214, 13), (400, 232, 10), (1010, 96, 12)):
        gull(c, gx, gy, s, "#2a2f42")
    return c


def lattice(c: Canvas, a: Point, b: Point, width: float, colour: Colour, cells: int, pen: float = 4) -> None:
    """A braced girder from `a` to `b`."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy)
    nx, ny = -dy / length * width / 2, dx / length * width / 2
    c.line([(a[0] + nx, a[1] + ny), (b[0] + nx, b[1] + ny)], colour, pen)
    c.line([(a[0] - nx, a[1] - ny), (b[0] - nx, b[1] - ny)], colour, pen)
    for i in range(cells):
        s, e = i / cells, (i + 1) / cells
        one, two = (1, -1) if i % 2 else (-1, 1)
        c.line(
            [
                (a[0] + dx * s + nx * one, a[1] + dy * s + ny * one),
                (a[0] + dx * e + nx * two, a[1] + dy * e + ny * two),
            ],
            colour,
            pen * 0.6,
        )


def crane(c: Canvas, x: float, base: float, size: float, colour: Colour, side: int) -> None:
    """A quayside crane whose jib points to `side`."""
    s = size
    c.poly([(x - 70 * s, base), (x - 56 * s, base), (x - 22 * s, base - 190 * s), (x - 34 * s, base - 190 * s)], colour)
    c.poly([(x + 70 * s, base), (x + 56 * s, base), (x + 22 * s, base - 190 * s), (x + 34 * s, base - 190 * s)], colour)
    c.rect(x - 52 * s, base - 96 * s, 104 * s, 8 * s, colour)
    c.rect(x - 46 * s, base - 206 * s, 92 * s, 18 * s, colour)
    c.rect(x - 38 * s, base - 262 * s, 76 * s, 58 * s, colour)
    c.rect(x + side * 21 * s - 11 * s, base - 254 * s, 22 * s, 20 * s, AMBER)
    tip = (x + side * 300 * s, base - 500 * s)
    lattice(c, (x + side * 26 * s, base - 262 * s), tip, 20 * s, colour, 14, 4 * s)
    head = (x - side * 14 * s, base - 420 * s)
    lattice(c, (x - side * 10 * s, base - 262 * s), head, 22 * s, colour, 6, 4 * s)
    c.line([head, tip], colour, 2.4 * s)
    c.line([head, (x - side * 92 * s, base - 250 * s)], colour, 2.4 * s)
    c.rect(x - side * 92 * s - 26 * s, base - 262 * s, 52 * s, 46 * s, colour)
    c.line([(x - side * 92 * s, base - 238 * s), (x, base - 238 * s)], colour, 8 * s)
    c.line([tip, (tip[0], base - 212 * s)], colour, 1.8 * s)
    c.rect(tip[0] - 7 * s, base - 222 * s, 14 * s, 20 * s, colour)


def yard_cranes() -> Canvas:
    c = Canvas(800)
    c.gradient(0, 640, "#f3dfbb", "#f1c692", "#e2a06c")
    c.disc(610, 330, 170, "#f9ebcd")
    for y, w, x in ((236, 300, 90), (270, 170, 40), (180, 260, 800), (212, 150, 920)):
        c.rect(x, y, w, 9, "#fbeed3", 0.7, r=5)
    far = [(0, 560), (120, 540), (120, 500), (190, 500), (190, 548), (330, 548), (330, 520), (420, 500), (510, 520),
           (510, 560), (700, 560), (700, 515), (760, 515), (760, 556), (940, 556), (940, 530), (1200, 530),
           (1200, 660), (0, 660)]  # fmt: skip
    c.poly(far, "#c98561")
    crane(c, 620, 600, 0.5, "#a3614b", 1)
    crane(c, 260, 664, 0.98, NAVY, 1)
    crane(c, 985, 664, 1.14, INK, -1)
    c.rect(0, 660, 1200, 140, "#22303c")
    c.poly([(330, 800), (560, 606), (680, 606), (910, 800)], "#39434a")
    for i in range(9):
        t = (i / 8) ** 1.5
        y = 616 + t * 178
        half = 52 + t * 216
        c.rect(620 - half, y, half * 2, 3 + t * 9, "#586066")
    c.poly([(596, 606), (644, 606), (700, 800), (540, 800)], "#5d3a31")
    c.poly([(608, 606), (632, 606), (660, 800), (580, 800)], RUST)
    for x in (70, 130, 1090, 1146):
        person(c, x, 676, 62, INK)
    return c


def library_window() -> Canvas:
    c = Canvas(800, "#2b2430")
    rng = random.Random(11)
    spines = [RUST, OCHRE, MOSS, SEA, "#d8c39a", BRICK, SLATE, "#8a6f4d", PLUM, "#b98a58"]
    c.gradient(0, 800, "#33293a", "#2a2129")
    c.rect(400, 70, 400, 560, "#6b4c38", r=0)
    c.poly(
        [
            (400, 270),
            *[
                (600 + 200 * math.cos(a / 40 * math.pi + math.pi), 270 + 200 * math.sin(a / 40 * math.pi + math.pi))
                for a in range(41)
            ],
            (800, 270),
        ],
        "#6b4c38",
    )
    c.rect(390, 60, 420, 200, "#33293a")
    c.disc(600, 270, 204, "#6b4c38")
    c.disc(600, 270, 184, "#26456a")
    c.rect(416, 270, 368, 340, "#26456a")
    c.rect(396, 270, 20, 352, "#6b4c38")
    c.rect(784, 270, 20, 352, "#6b4c38")
    for i in range(60):
        share = i / 59
        c.rect(417, 270 + share * 330, 366, 6.5, mix("#26456a", "#5c7f93", share))
    c.glow(680, 230, 150, "#e8edda", 0.55)
    c.disc(680, 230, 48, "#f4f0d8")
    c.disc(664, 218, 9, "#dfdcc0")
    c.disc(694, 246, 12, "#dfdcc0")
    for _ in range(22):
        c.disc(rng.uniform(440, 640), rng.uniform(120, 400), rng.uniform(1, 2.2), CREAM)
    x = 417.0
    while x < 770:
        w = rng.uniform(34, 56)
        w = min(w, 783 - x)
        house(c, x, 610, w, rng.uniform(40, 96), "#1d2f45", "#1a2a3e", AMBER, rng)
        x += w
    c.rect(594, 86, 12, 530, "#6b4c38")
    for y in (270, 440):
        c.rect(416, y - 5, 368, 10, "#6b4c38")
    for side in (0, 820):
        c.rect(side, 0, 380, 800, "#4a3528")
        for shelf in range(5):
            top = 26 + shelf * 146
            c.rect(side + 20, top, 340, 128, "#251c1e")
            x = side + 24.0
            while x < side + 346:
                w = rng.uniform(20, 38)
                if x + w > side + 357:
                    break
                h = rng.uniform(76, 118)
                hue = rng.choice(spines)
                if rng.random() < 0.08:
                    x += w * 1.2
                    continue
                c.rect(x, top + 128 - h, w - 2, h, hue)
                if w > 20:
                    c.rect(x + 4, top + 128 - h + 14, w - 10, 6, mix(hue, CREAM, 0.45))
                x += w
            c.rect(side + 12, top + 128, 356, 12, "#5f4532")
    c.rect(380, 618, 440, 18, "#5f4532")
    c.rect(0, 756, 1200, 44, "#1d171b")
    c.glow(600, 640, 330, "#ffcf7d", 0.5)
    c.rect(400, 690, 400, 16, "#7a553c", r=4)
    c.rect(424, 704, 16, 70, "#5f4532")
    c.rect(760, 704, 16, 70, "#5f4532")
    c.rect(594, 640, 12, 50, OCHRE)
    c.disc(600, 688, 34, OCHRE, ry=7)
    c.poly([(552, 646), (648, 646), (626, 600), (574, 600)], "#2f6b58")
    c.rect(552, 644, 96, 6, "#ffdf9d", r=3)
    for i, (w, hue) in enumerate(((96, RUST), (84, SEA), (90, SAND))):
        c.rect(440 + i * 5, 676 - i * 15, w, 14, hue, r=2)
    c.poly([(690, 688), (722, 676), (754, 688), (722, 682)], CREAM)
    return c


def boat_front(c: Canvas, x: float, line: float, size: float, hull: Colour, trim: Colour) -> None:
    """A fishing boat seen from the bow."""
    s = size
    left = curve([(x - 92 * s, line - 96 * s), (x - 84 * s, line - 40 * s), (x - 50 * s, line)])
    right = curve([(x + 50 * s, line), (x + 84 * s, line - 40 * s), (x + 92 * s, line - 96 * s)])
    c.line([(x, line - 120 * s), (x, line - 330 * s)], INK, 5 * s)
    c.line([(x, line - 310 * s), (x - 88 * s, line - 110 * s)], INK, 1.6 * s)
    c.line([(x, line - 310 * s), (x + 88 * s, line - 110 * s)], INK, 1.6 * s)
    c.line([(x - 40 * s, line - 262 * s), (x + 40 * s, line - 262 * s)], INK, 4 * s)
    c.rect(x - 48 * s, line - 196 * s, 96 * s, 90 * s, CREAM, r=5 * s)
    c.rect(x - 56 * s, line - 206 * s, 112 * s, 14 * s, trim, r=4 * s)
    for i in range(3):
        c.rect(x - 40 * s + i * 28 * s, line - 180 * s, 24 * s, 28 * s, SLATE, r=3 * s)
    c.poly([*left, *right, (x, line - 128 * s)], hull)
    c.poly([(x, line - 128 * s), *reversed(right), (x, line)], mix(hull, INK, 0.25))
    c.line([(x - 93 * s, line - 97 * s), (x, line - 129 * s), (x + 93 * s, line - 97 * s)], trim, 9 * s)
    c.line([(x, line - 126 * s), (x, line)], mix(hull, INK, 0.5), 3 * s)
    for side in (-1, 1):
        c.disc(x + side * 96 * s, line - 52 * s, 13 * s, "#e8dfca")
        c.ring(x + side * 96 * s, line - 52 * s, 13 * s, RUST, 3 * s)


def fishing_boats() -> Canvas:
    c = Canvas(800)
    rng = random.Random(5)
    horizon = 520
    c.gradient(0, horizon, "#cfe0dc", "#e8ebdd", "#f6ead0")
    c.poly(
        [*curve([(0, 380), (200, 330), (420, 372), (700, 400), (960, 352), (1200, 300)]), (1200, 520), (0, 520)],
        "#9db9b0",
    )
    c.poly([*curve([(0, 440), (260, 420), (520, 446), (840, 436), (1200, 396)]), (1200, 520), (0, 520)], "#7fa39c")
    x = 20.0
    while x < 1180:
        w = rng.uniform(44, 70)
        wall = rng.choice(["#efe3cb", "#dfc7a2", "#d9a98a", "#c8d2c3", "#e9d9b9"])
        house(c, x, 508, w, rng.uniform(40, 76), wall, mix(BRICK, SLATE, rng.random()), SLATE, rng)
        x += w + (rng.uniform(0, 60) if rng.random() < 0.25 else 0)
    c.rect(0, 500, 1200, 16, "#8a9894")
    c.rect(0, 514, 1200, 54, "#5f706d")
    for post in range(30, 1200, 90):
        c.rect(post, 506, 12, 60, "#4d5d5a")
    boat_front(c, 300, 560, 1.12, RUST, CREAM)
    boat_front(c, 612, 572, 1.28, "#2f6675", AMBER)
    boat_front(c, 930, 558, 1.08, OCHRE, NAVY)
    c.mirror(566, "#2f6a70", 0.42, wave=5)
    water_lines(c, 574, 800, FOAM, 120, rng, 0.3)
    for gx, gy, s in ((150, 140, 22), (214, 178, 15), (1010, 120, 18)):
        gull(c, gx, gy, s, SLATE)
    return c


def sail(c: Canvas, x: float, top: float, bottom: float, half_top: float, half_bottom: float, colour: Colour) -> None:
    """A square sail, full of wind from the left."""
    head, foot, belly = half_top, half_bottom, (half_top + half_bottom) / 2
    middle = (top + bottom) / 2
    left = curve([(x - head, top), (x - belly + 4, middle), (x - foot, bottom)])
    under = curve([(x - foot, bottom), (x, bottom - 13), (x + foot, bottom)])
    right = curve([(x + foot, bottom), (x + belly + 13, middle), (x + head, top)])
    c.poly([*left, *under, *right], colour)
    inner = curve([(x + head * 0.3, top), (x + belly * 0.52, middle), (x + foot * 0.34, bottom - 11)])
    c.poly([*inner, *[p for p in under if p[0] > x + foot * 0.34], *right], mix(colour, "#b98a62", 0.26))
    for share in (-0.34, 0.02):
        c.line([(x + head * share, top + 4), (x + foot * share, bottom - 13)], mix(colour, "#b98a62", 0.22), 1.8)
    c.line([(x - head - 8, top), (x + head + 8, top)], "#5a4336", 5)


def tall_ship() -> Canvas:
    c = Canvas(800)
    rng = random.Random(8)
    horizon = 610
    c.gradient(0, horizon, "#8fb7b5", "#bcd2c3", "#f0dcb4")
    c.disc(604, 356, 258, "#eeb983")
    c.rect(0, 596, 1200, 14, "#98b7ae")
    c.poly([*curve([(0, 580), (110, 560), (240, 590), (330, 602)]), (330, 612), (0, 612)], "#7fa59b")
    c.poly([*curve([(960, 604), (1060, 584), (1200, 572)]), (1200, 612), (960, 612)], "#7fa59b")
    c.gradient(horizon, 800, "#6fa198", "#3f7770", "#2a5a57")
    for mast, top in ((424, 150), (610, 96), (782, 176)):
        c.line([(mast, 612), (mast, top)], "#4b382e", 7)
    for a, b, d in (((420, 180), (196, 548), (292, 536)), ((420, 290), (246, 556), (330, 544))):
        c.poly(
            [
                *curve([a, ((a[0] + b[0]) / 2 + 12, (a[1] + b[1]) / 2), b]),
                *curve([b, ((b[0] + d[0]) / 2, (b[1] + d[1]) / 2 - 14), d]),
            ],
            "#f1e4c8",
        )
    for mast, tops in (
        (424, ((180, 264, 40, 56), (276, 378, 60, 78), (390, 506, 82, 96))),
        (610, ((128, 218, 42, 56), (230, 346, 62, 78), (360, 512, 82, 94))),
    ):
        for top, bottom, narrow, wide in tops:
            sail(c, mast, top, bottom, narrow, wide, CREAM)
    c.poly([*curve([(786, 240), (846, 360), (906, 476)]), (790, 520)], CREAM)
    c.poly([(846, 360), (906, 476), (790, 520), (800, 450)], mix(CREAM, "#b98a62", 0.26))
    c.line([(786, 236), (916, 470)], "#5a4336", 4)
    c.line([(780, 522), (916, 484)], "#5a4336", 4)
    for a, b in (((424, 152), (610, 380)), ((610, 98), (784, 330)), ((424, 152), (176, 540)), ((782, 178), (928, 548))):
        c.line([a, b], "#4b382e", 1.6)
    c.line([(300, 578), (168, 534)], "#4b382e", 8)
    hull = [
        *curve([(262, 556), (420, 580), (640, 584), (820, 574), (944, 540)]),
        *curve([(930, 590), (890, 636), (840, 650)]),
        *curve([(360, 650), (312, 616), (262, 556)]),
    ]
    c.poly(hull, "#20363c")
    c.line(curve([(276, 572), (420, 596), (640, 600), (820, 590), (934, 560)]), CREAM, 5)
    for x in range(380, 860, 48):
        c.rect(x, 604, 12, 10, SAND)
    for mast, top in ((424, 150), (610, 96), (782, 176)):
        c.poly([(mast, top), (mast + 44, top + 8), (mast, top + 18)], RUST)
    water_lines(c, 640, 800, FOAM, 110, rng, 0.4)
    c.rect(300, 646, 620, 6, FOAM, 0.6, r=3)
    for gx, gy, s in ((180, 240, 24), (246, 206, 15), (1030, 300, 18)):
        gull(c, gx, gy, s, "#4f6b6a")
    return c


def signal_flags() -> Canvas:
    c = Canvas(675)
    c.gradient(0, 675, "#7fb0bb", "#b4d0cd", "#e9e6d2")
    for x, y, w in ((120, 200, 300), (60, 236, 200), (720, 430, 330), (820, 396, 220)):
        c.rect(x, y, w, 18, FOAM, 0.75, r=9)
    white, red, blue, gold = "#f7f2e6", "#b8463a", "#2b4f7a", "#e8b548"
    designs: list[Callable[[Callable[[float, float], Point]], None]] = []

    def cell(q: Callable[[float, float], Point], u: float, v: float, w: float, h: float, hue: Colour) -> None:
        c.poly([q(u, v), q(u + w, v), q(u + w, v + h), q(u, v + h)], hue)

    def halves(a: Colour, b: Colour) -> Callable[[Callable[[float, float], Point]], None]:
        return lambda q: (cell(q, 0, 0, 0.5, 1, a), cell(q, 0.5, 0, 0.5, 1, b))[0]

    def bars(*hues: Colour) -> Callable[[Callable[[float, float], Point]], None]:
        def draw(q: Callable[[float, float], Point]) -> None:
            for i, hue in enumerate(hues):
                cell(q, 0, i / len(hues), 1, 1 / len(hues) + 0.01, hue)

        return draw

    def cross(a: Colour, b: Colour) -> Callable[[Callable[[float, float], Point]], None]:
        return lambda q: (cell(q, 0, 0, 1, 1, a), cell(q, 0.4, 0, 0.2, 1, b), cell(q, 0, 0.4, 1, 0.2, b))[0]

    def box(a: Colour, b: Colour) -> Callable[[Callable[[float, float], Point]], None]:
        return lambda q: (cell(q, 0, 0, 1, 1, a), cell(q, 0.28, 0.28, 0.44, 0.44, b))[0]

    def saltire(a: Colour, b: Colour) -> Callable[[Callable[[float, float], Point]], None]:
        def draw(q: Callable[[float, float], Point]) -> None:
            cell(q, 0, 0, 1, 1, a)
            c.poly([q(0, 0), q(0.16, 0), q(1, 0.84), q(1, 1), q(0.84, 1), q(0, 0.16)], b)
            c.poly([q(1, 0), q(0.84, 0), q(0, 0.84), q(0, 1), q(0.16, 1), q(1, 0.16)], b)

        return draw

    def chequer(a: Colour, b: Colour) -> Callable[[Callable[[float, float], Point]], None]:
        def draw(q: Callable[[float, float], Point]) -> None:
            for i in range(4):
                for j in range(4):
                    cell(q, i / 4, j / 4, 0.255, 0.255, a if (i + j) % 2 else b)

        return draw

    designs = [
        halves(gold, blue), cross(white, blue), bars(blue, white, red, white, blue), saltire(blue, white),
        box(white, red), bars(gold, red), chequer(white, blue), cross(red, white), halves(red, white),
        box(blue, white), saltire(white, red), bars(blue, gold, blue), chequer(gold, red), cross(blue, gold),
    ]  # fmt: skip
    strings = (((-40, 30), (1240, -10), 92), ((-40, 214), (1240, 250), 84), ((-40, 470), (1240, 420), 70))
    for number, (a, b, drop) in enumerate(strings):

        def at(t: float, a: Point = a, b: Point = b, drop: float = drop) -> Point:
            return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + drop * 4 * t * (1 - t)

        c.line([at(i / 60) for i in range(61)], "#4a4038", 4)
        size = 0.068
        for i in range(11):
            t = 0.035 + i * 0.087
            p, r = at(t), at(t + size)
            sway = math.sin(i * 1.7 + number) * 10

            def corner(u: float, v: float, p: Point = p, r: Point = r, sway: float = sway) -> Point:
                wave = math.sin(u * math.pi) * 5 * v
                return p[0] + (r[0] - p[0]) * u + sway * v, p[1] + (r[1] - p[1]) * u + 88 * v + wave

            designs[(i * 3 + number * 5) % len(designs)](corner)
            c.poly([corner(0.82, 0), corner(1, 0), corner(1, 1), corner(0.82, 1)], INK, 0.08)
    return c


def fish(c: Canvas, x: float, y: float, size: float, colour: Colour, alpha: float = 1, side: int = 1) -> None:
    s = size * side
    top = curve([(x - 50 * s, y), (x - 10 * s, y - 17 * size), (x + 30 * s, y - 12 * size), (x + 56 * s, y)])
    low = curve([(x + 56 * s, y), (x + 30 * s, y + 12 * size), (x - 10 * s, y + 17 * size), (x - 50 * s, y)])
    c.poly([*top, *low], colour, alpha)
    c.poly([(x - 44 * s, y), (x - 76 * s, y - 20 * size), (x - 66 * s, y), (x - 76 * s, y + 20 * size)], colour, alpha)


def tidal_turbine() -> Canvas:
    c = Canvas(800)
    rng = random.Random(21)
    c.gradient(0, 800, "#8fc0ba", "#4d939a", "#26616f", "#143d4d", "#0f2c3b")
    for x, w, lean in ((150, 60, 200), (330, 110, 150), (560, 50, 110), (760, 130, 60), (1010, 70, 20)):
        c.beam([(x, -20), (x + w, -20), (x + w + lean + 130, 700), (x + lean - 60, 700)], "#d8efe2", 0.2, 14)
    c.line(curve([(0, 26), (150, 18), (300, 30), (480, 16), (660, 28), (850, 15), (1020, 28), (1200, 18)]), FOAM, 5)
    c.poly(
        [*curve([(0, 690), (220, 668), (480, 700), (760, 676), (980, 702), (1200, 670)]), (1200, 800), (0, 800)],
        "#0e2833",
    )
    c.poly([*curve([(0, 742), (260, 752), (600, 730), (900, 758), (1200, 736)]), (1200, 800), (0, 800)], "#0a1e28")
    hub = (640.0, 372.0)
    steel, shade = "#e9e0c8", "#b9ad90"
    for foot in (500, 648, 800):
        c.line([(646, 520), (foot, 706)], shade if foot != 648 else "#d0c5a8", 16)
        c.rect(foot - 40, 698, 80, 16, "#8d8670", r=6)
    c.rect(630, 380, 32, 170, shade, r=8)
    c.rect(630, 380, 14, 170, steel, r=7)
    c.poly(
        [
            *curve([(560, 372), (600, 338), (700, 340), (800, 366), (834, 372)]),
            *curve([(834, 372), (800, 380), (700, 406), (600, 406), (560, 372)]),
        ],
        OCHRE,
    )
    c.poly(
        [
            *curve([(560, 372), (620, 392), (720, 392), (834, 374)]),
            *curve([(834, 374), (800, 382), (700, 407), (600, 407), (560, 372)]),
        ],
        "#b57c36",
    )
    for angle in (-80, 40, 160):
        a = math.radians(angle)
        ux, uy = math.cos(a) * 0.52, math.sin(a)
        nx, ny = -uy, ux

        def spot(along: float, off: float, ux: float = ux, uy: float = uy, nx: float = nx, ny: float = ny) -> Point:
            return 578 + ux * along + nx * off, hub[1] + uy * along + ny * off

        c.poly(
            [
                *curve([spot(10, -12), spot(70, -30), spot(180, -20), spot(268, -3)]),
                *curve([spot(268, -3), spot(180, 6), spot(60, 13), spot(10, 10)]),
            ],
            steel,
        )
        c.poly(
            [
                *curve([spot(14, 0), spot(120, -4), spot(268, -3)]),
                *curve([spot(268, -3), spot(180, 6), spot(60, 13), spot(10, 10)]),
            ],
            shade,
        )
    c.disc(574, hub[1], 30, RUST, ry=34)
    c.disc(568, hub[1] - 6, 14, "#d0735a", ry=17)
    for _ in range(24):
        x, y = rng.gauss(260, 110), rng.gauss(300, 80)
        fish(c, x, y, rng.uniform(0.3, 0.5), mix("#cfe3d8", SEA, rng.random() * 0.6))
    for x, y, s in ((960, 560, 0.8), (1060, 596, 0.62), (905, 620, 0.5)):
        fish(c, x, y, s, "#0d3140", 0.8, -1)
    for base in (70, 110, 150, 1060, 1100, 1150):
        tall = rng.uniform(90, 170)
        lean = rng.uniform(-16, 16)
        c.line(
            curve(
                [
                    (base, 720),
                    (base + lean, 720 - tall * 0.4),
                    (base - lean, 720 - tall * 0.7),
                    (base + lean, 720 - tall),
                ]
            ),
            "#2c5a4c",
            9,
        )
    for _ in range(26):
        c.ring(rng.uniform(60, 1140), rng.uniform(60, 650), rng.uniform(2, 6), "#cfe6df", 1.4, 0.6)
    return c


def bakery_window() -> Canvas:
    c = Canvas(800, "#24364a")
    rng = random.Random(4)
    c.gradient(0, 800, "#2a3d55", "#39506a", "#2b3c4f")
    for row in range(17):
        for col in range(15):
            if rng.random() < 0.28:
                c.rect(col * 84 - (row % 2) * 42, row * 38, 78, 32, mix("#31455d", "#405771", rng.random()), r=3)
    c.rect(0, 640, 1200, 160, "#1c2936")
    c.glow(590, 430, 560, "#ffce80", 0.4)
    c.rect(150, 214, 660, 440, "#6a3b2a", r=6)
    c.rect(172, 236, 616, 350, "#f7cf83")
    for i in range(40):
        c.rect(172, 236 + i * 8.75, 616, 9, mix("#fbdf9f", "#eeb45f", i / 39))
    c.rect(172, 596, 616, 40, "#8a4d35")
    for shelf in (352, 470, 580):
        c.rect(172, shelf, 616, 12, "#8d5836")
    for i in range(9):
        x, y = 216 + i * 66, 322
        c.ring(x, y + 2, 28, "#a8622f", 13)
        c.ring(x, y, 28, "#c98243", 12)
        for k in range(12):
            a = k / 12 * math.tau + i
            c.disc(x + math.cos(a) * 22, y + math.sin(a) * 22, 1.9, "#f6e3b4")
    for i in range(5):
        x = 186 + i * 120
        c.rect(x, 424, 104, 46, "#b97038", r=22)
        for k in range(4):
            c.line([(x + 20 + k * 19, 432), (x + 28 + k * 19, 452)], "#f0cf93", 5)
    for i in range(7):
        x = 222 + i * 85
        c.disc(x, 562, 38, "#a5612f", ry=26)
        c.rect(x - 40, 562, 80, 19, "#a5612f", r=4)
        c.line([(x - 16, 550), (x + 16, 550)], "#e9c184", 4)
        c.line([(x, 540), (x, 562)], "#e9c184", 4)
    c.rect(474, 236, 12, 350, "#6a3b2a")
    stripes = 15
    for i in range(stripes):
        x = 122 + i * 48
        hue = RUST if i % 2 else CREAM
        c.poly([(480 + (i - 7.5) * 44, 130), (480 + (i - 6.5) * 44, 130), (x + 48, 216), (x, 216)], hue)
        c.disc(x + 24, 216, 24, mix(hue, INK, 0.12), ry=17)
    c.rect(870, 236, 200, 420, "#6a3b2a", r=6)
    c.rect(890, 256, 160, 250, "#f3c272")
    c.rect(890, 522, 160, 118, "#8a4d35")
    person(c, 970, 546, 240, "#a8673d")
    c.rect(936, 368, 68, 138, CREAM, r=18)
    c.rect(950, 296, 40, 18, CREAM)
    for dx in (-14, 0, 14):
        c.disc(970 + dx, 296, 15, CREAM)
    c.rect(890, 522, 160, 118, "#8a4d35")
    c.disc(1034, 540, 8, AMBER)
    c.rect(890, 506, 160, 18, "#6a3b2a")
    c.poly([(180, 660), (790, 660), (900, 800), (70, 800)], "#f7c878", 0.22)
    c.poly([(890, 660), (1060, 660), (1150, 800), (930, 800)], "#f7c878", 0.22)
    c.line([(1130, 0), (1130, 660)], INK, 9)
    c.disc(1130, 104, 30, "#ffe7b0")
    c.glow(1130, 104, 130, "#ffdf9a", 0.6)
    c.rect(1100, 66, 60, 12, INK, r=4)
    person(c, 70, 690, 210, "#141f2b")
    c.rect(92, 590, 34, 42, "#141f2b", r=6)
    return c


def ferry_launch() -> Canvas:
    c = Canvas(800)
    rng = random.Random(9)
    c.gradient(0, 620, "#8fb6c4", "#c5d8d4", "#efe7d0")
    for x, y, w in ((60, 150, 240), (130, 186, 180), (900, 110, 260), (860, 146, 160)):
        c.rect(x, y, w, 20, FOAM, 0.7, r=10)
    for x, w, h in ((0, 130, 190), (130, 110, 150), (960, 120, 165), (1080, 130, 210)):
        c.rect(x, 640 - h, w, h, "#7b8d8f")
        for i in range(3):
            c.poly([(x + i * w / 3, 640 - h), (x + i * w / 3, 610 - h), (x + (i + 1) * w / 3, 640 - h)], "#6b7d80")
    lattice(c, (210, 640), (210, 160), 34, SLATE, 14, 5)
    lattice(c, (120, 180), (460, 180), 28, SLATE, 12, 5)
    c.line([(400, 194), (400, 300)], SLATE, 3)
    lattice(c, (990, 640), (990, 230), 34, SLATE, 12, 5)
    lattice(c, (1090, 250), (790, 250), 28, SLATE, 11, 5)
    c.rect(0, 628, 1200, 172, "#4a5558")
    c.poly([(420, 800), (520, 640), (680, 640), (780, 800)], "#6f7a78")
    left = curve([(388, 250), (408, 390), (500, 560), (592, 700)])
    right = curve([(608, 700), (700, 560), (792, 390), (812, 250)])
    c.rect(468, 104, 264, 160, CREAM, r=10)
    c.rect(520, 52, 160, 70, CREAM, r=10)
    for i in range(6):
        c.rect(484 + i * 40, 140, 32, 34, SLATE, r=4)
    for i in range(4):
        c.rect(532 + i * 36, 70, 28, 26, SLATE, r=4)
    c.rect(594, 0, 12, 56, INK)
    c.poly([*left, *right, (812, 250), (600, 214), (388, 250)], CREAM)
    c.poly([(600, 214), (812, 250), *reversed(right), (600, 700)], "#dacdb2")
    cut = [p for p in left if p[1] >= 430]
    cut_right = [p for p in right if p[1] >= 430]
    c.poly([*cut, *cut_right, (600, 398)], RUST)
    c.poly([(600, 398), *reversed(cut_right), (608, 700), (600, 700)], "#94402c")
    c.line([(388, 250), (600, 214), (812, 250)], NAVY, 12)
    c.line([(600, 220), (600, 700)], "#6c3023", 4)
    for side in (-1, 1):
        c.disc(600 + side * 118, 320, 15, NAVY)
        c.line([(600 + side * 118, 320), (600 + side * 122, 372)], NAVY, 5)
        c.line([(600 + side * 136, 372), (600 + side * 108, 372)], NAVY, 6)
    hues = [RUST, AMBER, CREAM, SEA, NAVY]
    for a, b in (((600, 8), (60, 420)), ((600, 8), (1140, 420))):
        pts = [
            (a[0] + (b[0] - a[0]) * t / 30, a[1] + (b[1] - a[1]) * t / 30 + 150 * (t / 30) * (1 - t / 30))
            for t in range(31)
        ]
        c.line(pts, INK, 2.5)
        for i in range(1, 30):
            p, q = pts[i], pts[min(30, i + 1)]
            c.poly([p, q, ((p[0] + q[0]) / 2, p[1] + 32)], hues[i % 5])
    for i in range(40):
        x = 12 + i * 30.5 + rng.uniform(-6, 6)
        if 470 < x < 730:
            continue
        person(c, x, 800 + rng.uniform(10, 50), rng.uniform(104, 140), mix(INK, SLATE, rng.random() * 0.5))
    for i in range(9):
        person(c, 492 + i * 27, 812, 68 + (i * 7) % 13, hues[i % 4] if i % 4 != 2 else "#e9d8b0")
    return c


def storm_chart() -> Canvas:
    c = Canvas(675, "#d5dfd8")
    land = curve(
        [
            (1200, 120),
            (1096, 150),
            (1040, 222),
            (1066, 300),
            (1010, 352),
            (930, 372),
            (904, 430),
            (950, 470),
            (918, 530),
            (840, 572),
            (862, 640),
            (800, 700),
            (812, 800),
        ]
    )
    c.poly([*land, (1200, 800)], "#e9d6ac")
    c.line(land, "#8d7748", 4)
    isle = curve([(812, 400), (846, 384), (866, 404), (846, 428), (816, 424), (812, 400)])
    c.poly(isle, "#e9d6ac")
    c.line(isle, "#8d7748", 3)
    c.line(curve([(950, 470), (1020, 490), (1080, 466), (1200, 486)]), "#8fb3b4", 6)
    low = (478.0, 372.0)
    for i in range(1, 11):
        r = 34 + i * 42 + i * i * 3
        squeeze = 1 - 0.012 * i
        pts = []
        for k in range(121):
            a = k / 120 * math.tau
            bulge = 1 + 0.1 * math.sin(a * 2 + 0.7) + 0.05 * math.sin(a * 3 + i * 0.25)
            east = 1 - 0.17 * max(0.0, math.cos(a - 0.2)) * min(1, i / 5)
            pts.append((low[0] + r * 1.2 * bulge * east * math.cos(a), low[1] + r * squeeze * bulge * math.sin(a)))
        c.line(pts, "#4b6373" if i % 4 else INK, 2.4 if i % 4 else 4.2)
    warm = curve([(484, 376), (600, 330), (742, 330), (880, 372), (1000, 452)])
    cold = curve([(484, 376), (560, 470), (590, 590), (560, 700), (490, 810)])
    c.line(warm, RUST, 7)
    c.line(cold, "#2f5d8c", 7)
    for pts, kind in ((warm, "w"), (cold, "c")):
        for i in range(8, len(pts) - 6, 9):
            (x0, y0), (x1, y1) = pts[i - 2], pts[i + 2]
            length = math.hypot(x1 - x0, y1 - y0)
            ux, uy = (x1 - x0) / length, (y1 - y0) / length
            nx, ny = uy, -ux
            x, y = pts[i]
            if kind == "w":
                dome = [
                    (
                        x + ux * 17 * math.cos(a / 12 * math.pi) + nx * 17 * math.sin(a / 12 * math.pi),
                        y + uy * 17 * math.cos(a / 12 * math.pi) + ny * 17 * math.sin(a / 12 * math.pi),
                    )
                    for a in range(13)
                ]
                c.poly(dome, RUST)
            else:
                c.poly([(x - ux * 17, y - uy * 17), (x + ux * 17, y + uy * 17), (x + nx * 28, y + ny * 28)], "#2f5d8c")
    c.disc(low[0], low[1], 42, "#eef1e6")
    c.ring(low[0], low[1], 42, INK, 5)
    c.rect(low[0] - 15, low[1] - 24, 9, 48, INK)
    c.rect(low[0] - 15, low[1] + 15, 32, 9, INK)
    for k in range(3):
        start = 200 + k * 120
        c.arc(low[0], low[1], 66, start, start + 62, RUST, 6)
        a = math.radians(start)
        tx, ty = low[0] + 66 * math.cos(a), low[1] + 66 * math.sin(a)
        c.poly([(tx - 13, ty - 8), (tx + 13, ty - 4), (tx - 4, ty + 18)] if k == 0 else
               [(tx - 12, ty + 14), (tx + 2, ty - 16), (tx + 14, ty + 10)] if k == 1 else
               [(tx + 12, ty - 12), (tx + 8, ty + 14), (tx - 16, ty + 2)], RUST)  # fmt: skip
    c.disc(946, 470, 12, RUST)
    c.ring(946, 470, 22, RUST, 4)
    for x, y, feathers in ((170, 140, 3), (130, 520, 4), (300, 600, 2), (720, 130, 4), (720, 590, 3), (960, 110, 2)):
        ang = math.atan2(y - low[1], x - low[0]) + math.pi / 2
        ux, uy = math.cos(ang), math.sin(ang)
        c.disc(x, y, 6, RUST)
        c.line([(x, y), (x + ux * 56, y + uy * 56)], RUST, 3.4)
        for f in range(feathers):
            bx, by = x + ux * (56 - f * 11), y + uy * (56 - f * 11)
            c.line([(bx, by), (bx - uy * 20 + ux * 6, by + ux * 20 + uy * 6)], RUST, 3.4)
    c.rect(0, 0, 1200, 10, INK)
    c.rect(0, 665, 1200, 10, INK)
    c.rect(0, 0, 10, 675, INK)
    c.rect(1190, 0, 10, 675, INK)
    return c


def ships_bell() -> Canvas:
    c = Canvas(800)
    rng = random.Random(31)
    c.gradient(0, 800, "#2a4c52", "#1d3a42", "#12252e")
    c.glow(600, 360, 520, "#6fa39a", 0.5)
    for x in (120, 190, 250, 960, 1030, 1100):
        tall = rng.uniform(260, 440)
        lean = rng.uniform(-46, 46)
        pts = curve(
            [(x, 810), (x + lean, 810 - tall * 0.35), (x - lean * 0.6, 810 - tall * 0.7), (x + lean, 810 - tall)]
        )
        c.line(pts, "#2f5a4b", 10)
        for i in range(6, len(pts) - 2, 7):
            px, py = pts[i]
            side = 1 if (i // 7) % 2 else -1
            c.poly(
                [
                    *curve([(px, py), (px + side * 26, py - 26), (px + side * 56, py - 30)]),
                    *curve([(px + side * 56, py - 30), (px + side * 30, py - 8), (px, py)]),
                ],
                "#3a6b56",
            )
    bronze, light, dark = "#7d9a7c", "#b7c6a0", "#45645c"
    c.rect(584, 0, 32, 130, "#8d7350")
    for y in range(0, 130, 18):
        c.line([(584, y + 14), (616, y)], "#66502f", 4)
    c.ring(600, 150, 42, dark, 18)
    c.ring(600, 148, 42, bronze, 13)
    c.rect(548, 182, 104, 30, bronze, r=12)

    def half(side: int, grow: float = 0) -> list[Point]:
        outline = [(0, 206), (74, 212), (120, 256), (140, 350), (160, 450), (206, 540), (246, 584)]
        return curve([(600 + side * (x + (grow if x else 0)), y) for x, y in outline])

    c.disc(600, 610, 40, "#5f4a33")
    c.disc(592, 602, 22, "#7b6245")
    c.poly([*half(-1), *reversed(half(1))], bronze)
    shade = [(600 + (x - 600) * 0.37, y) for x, y in half(1)]
    c.poly([*shade, *reversed(half(1))], dark)
    shine = [(600 + (x - 600) * 0.78, y) for x, y in half(-1)]
    shine2 = [(600 + (x - 600) * 0.58, y) for x, y in half(-1)]
    c.poly([*shine[12:], *reversed(shine2[12:])], light)
    c.rect(350, 574, 500, 26, bronze, r=12)
    c.rect(690, 574, 160, 26, dark, r=12)
    c.rect(690, 574, 40, 26, dark)
    c.rect(380, 577, 110, 8, light, r=4)
    for y in (262, 274, 520, 534):
        w = 122 if y < 300 else 196 + (y - 520) * 0.5
        c.line(curve([(600 - w, y), (600, y + 14), (600 + w, y)]), mix(dark, INK, 0.35), 4)
    letters = {
        "N": [[(0, 1), (0, 0), (1, 1), (1, 0)]],
        "S": [[(1, 0.12), (0.6, 0), (0.1, 0.14), (0.2, 0.42), (0.8, 0.56), (0.92, 0.86), (0.4, 1), (0, 0.86)]],
        "T": [[(0, 0), (1, 0)], [(0.5, 0), (0.5, 1)]],
        "A": [[(0, 1), (0.5, 0), (1, 1)], [(0.2, 0.62), (0.8, 0.62)]],
    }
    for i, letter in enumerate("NSTAN"):
        x, y = 486 + i * 49, 384 + (8 if i in (1, 3) else 12 if i == 2 else 0)
        for stroke in letters[letter]:
            pts = [(x + u * 31, y + v * 52) for u, v in stroke]
            c.line(curve(pts, 6) if letter == "S" else pts, "#2a423f", 6)
    for _ in range(40):
        side = rng.choice((-1, 1))
        x, y = 600 + side * rng.uniform(10, 130), rng.uniform(300, 560)
        c.disc(x, y, rng.uniform(2, 7), mix(light, "#8fb3a0", rng.random()), 0.55)
    for x, y, r in ((456, 566, 15), (480, 576, 10), (440, 580, 9), (742, 560, 13), (764, 574, 10)):
        c.disc(x, y, r, "#d9d3bd")
        c.disc(x, y - 1, r * 0.4, "#6d756b")
    for _ in range(46):
        x, y = rng.uniform(200, 1000), rng.uniform(20, 760)
        if not (340 < x < 860 and 150 < y < 620):
            c.ring(x, y, rng.uniform(3, 10), "#a9cbc0", 1.6, 0.7)
    return c


def tram() -> Canvas:
    c = Canvas(675)
    rng = random.Random(14)
    c.gradient(0, 520, "#e9ddc4", "#f3e7cf")
    c.disc(980, 120, 56, "#f6d9a0")
    walls = ["#c98b6b", "#d9b48a", "#b9674e", "#e6cf9f", "#9fb0a3", "#cda27a", "#8f5a4b", "#d8c0a4"]
    x = -20.0
    i = 0
    while x < 1200:
        w = rng.uniform(110, 150)
        h = rng.uniform(250, 330)
        wall = walls[i % len(walls)]
        top = 500 - h
        step = w / 6
        gable = [(x, top)]
        for k in range(3):
            gable += [
                (x + step * k, top - 30 * k),
                (x + step * k, top - 30 * (k + 1)),
                (x + step * (k + 1), top - 30 * (k + 1)),
            ]
        for k in range(3, 0, -1):
            gable += [(x + w - step * k, top - 30 * k), (x + w - step * (k - 1), top - 30 * k)]
        c.poly([*gable, (x + w, top), (x + w, 520), (x, 520)], wall)
        for row in range(4):
            for col in range(3):
                c.rect(x + w * (0.13 + 0.28 * col), top + 8 + row * 66, w * 0.17, 42, mix(SLATE, wall, 0.2))
                c.rect(x + w * (0.13 + 0.28 * col), top + 8 + row * 66, w * 0.17, 5, CREAM)
        c.disc(x + w / 2, top - 34, 12, mix(SLATE, wall, 0.2))
        x += w
        i += 1
    c.rect(0, 500, 1200, 175, "#8b8479")
    c.rect(0, 500, 1200, 12, "#a39b8d")
    for _ in range(60):
        c.rect(rng.uniform(0, 1200), rng.uniform(520, 670), rng.uniform(18, 40), 4, "#7d766b", r=2)
    c.line([(0, 76), (1200, 96)], INK, 2.5)
    c.line([(560, 210), (610, 150), (556, 87)], INK, 5)
    c.line([(528, 88), (586, 88)], INK, 5)
    body, trim = "#2f5d4e", CREAM
    c.rect(120, 208, 960, 22, "#24463b", r=10)
    c.rect(110, 226, 980, 340, body, r=34)
    c.rect(110, 226, 980, 44, trim, r=22)
    c.rect(110, 250, 980, 20, trim)
    c.rect(110, 424, 980, 22, trim)
    c.rect(110, 452, 980, 5, AMBER)
    for k in range(8):
        wx = 148 + k * 114
        if k in (2, 5):
            c.rect(wx - 4, 284, 100, 268, "#24463b", r=8)
            c.rect(wx + 2, 292, 42, 200, "#bcd3cf", r=5)
            c.rect(wx + 48, 292, 42, 200, "#bcd3cf", r=5)
            continue
        c.rect(wx, 284, 96, 128, "#bcd3cf", r=10)
        c.poly([(wx + 16, 412), (wx + 52, 284), (wx + 74, 284), (wx + 38, 412)], "#d6e4df")
        hue = [RUST, NAVY, OCHRE, PLUM, SLATE, BRICK][k % 6]
        c.disc(wx + 52, 356, 17, mix("#e0b58e", "#6e4a36", (k * 0.37) % 1))
        c.rect(wx + 26, 374, 52, 38, hue, r=14)
    c.rect(476, 480, 130, 44, "#24463b", r=6)
    for k, digit in enumerate("14"):
        dx = 520 + k * 24
        if digit == "1":
            c.line([(dx, 514), (dx, 488)], AMBER, 5)
        else:
            c.line([(dx + 12, 514), (dx + 12, 488), (dx, 506), (dx + 20, 506)], AMBER, 5)
    c.rect(96, 540, 1008, 20, "#24463b", r=8)
    for wx in (250, 350, 850, 950):
        c.disc(wx, 576, 32, INK)
        c.disc(wx, 576, 16, SLATE)
    c.disc(1072, 496, 17, "#ffe6a8")
    c.disc(128, 496, 12, RUST)
    c.rect(0, 604, 1200, 7, "#4c5358")
    c.rect(0, 640, 1200, 8, "#4c5358")
    return c


def welder() -> Canvas:
    c = Canvas(800)
    rng = random.Random(77)
    c.gradient(0, 800, "#1a2530", "#202c36", "#171f27")
    for i in range(7):
        x = 60 + i * 190
        c.line(curve([(x, 0), (x - 30, 300), (x - 16, 560), (x + 60, 700)]), "#2b3946", 22)
    for y in (150, 330, 510):
        c.rect(0, y, 1200, 10, "#27343f")
        for x in range(20, 1200, 46):
            c.disc(x, y + 5, 3.4, "#3a4b58")
    c.rect(0, 680, 1200, 120, "#10171d")
    arc = (712.0, 560.0)
    c.glow(*arc, 620, "#ff9d4a", 0.6)
    c.glow(*arc, 330, "#ffc877", 0.75)
    c.poly([(650, 590), (1130, 560), (1130, 690), (650, 690)], "#2e3a44")
    c.poly([(650, 590), (1130, 560), (1130, 574), (652, 604)], "#8a6a4b")
    for x in range(700, 1120, 60):
        c.disc(x, 640, 6, "#46545f")
    body = "#0d141a"
    c.poly([*curve([(250, 700), (262, 560), (330, 470), (420, 450), (490, 500), (500, 600), (470, 700)])], body)
    c.poly([*curve([(400, 700), (470, 640), (560, 620), (590, 660), (580, 702)])], body)
    c.poly([*curve([(230, 704), (210, 650), (300, 620), (420, 660), (430, 704)])], body)
    c.poly(
        [*curve([(420, 470), (520, 500), (600, 540), (640, 556), (634, 586), (560, 580), (450, 560), (400, 520)])], body
    )
    c.line([(622, 570), (700, 562)], "#3a4853", 9)
    c.poly(
        [*curve([(400, 440), (396, 372), (440, 330), (500, 336), (528, 380)]), (540, 452), (500, 476), (430, 470)], body
    )
    c.poly([(484, 372), (530, 380), (538, 448), (502, 470), (486, 440)], "#22303a")
    c.poly([(500, 392), (530, 396), (533, 424), (503, 426)], "#ffb35c")
    rim = "#d98743"
    c.line(curve([(440, 332), (500, 338), (528, 380), (541, 452)]), rim, 4)
    c.line(curve([(470, 486), (540, 508), (604, 540), (640, 556)]), rim, 4)
    c.line(curve([(500, 632), (560, 621), (588, 654)]), rim, 4)
    for _ in range(190):
        angle = rng.gauss(-0.9, 0.85)
        reach = rng.uniform(50, 420) * rng.uniform(0.4, 1)
        ux, uy, fall = math.cos(angle) * reach, math.sin(angle) * reach, reach * 130 / 420
        pts = [(arc[0] + ux * t, arc[1] + uy * t + fall * t * t) for t in (0.55, 0.7, 0.85, 1.0)]
        if pts[-1][1] > 690:
            continue
        c.line(pts, mix("#fff0c4", "#f08a35", min(1, reach / 330)), rng.uniform(1.2, 3.4))
    c.disc(*arc, 24, "#fff7df")
    c.glow(*arc, 110, "#fffbe8", 0.95)
    for k in range(8):
        a = k / 8 * math.tau + 0.2
        c.line([arc, (arc[0] + math.cos(a) * 74, arc[1] + math.sin(a) * 74)], "#fffbe8", 2.4)
    return c


def ferry_crossing() -> Canvas:
    c = Canvas(675)
    rng = random.Random(19)
    horizon = 300
    c.gradient(0, horizon, "#9cc3cc", "#c9ddd8", "#f2ead4")
    for x, y, w in ((40, 80, 320), (120, 114, 200), (620, 60, 240), (1000, 120, 190), (960, 88, 110)):
        c.rect(x, y, w, 22, "#f6f3e6", 0.85, r=11)
    c.poly(
        [
            *curve([(560, 304), (680, 262), (790, 232), (900, 206), (1010, 196), (1100, 222), (1200, 250)]),
            (1200, 304),
            (560, 304),
        ],
        "#8fae9f",
    )
    c.poly([*curve([(690, 304), (820, 268), (940, 262), (1080, 270), (1200, 286)]), (1200, 310), (690, 310)], "#6d9280")
    for x, w, hue in (
        (800, 20, CREAM),
        (826, 24, "#e8d6b4"),
        (858, 20, CREAM),
        (1064, 22, "#e8d6b4"),
        (1094, 20, CREAM),
    ):
        c.rect(x, 272, w, 16, hue)
        c.poly([(x - 3, 273), (x + w / 2, 260), (x + w + 3, 273)], RUST)
    c.poly([(962, 200), (986, 200), (982, 106), (966, 106)], CREAM)
    c.poly([(964, 168), (984, 168), (983, 142), (965, 142)], RUST)
    c.rect(960, 98, 28, 9, INK)
    c.rect(966, 82, 16, 17, AMBER)
    c.poly([(962, 83), (974, 68), (986, 83)], RUST)
    c.gradient(horizon, 675, "#78aba9", "#3f828a", "#1f5b67")
    for k in range(5):
        y = 372 + k * 66
        wave = [(x, y + math.sin(x / (58 + k * 14) + k * 1.9) * (5 + k * 2.4)) for x in range(0, 1201, 8)]
        c.poly([*wave, (1200, 675), (0, 675)], mix("#5f9ea0", "#1b5462", k / 4), 0.55)
    wake = [
        *curve([(420, 452), (260, 470), (100, 500), (-20, 530)]),
        *curve([(-20, 600), (140, 540), (300, 500), (440, 474)]),
    ]
    c.poly(wake, FOAM, 0.75)
    c.poly([*curve([(300, 482), (160, 506), (40, 540)]), *curve([(40, 556), (180, 518), (310, 490)])], "#5f9ea0", 0.7)
    hull = [
        (392, 400),
        (862, 400),
        *curve([(862, 400), (846, 436), (806, 472)]),
        (430, 474),
        *curve([(430, 474), (406, 450), (392, 400)]),
    ]
    c.rect(440, 330, 330, 74, CREAM, r=8)
    c.rect(500, 276, 196, 60, CREAM, r=8)
    c.rect(612, 232, 78, 50, CREAM, r=8)
    c.rect(606, 226, 92, 10, NAVY, r=4)
    for k in range(3):
        c.rect(622 + k * 22, 244, 17, 18, SLATE, r=2)
    for k in range(8):
        c.rect(514 + k * 22, 292, 15, 18, SLATE, r=3)
    for k in range(13):
        c.rect(454 + k * 24, 350, 15, 20, SLATE, r=3)
    c.rect(532, 224, 42, 56, RUST, r=4)
    c.rect(532, 236, 42, 10, CREAM)
    c.poly([(770, 404), (770, 372), (836, 396), (862, 404)], "#e2d6bb")
    c.poly(hull, CREAM)
    c.poly(
        [
            (398, 428),
            (850, 428),
            *curve([(850, 428), (836, 452), (806, 474)]),
            (430, 476),
            *curve([(430, 476), (410, 456), (398, 428)]),
        ],
        RUST,
    )
    c.rect(392, 400, 470, 8, NAVY)
    c.line([(652, 226), (652, 180)], INK, 4)
    c.poly([(652, 182), (616, 192), (652, 204)], AMBER)
    c.poly([*curve([(790, 482), (850, 462), (900, 470), (960, 488)]), (790, 492)], FOAM)
    c.rect(420, 470, 470, 9, FOAM, 0.9, r=4)
    water_lines(c, 340, 675, FOAM, 80, rng, 0.34)
    for gx, gy, s in ((300, 250, 26), (356, 290, 17), (232, 226, 13), (770, 150, 15), (180, 200, 11)):
        gull(c, gx, gy, s, "#f9f6ea" if gx == 300 else "#4e6f75")
    return c


def seal(c: Canvas, x: float, y: float, size: float, colour: Colour, side: int) -> None:
    """A seal resting like a banana, head and tail raised."""
    s = size

    def at(u: float, v: float) -> Point:
        return x + side * u * s, y + v * s

    back = curve([at(-130, -42), at(-92, -22), at(-20, -46), at(50, -58), at(92, -92), at(120, -106)])
    head = curve([at(120, -106), at(146, -100), at(158, -84), at(146, -72), at(124, -66)])
    belly = curve([at(124, -66), at(104, -26), at(60, -4), at(-20, 2), at(-80, -4), at(-130, -42)])
    c.poly([*back, *head, *belly], colour)
    c.poly([at(-118, -30), at(-162, -70), at(-148, -40), at(-170, -30)], colour)
    c.poly([*curve([at(60, -14), at(74, 12), at(104, 14)]), at(88, -18)], mix(colour, INK, 0.3))
    c.poly(
        [
            *curve([at(110, -60), at(70, -14), at(-10, -6), at(-60, -8)]),
            *curve([at(-60, -2), at(0, 2), at(70, -2), at(112, -44)]),
        ],
        mix(colour, CREAM, 0.3),
    )
    ex, ey = at(136, -90)
    c.disc(ex, ey, 3.6 * s, INK)
    nx, ny = at(156, -84)
    c.disc(nx, ny, 4.4 * s, INK)
    for spot in ((-40, -28), (0, -34), (24, -42), (-12, -20), (46, -34)):
        px, py = at(*spot)
        c.disc(px, py, 4 * s, mix(colour, INK, 0.28), ry=2.6 * s)


def seals() -> Canvas:
    c = Canvas(800)
    rng = random.Random(41)
    c.gradient(0, 400, "#e7cfc0", "#f1dcc2", "#f8ecd2")
    c.disc(330, 300, 138, "#f5b98a")
    c.rect(0, 396, 1200, 410, "#a9c6c2")
    c.gradient(396, 800, "#bcd3cb", "#86b0b0", "#5b8f95")
    for i in range(11):
        w = 250 - i * 17 + rng.uniform(-30, 30)
        c.rect(330 - w / 2, 404 + i * 15, w, 6, "#f5c49b", 0.75, r=3)
    c.poly(
        [*curve([(860, 398), (940, 352), (1010, 340), (1060, 300), (1200, 280)]), (1200, 400), (860, 400)], "#b9aaa2"
    )
    c.poly([(1100, 292), (1114, 292), (1111, 226), (1103, 226)], FOAM)
    c.rect(1099, 218, 16, 9, SLATE)
    water_lines(c, 410, 800, FOAM, 90, rng, 0.45)

    def rock(points: list[Point], base: float, hue: Colour) -> None:
        top = curve(points)
        c.poly([*top, (points[-1][0], base), (points[0][0], base)], hue)
        low = [(px, min(py + 26, base)) for px, py in top]
        c.poly([*low, (points[-1][0], base), (points[0][0], base)], mix(hue, INK, 0.22))
        c.rect(points[0][0] - 24, base - 5, points[-1][0] - points[0][0] + 48, 9, FOAM, 0.85, r=4)

    rock([(706, 520), (760, 488), (900, 476), (1030, 482), (1100, 520)], 536, "#8d8f8c")
    seal(c, 900, 488, 0.72, "#77716c", -1)
    rock([(70, 640), (140, 590), (330, 572), (520, 584), (600, 640)], 668, "#6f7576")
    seal(c, 330, 590, 1.12, "#5b5f63", 1)
    rock([(590, 780), (690, 704), (900, 678), (1110, 690), (1230, 770)], 810, "#565e62")
    seal(c, 910, 704, 1.4, "#8a7a6a", -1)
    c.disc(600, 590, 24, "#4c5459", ry=27)
    c.rect(572, 602, 56, 30, "#79a7a9")
    c.ring(600, 603, 52, FOAM, 3, 0.8, ry=9)
    c.disc(592, 584, 3.4, INK)
    c.disc(608, 584, 3.4, INK)
    c.disc(600, 594, 5, INK, ry=3.6)
    for gx, gy, s in ((640, 150, 24), (704, 188, 16), (560, 206, 13)):
        gull(c, gx, gy, s, "#6d6a70")
    return c


def rowing_four() -> Canvas:
    c = Canvas(675)
    c.gradient(0, 675, "#2c5f5a", "#24524f", "#1d4645")
    for k in range(13):
        y = -120 + k * 76
        pts = [(x, y + x * 0.16 + math.sin(x / 90 + k * 1.3) * 9) for x in range(-10, 1211, 10)]
        c.line(pts, "#3a706a", 5, 0.6)
    angle = math.radians(-17)
    ca, sa = math.cos(angle), math.sin(angle)

    def at(u: float, v: float) -> Point:
        v = v if abs(v) < 70 else math.copysign(70 + (abs(v) - 70) * 0.74, v)
        return 606 + u * ca - v * sa, 336 + u * sa + v * ca

    for k, alpha in enumerate((0.5, 0.36, 0.26, 0.18)):
        for side in (-1, 1):
            for seat in range(2):
                u = -230 + seat * 232 - 118 - k * 118 + (58 if side > 0 else 0)
                px, py = at(u, side * 205)
                for r in (12, 23, 34):
                    c.ring(px, py, r * (0.8 + k * 0.24), "#b7d6c9", 2.6, alpha)
    c.poly([at(-560, -4), at(-900, -58), at(-900, -34), at(-560, 0)], "#b7d6c9", 0.3)
    c.poly([at(-560, 4), at(-900, 58), at(-900, 34), at(-560, 0)], "#b7d6c9", 0.3)
    c.poly([at(480, 0), at(250, 64), at(-30, 118), at(250, 50)], "#b7d6c9", 0.24)
    c.poly([at(480, 0), at(250, -64), at(-30, -118), at(250, -50)], "#b7d6c9", 0.24)
    seats = [(-230, 1), (-80, -1), (70, 1), (220, -1)]
    for u, side in seats:
        start, end = at(u - 4, side * 18), at(u - 62, side * 232)
        sx, sy = start
        ex, ey = end
        c.line([(sx + 10, sy + 16), (ex + 10, ey + 16)], "#12302f", 6, 0.4)
    shadow = [at(u, 22) for u in (-520, 520)]
    c.line(shadow, "#12302f", 26, 0.35)
    hull = curve([at(-540, 0), at(-400, -15), at(-100, -23), at(200, -22), at(430, -12), at(552, 0)]) + curve(
        [at(552, 0), at(430, 12), at(200, 22), at(-100, 23), at(-400, 15), at(-540, 0)]
    )
    c.poly(hull, CREAM)
    inner = curve([at(-360, 0), at(-300, -12), at(0, -16), at(260, -14), at(330, 0)]) + curve(
        [at(330, 0), at(260, 14), at(0, 16), at(-300, 12), at(-360, 0)]
    )
    c.poly(inner, "#8a6a48")
    for u, side in seats:
        c.line([at(u - 28, side * 22), at(u - 8, side * 60), at(u + 20, side * 22)], INK, 3)
        c.line([at(u + 6, -side * 6), at(u - 62, side * 232)], "#e8d9b0", 6)
        blade = [at(u - 54, side * 214), at(u - 42, side * 278), at(u - 70, side * 284), at(u - 74, side * 220)]
        c.poly(blade, RUST)
        c.poly([at(u - 60, side * 240), at(u - 48, side * 252), at(u - 72, side * 258), at(u - 74, side * 246)], CREAM)
        px, py = at(u - 62, side * 256)
        c.ring(px, py, 42, FOAM, 3, 0.6)
        c.line([at(u + 36, -13), at(u + 4, side * 2 - 5)], "#d9a37c", 9)
        c.line([at(u + 36, 13), at(u + 4, side * 2 + 5)], "#d9a37c", 9)
        bx, by = at(u + 42, 0)
        c.line([at(u + 42, -17), at(u + 42, 17)], "#2f6b52", 26)
        c.disc(*at(u + 42, -17), 13, "#2f6b52")
        c.disc(*at(u + 42, 17), 13, "#2f6b52")
        c.disc(bx, by, 15, mix("#3b2a22", "#b98a4e", (u + 230) / 450))
    cx, cy = at(-320, 0)
    c.line([at(-320, -11), at(-320, 11)], RUST, 22)
    c.disc(cx, cy, 13, INK)
    c.disc(*at(556, 0), 8, "#7fb58a")
    for x, y in ((120, 110), (1060, 560)):
        c.disc(x + 10, y + 14, 22, "#12302f", 0.4)
        c.disc(x, y, 22, AMBER)
        c.disc(x - 5, y - 6, 9, "#fbe0a4")
    return c


def net_lofts() -> Canvas:
    c = Canvas(675)
    rng = random.Random(61)
    c.gradient(0, 800, "#87a9b3", "#bfd0c9", "#f0e2c4")
    for x, y, w in ((60, 70, 240), (700, 52, 300), (780, 88, 180)):
        c.rect(x, y, w, 22, "#eef0e4", 0.8, r=11)
    walls = ["#a8573f", "#c58750", "#7e4438", "#5d6f78", "#bc6e4a"]
    edges = [0, 250, 470, 720, 950, 1200]
    tops = [236, 280, 196, 268, 226]
    for i, wall in enumerate(walls):
        x, w, top = edges[i], edges[i + 1] - edges[i], tops[i]
        c.poly([(x, 800), (x, top), (x + w / 2, top - 150), (x + w, top), (x + w, 800)], wall)
        c.poly(
            [(x + w / 2, top - 150), (x + w, top), (x + w, 800), (x + w - 26, 800), (x + w - 26, top + 4)],
            mix(wall, INK, 0.18),
        )
        for _ in range(8):
            bx, by = x + rng.uniform(8, w - 40), rng.uniform(top + 10, 780)
            c.rect(bx, by, rng.uniform(18, 30), 9, mix(wall, rng.choice([INK, CREAM]), 0.13))
        c.line([(x - 6, top + 4), (x + w / 2, top - 152), (x + w + 6, top + 4)], mix("#39464c", wall, 0.15), 13)
        cx = x + w / 2
        c.rect(cx - 8, top - 96, 16, 30, "#3c2c25")
        c.line([(cx, top - 84), (cx + 46, top - 84)], "#3c2c25", 10)
        c.line([(cx + 40, top - 80), (cx + 40, top - 34)], "#3c2c25", 2.4)
        c.disc(cx + 40, top - 30, 6, "#3c2c25")
        c.rect(cx - 36, top - 44, 72, 84, "#3c2c25", r=4)
        c.rect(cx - 29, top - 37, 58, 70, AMBER if i in (1, 4) else "#d9d2bd", r=2)
        c.rect(cx - 3, top - 40, 6, 76, "#3c2c25")
        for row in range(3):
            for col in (-1, 1):
                wx, wy = cx + col * w * 0.25 - 27, top + 84 + row * 146
                lit = rng.random() < 0.42
                c.disc(wx + 27, wy, 31, "#3c2c25")
                c.rect(wx - 4, wy, 62, 84, "#3c2c25")
                glass = "#f4c670" if lit else "#9fb7bb"
                c.disc(wx + 27, wy + 2, 25, glass)
                c.rect(wx + 2, wy + 2, 50, 76, glass)
                c.rect(wx + 24.5, wy - 24, 5, 102, "#3c2c25")
                c.rect(wx + 2, wy + 28, 50, 5, "#3c2c25")
                if lit and rng.random() < 0.6:
                    c.rect(wx + 4, wy + 58, 18, 20, MOSS, r=6)
                c.rect(wx - 8, wy + 80, 70, 8, mix(wall, CREAM, 0.55))
    hues = [CREAM, "#e9b9a0", "#dfe6da", AMBER, "#9fc0c4", RUST, "#f2ead2", "#6f93a0"]
    for a, b, drop, start in (((-10, 500), (600, 462), 52, 0), ((600, 462), (1210, 522), 56, 3)):
        span = b[0] - a[0]

        def at(t: float, a: Point = a, b: Point = b, drop: float = drop) -> Point:
            return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + drop * 4 * t * (1 - t)

        c.line([at(k / 40) for k in range(41)], "#f5efdd", 3)
        t = 0.06
        n = start
        while t < 0.92:
            w = rng.uniform(34, 74)
            p, q = at(t), at(t + w / span)
            long = rng.uniform(48, 92)
            hue = hues[n % len(hues)]
            sway = rng.uniform(-8, 8)
            if n % 4 == 1:
                c.poly(
                    [
                        p,
                        q,
                        (q[0] + sway, q[1] + 34),
                        (q[0] + sway - w * 0.2, q[1] + long),
                        ((p[0] + q[0]) / 2 + sway, p[1] + 46),
                        (p[0] + sway + w * 0.2, p[1] + long),
                        (p[0] + sway, p[1] + 34),
                    ],
                    hue,
                )
            else:
                c.poly([p, q, (q[0] + sway, q[1] + long), (p[0] + sway, p[1] + long + 4)], hue)
                c.poly(
                    [
                        ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2),
                        q,
                        (q[0] + sway, q[1] + long),
                        ((p[0] + q[0]) / 2 + sway, p[1] + long + 2),
                    ],
                    INK,
                    0.07,
                )
            n += 1
            t += w / span + rng.uniform(0.01, 0.04)
    return c


def lighthouse_night() -> Canvas:
    c = Canvas(800)
    rng = random.Random(71)
    c.gradient(0, 620, "#0f1c31", "#1b3350", "#3a5a74", "#7f95a0")
    for _ in range(190):
        y = rng.uniform(0, 460)
        c.disc(rng.uniform(0, 1200), y, rng.uniform(0.7, 2.2), mix(CREAM, "#3a5a74", y / 620))
    lamp = (838.0, 236.0)
    c.beam([lamp, (-60, 40), (-60, 250)], "#fff0be", 0.62, 5)
    c.beam([lamp, (-60, 96), (-60, 196)], "#fff6d6", 0.5, 8)
    c.beam([lamp, (1260, 204), (1260, 306)], "#fff0be", 0.62, 5)
    c.gradient(600, 800, "#4d6f80", "#20405a", "#122740")
    c.rect(0, 598, 1200, 4, "#8fa5aa")
    water_lines(c, 610, 800, "#a9c0c2", 110, rng, 0.3)
    for i in range(13):
        w = 30 + i * 13
        c.rect(250 - w / 2 + rng.uniform(-24, 24), 616 + i * 14, w, 4, "#ffeec0", 0.4, r=2)
    c.poly(
        [
            (470, 640),
            *curve(
                [
                    (500, 636),
                    (560, 590),
                    (640, 540),
                    (720, 520),
                    (790, 500),
                    (920, 494),
                    (1030, 500),
                    (1120, 470),
                    (1210, 452),
                ]
            ),
            (1210, 810),
            (430, 810),
        ],
        "#14232f",
    )
    c.poly(
        [
            *curve([(430, 810), (470, 730), (560, 690), (650, 620), (740, 596)]),
            *curve([(740, 596), (700, 690), (720, 760), (690, 810)]),
        ],
        "#1c303d",
    )
    c.poly([*curve([(900, 810), (930, 720), (1000, 640), (1100, 600), (1210, 560)]), (1210, 810)], "#0e1b26")
    c.poly([(796, 506), (880, 506), (864, 276), (812, 276)], FOAM)
    c.poly([(846, 506), (880, 506), (864, 276), (842, 276)], "#a7b9bb")
    c.poly([(802, 430), (874, 430), (870, 372), (806, 372)], RUST)
    c.poly([(846, 430), (874, 430), (870, 372), (844, 372)], "#8a3f2e")
    for y in (330, 400, 462):
        c.rect(832, y, 11, 18, NAVY, r=5)
    c.rect(802, 264, 72, 13, "#22323f")
    for x in range(804, 876, 9):
        c.line([(x, 264), (x, 250)], "#22323f", 2)
    c.rect(800, 248, 76, 3, "#22323f")
    c.rect(816, 208, 44, 56, "#ffedb5")
    for x in (816, 830, 845, 858):
        c.rect(x, 208, 3, 56, "#22323f")
    c.poly([*curve([(808, 210), (818, 186), (838, 174)]), *curve([(838, 174), (858, 186), (868, 210)])], RUST)
    c.line([(838, 176), (838, 154)], "#22323f", 3)
    c.glow(*lamp, 150, "#fff3c9", 0.85)
    c.rect(900, 456, 96, 46, "#c9d2cd")
    c.poly([(892, 458), (912, 430), (984, 430), (1004, 458)], "#39464c")
    c.rect(918, 470, 14, 16, AMBER)
    c.rect(960, 470, 14, 16, AMBER)
    for x, y, w in ((404, 664, 66), (384, 716, 62), (352, 770, 84)):
        c.rect(x, y, w, 5, FOAM, 0.55, r=3)
    return c


def market_hall() -> Canvas:
    c = Canvas(800, "#d9d3c0")
    rng = random.Random(83)
    vx, vy = 600.0, 372.0
    iron, iron_dark = "#86ad93", "#557f6b"

    def at(x: float, y: float, z: float) -> Point:
        """A point `x` beside the middle of the aisle, at height `y`, `z` lengths away."""
        return vx + x / z, vy + (y - vy) / z

    far = 7.6
    crown = [(470 * math.cos(a / 24 * math.pi), 40 - 300 * math.sin(a / 24 * math.pi)) for a in range(25)]
    for side in (-1, 1):
        c.poly(
            [at(side * 470, 40, 0.9), at(side * 470, 40, far), at(side * 980, 150, far), at(side * 980, 150, 0.9)],
            "#a9bdb4",
        )
        c.poly(
            [at(side * 980, 150, 0.9), at(side * 980, 150, far), at(side * 980, 900, far), at(side * 980, 900, 0.9)],
            "#c99f7c",
        )
    for i in range(24):
        (x0, y0), (x1, y1) = crown[i], crown[i + 1]
        tint = mix("#9fc6cc", "#e4efe8", 0.5 + 0.5 * math.sin(i / 24 * math.pi))
        c.poly(
            [at(x0, y0, 0.9), at(x1, y1, 0.9), at(x1, y1, far), at(x0, y0, far)],
            tint if i % 2 else mix(tint, CREAM, 0.3),
        )
    c.poly([at(-980, 860, 0.9), at(980, 860, 0.9), at(980, 860, far), at(-980, 860, far)], "#a59b88")
    c.poly([at(-330, 860, 0.9), at(330, 860, 0.9), at(330, 860, far), at(-330, 860, far)], "#d5c9b0")
    z = 0.95
    while z < far:
        c.line([at(-330, 860, z), at(330, 860, z)], "#bfb399", 2.4)
        z *= 1.22
    wall = [at(x, y, far) for x, y in crown]
    c.poly([at(470, 860, far), *wall, at(-470, 860, far)], "#f3d48f")
    for i in range(3, 22, 3):
        c.line([at(0, 60, far), wall[i]], iron_dark, 2)
    c.line([at(-470, 60, far), at(470, 60, far)], iron_dark, 3)
    for x in (-240, 0, 240):
        c.line([at(x, 60, far), at(x, 860, far)], iron_dark, 2)
    c.glow(600, 350, 240, "#fff3cf", 0.85)
    hues = [SEA, RUST, OCHRE, PINE, BRICK, SLATE, MOSS]
    goods = [[AMBER, OCHRE, "#e8c98c"], ["#b9c9cb", "#8fa6ac", FOAM], [RUST, "#cf7a58", BRICK], [MOSS, "#93a978", PINE]]
    bays = 7
    for bay in range(bays - 1, -1, -1):
        z0, z1 = 0.95 + bay * 0.92, 0.95 + (bay + 1) * 0.92
        for side in (-1, 1):
            hue = hues[(bay * 2 + (side > 0)) % len(hues)]
            n, f = z0 + 0.1, z1 - 0.1
            fill = goods[(bay + (side > 0) * 2) % len(goods)]
            c.poly(
                [at(side * 900, 150, n), at(side * 900, 150, f), at(side * 900, 860, f), at(side * 900, 860, n)],
                mix(hue, INK, 0.62),
            )
            c.poly(
                [at(side * 420, 640, n), at(side * 420, 640, f), at(side * 420, 860, f), at(side * 420, 860, n)],
                mix(hue, INK, 0.35),
            )
            c.poly(
                [at(side * 420, 640, n), at(side * 420, 672, n), at(side * 420, 672, f), at(side * 420, 640, f)],
                "#ead9b8",
            )
            c.poly(
                [at(side * 420, 640, n), at(side * 720, 560, n), at(side * 720, 560, f), at(side * 420, 640, f)],
                "#f2e6cb",
            )
            c.poly(
                [at(side * 420, 640, n), at(side * 720, 560, n), at(side * 720, 860, n), at(side * 420, 860, n)],
                mix(hue, INK, 0.5),
            )
            for row in range(4):
                for col in range(6):
                    u, v = (row + 0.7) / 4.6, (5.4 - col) / 5.9
                    px, py = at(side * (420 + 300 * u), 640 - 80 * u - 14, n + (f - n) * v)
                    size = 28 / (n + (f - n) * v)
                    c.disc(px, py, size, fill[(row + col) % 3] if rng.random() < 0.85 else CREAM, ry=size * 0.72)
            for k in range(6):
                s0, s1 = n + (f - n) * k / 6, n + (f - n) * (k + 1) / 6
                tint = hue if k % 2 == 0 else CREAM
                c.poly(
                    [at(side * 640, 96, s0), at(side * 400, 226, s0), at(side * 400, 226, s1), at(side * 640, 96, s1)],
                    tint,
                )
                c.poly(
                    [
                        at(side * 400, 226, s0),
                        at(side * 400, 268, s0),
                        at(side * 400, 268, s1),
                        at(side * 400, 226, s1),
                    ],
                    mix(tint, INK, 0.16),
                )
        if bay == 0:
            continue
        outline = [at(x, y, z0) for x, y in crown]
        c.line(outline, iron, 15 / z0)
        c.line([(px, py + 9 / z0) for px, py in outline], iron_dark, 4 / z0)
        for side in (-1, 1):
            px, foot = at(side * 470, 860, z0)
            _, head = at(side * 470, 40, z0)
            w = 34 / z0
            c.rect(px - w / 2, head, w, foot - head, iron)
            c.rect(px + w * 0.1, head, w * 0.4, foot - head, iron_dark)
            c.rect(px - w * 0.85, head - w * 0.2, w * 1.7, w * 0.6, iron_dark, r=2)
            c.rect(px - w * 0.8, foot - w, w * 1.6, w, iron_dark, r=2)
    for x, z, hue in (
        (-90, 5.6, SLATE),
        (120, 4.6, "#55606a"),
        (-40, 3.7, NAVY),
        (215, 2.7, BRICK),
        (-215, 1.95, "#2b4b4d"),
    ):
        px, base = at(x, 852, z)
        size = 520 / z
        c.disc(px + size * 0.1, base, size * 0.24, "#857a66", 0.5, ry=size * 0.035)
        person(c, px, base, size, hue)
        c.disc(px, base - size * 0.9, size * 0.082, mix("#8a5a3c", "#2f211d", (z * 0.7) % 1), ry=size * 0.092)
        c.rect(px - size * 0.1, base - size * 0.845, size * 0.2, size * 0.05, mix(hue, AMBER, 0.6), r=size * 0.024)
        if z < 3:
            c.rect(px + size * 0.14, base - size * 0.4, size * 0.16, size * 0.15, OCHRE, r=3)
            c.arc(px + size * 0.22, base - size * 0.4, size * 0.06, 180, 360, "#7a5a30", 3)
    return c


def football_pitch() -> Canvas:
    c = Canvas(675, "#4f7a4d")
    rng = random.Random(97)

    def at(u: float, v: float) -> Point:
        """Pitch metres (0-105, 0-68) seen from a high stand."""
        depth = 1 / (1 + v * 0.0105)
        return 600 + (u - 52.5) * 16.4 * depth, 655 - (1 - depth) * 1290

    c.gradient(0, 110, "#233a36", "#2f4d44")
    for i in range(15):
        u0, u1 = -8 + i * 8.1, -8 + (i + 1) * 8.1
        c.poly([at(u0, -6), at(u1, -6), at(u1, 73), at(u0, 73)], "#5f8d56" if i % 2 else "#558150")
    c.poly([(0, 0), (1200, 0), (1200, 128), (0, 128)], "#2a3b43")
    for row in range(5):
        for x in range(0, 1200, 15):
            hue = rng.choice([SLATE, "#2f5d4e", "#2f5d4e", CREAM, RUST, OCHRE, "#52656f", NAVY])
            c.disc(
                x + (row % 2) * 7 + rng.uniform(-2, 2),
                18 + row * 19 + rng.uniform(-2, 2),
                6.2,
                mix(hue, "#2a3b43", 0.25),
            )
    c.rect(0, 112, 1200, 26, CREAM)
    for i, hue in enumerate((RUST, NAVY, OCHRE, "#2f5d4e", SLATE, BRICK, SEA)):
        c.rect(10 + i * 172, 116, 158, 18, hue, r=3)
    white = "#eef0e2"

    def path(points: Sequence[Point], width: float = 4) -> None:
        c.line([at(u, v) for u, v in points], white, width)

    path([(0, 0), (105, 0), (105, 68), (0, 68), (0, 0)])
    path([(52.5, 0), (52.5, 68)])
    path([(52.5 + 9.15 * math.cos(a / 36 * math.tau), 34 + 9.15 * math.sin(a / 36 * math.tau)) for a in range(37)])
    for side in (0, 105):
        s = 1 if side == 0 else -1
        path([(side, 13.8), (side + s * 16.5, 13.8), (side + s * 16.5, 54.2), (side, 54.2)])
        path([(side, 24.8), (side + s * 5.5, 24.8), (side + s * 5.5, 43.2), (side, 43.2)])
        arc = [(side + s * (11 + 9.15 * math.cos(a / 20)), 34 + 9.15 * math.sin(a / 20)) for a in range(-18, 19)]
        path([p for p in arc if abs(p[0] - side) >= 16.5])
        p, q = at(side, 30.3), at(side, 37.7)
        c.line([p, (p[0], p[1] - 42), (q[0], q[1] - 38), q], white, 6)
    c.disc(*at(52.5, 34), 5, white, ry=4)
    greens = [
        (9, 34),
        (28, 14),
        (31, 50),
        (47, 26),
        (50, 44),
        (64, 12),
        (73, 30),
        (79, 52),
        (90, 20),
        (88, 41),
        (60, 56),
    ]
    reds = [
        (98, 33),
        (84, 12),
        (82, 28),
        (85, 47),
        (70, 46),
        (67, 22),
        (58, 36),
        (44, 16),
        (41, 39),
        (33, 33),
        (53, 62),
    ]
    drawn = [(v, u, "#f4ead0", "#2f5d4e") for u, v in greens] + [(v, u, "#a8402f", "#f0e6d0") for u, v in reds]
    for v, u, shirt, shorts in sorted(drawn, reverse=True):
        x, y = at(u, v)
        s = 1.5 / (1 + v * 0.0105)
        c.poly([(x - 4 * s, y), (x + 4 * s, y), (x + 66 * s, y + 24 * s), (x + 52 * s, y + 28 * s)], "#24402f", 0.5)
        c.line([(x - 4 * s, y), (x - 3 * s, y - 14 * s)], "#3b2a22", 4.4 * s)
        c.line([(x + 5 * s, y - 1), (x + 3 * s, y - 14 * s)], "#3b2a22", 4.4 * s)
        c.rect(x - 7 * s, y - 20 * s, 14 * s, 9 * s, shorts, r=2)
        c.rect(x - 8 * s, y - 36 * s, 16 * s, 18 * s, shirt, r=4 * s)
        c.disc(x, y - 42 * s, 5.6 * s, mix("#e0b58e", "#5e4030", (u * 0.37) % 1))
    bx, by = at(93.5, 27)
    c.disc(bx + 12, by + 6, 7, "#24402f", 0.5, ry=3)
    c.disc(bx, by - 4, 7.5, "#fbfaf2")
    return c


def paper_lantern(c: Canvas, x: float, y: float, size: float, kind: str, hue: Colour, pole: float) -> None:
    """A glowing lantern on a pole that reaches down to `pole`."""
    s = size
    deep = mix(hue, RUST, 0.5)
    c.line([(x, y), (x + 6, pole)], "#2a2126", 4)
    c.glow(x, y, 175 * s, hue, 0.62)
    if kind == "star":
        pts = [
            (
                x + (70 if k % 2 == 0 else 31) * s * math.sin(k * math.pi / 5),
                y - (70 if k % 2 == 0 else 31) * s * math.cos(k * math.pi / 5),
            )
            for k in range(10)
        ]
        c.poly(pts, hue)
        for k in range(0, 10, 2):
            c.line([(x, y), pts[k]], deep, 2.6)
    elif kind == "house":
        c.rect(x - 42 * s, y - 34 * s, 84 * s, 84 * s, hue)
        c.poly([(x - 54 * s, y - 32 * s), (x, y - 84 * s), (x + 54 * s, y - 32 * s)], mix(hue, RUST, 0.75))
        c.rect(x - 13 * s, y + 8 * s, 26 * s, 42 * s, deep)
        for dx in (-33, 15):
            c.rect(x + dx * s, y - 22 * s, 18 * s, 20 * s, "#fff6d8")
    elif kind == "fish":
        top = curve([(x - 120 * s, y + 4), (x - 40 * s, y - 56 * s), (x + 70 * s, y - 46 * s), (x + 132 * s, y)])
        low = curve([(x + 132 * s, y), (x + 70 * s, y + 42 * s), (x - 40 * s, y + 50 * s), (x - 120 * s, y + 4)])
        c.poly([*top, *low], hue)
        c.poly([(x - 110 * s, y + 2), (x - 178 * s, y - 58 * s), (x - 156 * s, y + 4), (x - 178 * s, y + 58 * s)], hue)
        c.poly([*curve([(x - 30 * s, y - 54 * s), (x + 4 * s, y - 90 * s), (x + 52 * s, y - 52 * s)])], deep)
        for col in range(4):
            for row in range(-1, 2):
                c.arc(x - 66 * s + col * 36 * s, y + row * 25 * s, 15 * s, 270, 90, deep, 3)
        c.line(curve([(x + 76 * s, y - 44 * s), (x + 64 * s, y), (x + 76 * s, y + 40 * s)]), deep, 4)
        c.disc(x + 100 * s, y - 12 * s, 9 * s, "#fff6d8")
        c.disc(x + 102 * s, y - 12 * s, 5 * s, INK)
    else:
        c.disc(x, y, 50 * s, hue, ry=56 * s)
        for k in (-0.66, -0.33, 0, 0.33, 0.66):
            half = 50 * s * math.sqrt(1 - k * k)
            c.line([(x - half, y + k * 56 * s), (x + half, y + k * 56 * s)], deep, 2.4)
        c.rect(x - 16 * s, y - 62 * s, 32 * s, 10 * s, deep, r=3)
        c.rect(x - 16 * s, y + 52 * s, 32 * s, 10 * s, deep, r=3)


def lanterns() -> Canvas:
    c = Canvas(800)
    rng = random.Random(103)
    c.gradient(0, 800, "#141b33", "#26284a", "#433354", "#6b4352")
    for _ in range(110):
        c.disc(rng.uniform(0, 1200), rng.uniform(0, 330), rng.uniform(0.7, 1.9), "#d9d3dd")
    x = -14.0
    while x < 1200:
        w = rng.uniform(66, 104)
        house(c, x, 660, w, rng.uniform(150, 270), mix("#1c2038", "#2a2844", rng.random()), "#191c33", "#e0a45c", rng)
        x += w - 1
    c.glow(600, 620, 760, "#f0a050", 0.25)
    for lx, ly, s, kind, hue in (
        (130, 366, 0.6, "round", "#f6b65a"), (238, 300, 0.5, "star", "#f9d98a"), (1104, 330, 0.62, "round", "#f08a4f"),
        (1000, 268, 0.5, "house", "#f7c266"), (392, 378, 0.52, "round", "#ee9a66"), (860, 384, 0.5, "star", "#fbe3a0"),
    ):  # fmt: skip
        paper_lantern(c, lx, ly, s, kind, hue, 720)
    for i in range(46):
        px = -10 + i * 27 + rng.uniform(-8, 8)
        person(c, px, 760 + rng.uniform(-10, 16), rng.uniform(120, 160), mix("#1c1628", "#3a2638", rng.random()))
    for lx, ly, s, kind, hue in (
        (580, 214, 1.35, "fish", "#f8c76c"), (300, 470, 1.0, "house", "#f4a855"), (890, 496, 1.06, "house", "#fbd482"),
        (118, 552, 0.86, "star", "#fae09a"), (1072, 500, 0.94, "round", "#ef8f52"),
        (566, 520, 0.84, "round", "#f9d488"),
    ):  # fmt: skip
        paper_lantern(c, lx, ly, s, kind, hue, 800)
    c.line([(470, 250), (462, 800)], "#2a2126", 5)
    c.line([(700, 250), (712, 800)], "#2a2126", 5)
    for i in range(30):
        px = -20 + i * 43 + rng.uniform(-10, 10)
        person(c, px, 868 + rng.uniform(-18, 26), rng.uniform(180, 232), mix("#100c18", "#241827", rng.random()))
    return c


PICTURES: dict[str, Callable[[], Canvas]] = {
    "images/harbour-dusk": harbour_dusk,
    "images/yard-cranes": yard_cranes,
    "images/library-window": library_window,
    "images/fishing-boats": fishing_boats,
    "images/tidal-turbine": tidal_turbine,
    "images/bakery-window": bakery_window,
    "images/ferry-launch": ferry_launch,
    "images/storm-chart": storm_chart,
    "images/ships-bell": ships_bell,
    "images/tram": tram,
    "images/welder": welder,
    "images/ferry-crossing": ferry_crossing,
    "images/seals": seals,
    "images/rowing-four": rowing_four,
    "images/net-lofts": net_lofts,
    "images/lighthouse-night": lighthouse_night,
    "images/market-hall": market_hall,
    "images/football-pitch": football_pitch,
    "images/lanterns": lanterns,
    "posts/2025/06/tall-ships-weekend/tall-ship": tall_ship,
    "posts/2025/06/tall-ships-weekend/signal-flags": signal_flags,
}


def main(words: Sequence[str]) -> None:
    for name, draw in PICTURES.items():
        if words and not any(word in name for word in words):
            continue
        target = CONTENT / f"{name}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        picture = draw().finish()
        for quality in range(84, 54, -2):
            picture.save(target, quality=quality, optimize=True, progressive=True)
            if target.stat().st_size < LARGEST:
                break
        print(f"{target.relative_to(CONTENT)}  {target.stat().st_size / 1024:.0f} KB at quality {quality}")


if __name__ == "__main__":
    main(sys.argv[1:])
