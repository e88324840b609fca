"""The newsroom that invents articles: sentences, paragraphs, and the Markdown that news articles use."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from tests.benchmarks import words
from tests.benchmarks.words import Zipf

PICTURES = 40
_RECENT = 400
"""A link leads to one of so many newest articles."""


class Newsroom:
    """Writes the bodies of articles, the same for the same seed.

    Attributes:
        random: Where all chance comes from.
        authors: Their names.
        tags: What articles may be about; every third has two words.
        slugs: Of all articles so far, for links to them.
    """

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        content = words.coin(self.random, 5000 - len(words.FUNCTION), taken=words.FUNCTION)
        self._vocabulary = Zipf([*words.FUNCTION, *content], 0.95, 2.0)
        self.content = Zipf(content, 0.8, 5.0)
        names = [name.title() for name in words.coin(self.random, 80, (2, 3))]
        self.authors = [f"{first} {last}" for first, last in zip(names[::2], names[1::2], strict=True)]
        parts = words.coin(self.random, 800, (2, 3))
        pool = [f"{parts[i]} {parts[i + 300]}" if i % 10 in (3, 6, 9) else parts[i] for i in range(500)]
        self.tags = Zipf(pool, 0.95, 3.0)
        self.slugs: list[str] = []

    def sentence(self, length: int) -> list[str]:
        """The words of a sentence, without its full stop."""
        random = self.random
        found = self._vocabulary.many(random, length)
        found[0] = found[0].capitalize()
        if length > 9 and random.random() < 0.55:
            found[random.randint(3, length - 4)] += ","
        if length > 11 and random.random() < 0.14:
            found[random.randint(3, length - 5)] += " —"
        if random.random() < 0.1:
            found[random.randrange(1, length)] += "’s"
        if random.random() < 0.12:
            place = random.randrange(1, length)
            found[place] = found[place].capitalize()
        if random.random() < 0.1:
            place = random.randrange(1, length)
            numbers = random.randint(2, 99), random.randint(1990, 2024), random.randint(1, 40) * 1000
            found[place] = str(random.choice(numbers))
        return found

    def _quote(self, sentence: list[str]) -> str:
        verb = self.random.choice(["said", "said", "told reporters", "wrote"])
        return f"“{' '.join(sentence)},” {verb} {self.random.choice(self.authors).split()[1]}."

    def _paragraph(self, length: int) -> str:
        sentences: list[str] = []
        while length > 0:
            words_here = min(max(6, int(self.random.gauss(17, 6))), max(length, 6))
            length -= words_here
            sentence = self.sentence(words_here)
            if self.random.random() < 0.16:
                sentences.append(self._quote(sentence))
            else:
                sentences.append(" ".join(sentence) + ("?" if self.random.random() < 0.03 else "."))
        return " ".join(sentences)

    def _paragraphs(self) -> list[str]:
        """8 to 20 paragraphs of 350 to 700 words together."""
        random = self.random
        total = random.randint(350, 700)
        count = max(8, min(20, round(total / random.uniform(28, 46))))
        shares = [random.uniform(0.6, 1.5) for _ in range(count)]
        return [self._paragraph(max(8, int(total * share / sum(shares)))) for share in shares]

    def _link(self, text: str) -> str:
        random = self.random
        if self.slugs and random.random() < 0.35:
            return f"[{text}](/articles/{self.slugs[-1 - random.randrange(min(len(self.slugs), _RECENT))]}/)"
        host, folder, name = (self.content.one(random) for _ in range(3))
        return f"[{text}](https://{host}.example.org/{folder}/{name})"

    def _wrap(self, paragraphs: list[str], mark: Callable[[str], str], longest: int) -> None:
        """Put a mark round up to `longest` words of some paragraph."""
        random = self.random
        chosen = random.randrange(len(paragraphs))
        found = paragraphs[chosen].split(" ")
        count = random.randint(1, longest)
        if len(found) <= count + 3:
            return
        start = random.randrange(1, len(found) - count)
        run = found[start : start + count]
        if any(not word.isalpha() for word in run):
            run = [re.sub(r"[^A-Za-z]", "", word) or "report" for word in run]
        found[start : start + count] = [mark(" ".join(run))]
        paragraphs[chosen] = " ".join(found)

    def body(self) -> str:
        """An article's Markdown."""
        random = self.random
        paragraphs = self._paragraphs()
        for _ in range(random.choices(range(7), [6, 16, 28, 26, 14, 7, 3])[0]):
            self._wrap(paragraphs, self._link, 4)
        if random.random() < 0.35:
            for _ in range(random.randint(1, 3)):
                self._wrap(paragraphs, lambda text: f"*{text}*", 3)
        if random.random() < 0.25:
            self._wrap(paragraphs, lambda text: f"**{text}**", 3)
        blocks = list(paragraphs)
        rarity = random.random()
        self._add_blocks(blocks)
        if rarity < 0.02:
            random.choice([self._table, self._footnote, self._code])(blocks, paragraphs)
        return "\n\n".join(blocks) + "\n"

    def _add_blocks(self, blocks: list[str]) -> None:
        """Headings, a quotation, a list and a picture, each in some of the articles."""
        random = self.random
        if random.random() < 0.50:
            for _ in range(random.randint(1, 2)):
                place = random.randint(3, len(blocks) - 1)
                blocks.insert(place, "## " + " ".join(self.content.many(random, random.randint(2, 5))).capitalize())
        if random.random() < 0.40:
            text = " ".join(self.sentence(random.randint(12, 26)))
            blocks.insert(random.randint(2, len(blocks) - 1), f"> “{text}.”\n>\n> — {random.choice(self.authors)}")
        if random.random() < 0.15:
            numbered = random.random() < 0.3
            items = [" ".join(self.sentence(random.randint(6, 14))) for _ in range(random.randint(3, 6))]
            lines = [f"{k}. {item}" if numbered else f"- {item}" for k, item in enumerate(items, 1)]
            blocks.insert(random.randint(2, len(blocks) - 1), "\n".join(lines))
        if random.random() < 0.30:
            place = random.randint(1, len(blocks) - 1)
            caption = " ".join(self.content.many(random, 6)).capitalize()
            blocks.insert(place, f"![{caption}](/images/photo-{random.randrange(PICTURES):02}.png)")

    def _table(self, blocks: list[str], _: Sequence[str]) -> None:
        random = self.random
        rows = ["| {} | {} | {} |".format(*(word.capitalize() for word in self.content.many(random, 3)))]
        rows.append("| --- | ---: | --- |")
        rows += [
            f"| {self.content.one(random)} | {random.randint(1, 9999)} | {self.content.one(random)} |"
            for _row in range(random.randint(3, 8))
        ]
        blocks.insert(random.randint(2, len(blocks) - 1), "\n".join(rows))

    def _footnote(self, blocks: list[str], paragraphs: Sequence[str]) -> None:
        blocks[blocks.index(self.random.choice(paragraphs))] += "[^1]"
        blocks.append(f"[^1]: {' '.join(self.sentence(14))}.")

    def _code(self, blocks: list[str], _: Sequence[str]) -> None:
        random, one = self.random, self.content.one
        place = random.randint(2, len(blocks) - 1)
        lines = [f"{one(random)} = {one(random)}({random.randint(1, 99)})" for _ in range(4)]
        blocks.insert(place, "\n".join(["```", *lines, "```"]))
