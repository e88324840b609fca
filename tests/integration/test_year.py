"""A year of a site's life: whatever its editors do in the open, every address ever recorded answers as it must."""

import re
from random import Random

import feedparser
import pytest
from books import guids, items, keep
from desk import clean_tree, tree
from support import SiteFixture, messages

from generator.model.ledger import State
from generator.permalinks import out_path

PATTERNS = ("/{year}/{month}/{slug}/", "/{slug}/", "/{year}/{slug}.html", "/news/{slug}", "/{id}/")
FOLDERS = ("", "2026/", "2026/01/", "deep/er/")


class Story:
    """An article as its editors have it; its title begins with its number, by which a test knows it again."""

    def __init__(self, number, dice):
        self.number = number
        self.keys = {"title": f"S{number} begins", "date": f"2026-{dice.randint(1, 10):02}-{dice.randint(1, 28):02}"}
        self.notes = []
        self.folder, self.name = dice.choice(FOLDERS), f"story-{number}"
        if dice.random() < 0.5:
            self.keys["id"] = f"tag:x.example,2026:{number}"

    @property
    def path(self):
        """Its file."""
        return f"content/posts/{self.folder}{self.name}.md"

    @property
    def text(self):
        """What is in it."""
        rows = [f"{{date: 2026-11-{n:02}, kind: correction, text: {text}}}" for n, text in enumerate(self.notes, 1)]
        keys = {**self.keys, **({"corrections": f"[{', '.join(rows)}]"} if rows else {})}
        return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + "---\n\nText.\n"


class Year:
    """A site and its editors, who do nothing that Dateline warns them of."""

    def __init__(self, folder, seed):
        self.dice = Random(seed)
        self.site = SiteFixture(folder)
        self.stories = []
        self.count = 0
        self.guids, self.notes = {}, {}
        self.settings(PATTERNS[0])

    def settings(self, pattern):
        """Choose where stories are from now on."""
        self.pattern = pattern
        extra = f'permalink = "{pattern}"\n[feeds]\nitems = 500\n'
        self.site.edit("site.toml", f'title = "T"\nbase_url = "https://example.org"\n{extra}')

    def publish(self):
        """A new story."""
        self.count += 1
        self.stories.append(Story(self.count, self.dice))
        self.lay(self.stories[-1])

    def lay(self, story):
        """Save it."""
        self.site.add(story.path, story.text)

    def change(self, how):
        """Do something to a story that is public."""
        public = [story for story in self.stories if "status" not in story.keys]
        if public:
            story = self.dice.choice(public)
            self.site.remove(story.path)
            how(story)
            self.lay(story)

    def move(self, story):
        """To another folder; without an id, it is known again by its address."""
        if "{id}" not in self.pattern or "id" in story.keys:
            story.folder = self.dice.choice(FOLDERS)

    def rename(self, story):
        """Under another name; a story without an id says where it was."""
        known = self.known().get(story.number)
        story.name = f"renamed-{self.dice.randint(1, 10**6)}"
        if known and "id" not in story.keys:
            story.keys["aliases"] = f"[{known.url}]"

    def reslug(self, story):
        """At another address."""
        story.keys["slug"] = f"slug-{self.dice.randint(1, 10**6)}"

    def retitle(self, story):
        """Under another headline."""
        story.keys["title"] = f"S{story.number} goes on {self.dice.randint(1, 99)}"

    def retag(self, story):
        """In other lists."""
        story.keys["tags"] = self.dice.choice(("[Sea]", "[Sea, Bridge]", "[Bridge]"))
        story.keys["section"] = self.dice.choice(("town", "sport"))

    def withdraw(self, story):
        """Taken back in the open."""
        story.keys["status"] = "withdrawn"

    def correct(self, story):
        """With one note more."""
        story.notes.append(f"N{story.number}{len(story.notes)}0.")

    def known(self):
        """What is recorded, by the number of the story."""
        if not (self.site.root / "content/ledger.jsonl").is_file():
            return {}
        return {int(re.match(r"S(\d+)", title)[1]): item for title, item in items(self.site).items()}

    def step(self):
        """One thing happens."""
        kinds = (self.move, self.rename, self.reslug, self.retitle, self.retag, self.withdraw, self.correct)
        what = self.dice.choices(range(9), (5, 3, 3, 2, 2, 2, 1, 2, 1))[0]
        if what == 0 or not self.stories:
            self.publish()
        elif what == 8:
            self.settings(self.dice.choice(PATTERNS))
        else:
            self.change(kinds[what - 1])

    def build(self):
        """Build; where a story without an id is not known again, do as one is told."""
        gone = re.findall(r"no article has its id, '(\S+)'", "\n".join(messages(self.site.build())))
        numbers = {item.id: number for number, item in self.known().items()}
        for story in self.stories:
            for identity in gone:
                if numbers[identity] == story.number:
                    story.keys["id"] = identity
                    self.lay(story)
        assert messages(self.site.build()) == []

    def check(self):
        """Build; every address that was ever recorded is a page, a redirect, or says that its story was withdrawn."""
        self.build()
        whole = tree(self.site.output)
        known = self.known()
        for item in known.values():
            for url in item.urls:
                page = whole[out_path(url)].decode()
                told = re.search(rf"S{re.match('S([0-9]+)', item.title)[1]} ", page)
                assert ('content="410"' in page) == (item.state is State.WITHDRAWN) == (not told), (url, item)
        self.check_corrections(whole)
        self.check_guids(known)
        return whole

    def check_corrections(self, whole):
        """The list has each correction of a story that is public, and each is the item in the feed that it was."""
        public = [story for story in self.stories if "status" not in story.keys]
        wanted = sorted(text for story in public for text in story.notes)
        pages = [data.decode() for name, data in whole.items() if re.match(r"corrections/.*html", name)]
        assert sorted(re.findall(r"N\d+\.", "".join(pages))) == wanted
        feed = feedparser.parse(whole.get("corrections/feed.xml", b""))
        for item in feed.entries:
            assert self.notes.setdefault(item.summary, item.id) == item.id
        assert len({item.id for item in feed.entries}) == len(wanted)

    def check_guids(self, known):
        """No story that was recorded has another identity in the feed than it had."""
        now = {int(re.match(r"S(\d+)", title)[1]): guid for title, guid in guids(self.site).items()}
        for number in now.keys() & known.keys():
            assert self.guids.setdefault(number, now[number]) == now[number]


@pytest.mark.parametrize("seed", range(5))
def test_a_year(seed, tmp_path):
    """Publish, move, rename, retitle, retag, withdraw, correct, with records between: nothing breaks or warns."""
    year = Year(tmp_path / "site", seed)
    for _ in range(24):
        for _ in range(year.dice.randint(1, 3)):
            year.step()
            year.build()
        if year.dice.random() < 0.6:
            declared = [story for story in year.stories if "status" in story.keys]
            keep(year.site)
            for story in declared:  # once it is recorded, the file of what was withdrawn may go
                if year.dice.random() < 0.5:
                    year.site.remove(story.path)
                    year.stories.remove(story)
            year.check()
    keep(year.site)
    assert year.check() == clean_tree(year.site)
