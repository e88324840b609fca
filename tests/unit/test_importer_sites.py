"""The folders of other generators: what is in them, with its old addresses, and nothing of them run."""

import re
from datetime import date
from pathlib import Path

import pytest
from support import REPOSITORY

from generator import content
from generator.importer import sites
from generator.importer.articles import Article, SiteFound, Skipped, Wanted, front_matter
from generator.importer.sites import jekyll
from generator.importer.sites.folder import Folder
from generator.importer.sites.prose import outside_code, readdressed
from generator.importer.sites.tags import Kept
from generator.importer.sites.values import Values
from generator.model.document import Source

FIXTURES = REPOSITORY / "tests" / "fixtures" / "sites"
NAMES = ("eleventy", "hugo", "jekyll", "nikola", "pelican", "zola")


def told(root: Path) -> str:
    """All that a folder holds, as one text: what `expected.txt` has."""
    known = sites.find(root)
    return "".join(_told(item, root) for item in known.read(Folder(root)))


def _told(item, root):
    if isinstance(item, SiteFound):
        return "".join(f"{name}: {getattr(item, name)}\n" for name in SiteFound.__struct_fields__) + "\n"
    if isinstance(item, Skipped):
        return f"===== skipped {item.kind} {item.name}: {item.reason}{f' ({item.fix})' if item.fix else ''}\n\n"
    head = [f"===== {item.kind} {Path(item.place).relative_to(root).as_posix()} at {item.url}"]
    head += [f"alias: {alias}" for alias in item.aliases]
    head += [f"media: {media.address}, {_size(media)} bytes" for media in item.media]
    head += [str(problem).replace(f"{root.as_posix()}/", "") for problem in item.problems]
    text = content.dump(front_matter(item, item.identity, Source(), Wanted()), item.body)
    return "\n".join(head) + "\n" + text + "\n"


def _size(media):
    with media.open() as file:
        return len(file.read())


@pytest.mark.parametrize("name", NAMES)
def test_a_site(name):
    """Each generator's site is known by its marks, and read as the file beside it says."""
    root = FIXTURES / name / "site"
    assert sites.find(root).NAME.lower() == name
    assert told(root) == (FIXTURES / name / "expected.txt").read_text("utf-8")


def site(folder, **files):
    """A Jekyll site of some files."""
    for name, text in {"_config.yml": "title: T\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def read(folder):
    """Its articles and what was skipped."""
    return [item for item in sites.find(folder).read(Folder(folder)) if not isinstance(item, SiteFound)]


def test_a_folder_of_no_generator(tmp_path):
    """A folder of raw texts is nobody's site."""
    (tmp_path / "a.txt").write_text("x")
    assert sites.find(tmp_path) is None


_POST = "---\ntitle: A\ndate: 2020-01-02\n---\nx\n"
_TOML = "+++\ntitle = 'A'\ndate = 2020-01-02\n+++\nx\n"


@pytest.mark.parametrize(
    "files",
    [
        {"_config.yml": "defaults: x\ncollections: [a]\ntimezone: 5\ncollections_dir: [1]\nurl: {a: 1}",
         "_posts/2020-01-02-a.md": _POST},
        {"_config.yml": "defaults:\n- 5\n- scope: 3\n- scope: {path: [1]}\n  values: {tags: x}\n- values: 5",
         "_posts/2020-01-02-a.md": _POST},
        {"_config.yml": "collections: {a: 5}\ntimezone: No/Where\nexcerpt_separator: [y]",
         "_posts/2020-01-02-a.md": _POST, "_a/x.md": _POST},
        {"hugo.toml": "baseURL = 5\n[languages]\nde = 5\n[languages.en]\ncontentDir = 7\n[permalinks]\nposts = 5",
         "content/posts/a.md": _POST, "content/posts/_index.md": "---\ncascade: 7\n---\n"},
        {"hugo.yaml": "languages: [de]\npermalinks: x\ndefaultContentLanguage: [x]", "content/posts/a.md": _POST,
         "content/_index.md": "---\ncascade: [1, {target: {}, draft: true}]\n---\n"},
        {"pelicanconf.py": "DEFAULT_METADATA = [1]\nPATH = ['x']\nARTICLE_URL = 5\nPAGE_PATHS = 5",
         "content/a.md": "Title: A\nDate: 2020-01-02\n\nx"},
        {"conf.py": "BLOG_TITLE = 5\nPOSTS = 5\nTRANSLATIONS = ['x']\nPAGES = ((1, 2),)\nDEFAULT_LANG = {}",
         "posts/a.md": "<!--\n.. title: A\n.. date: 2020-01-02\n-->\nx"},
        {"config.toml": "base_url = 'https://z.example'\nslugify = 5", "content/blog/a.md": _TOML,
         "content/blog/_index.md": "+++\ndraft = [1]\n+++"},
        {"eleventy.config.js": "", "posts/a.md": _POST, "posts/posts.json": "[1]"},
    ],
)  # fmt: skip
def test_settings_of_the_wrong_kind(tmp_path, files):
    """Whatever stands in a site's settings where something else should, its articles are read."""
    root = site(tmp_path, **files)
    if "_config.yml" not in files:
        (root / "_config.yml").unlink()
    (article,) = [item for item in read(root) if isinstance(item, Article)]
    assert (article.title, article.date, article.body) == ("A", date(2020, 1, 2), "x")


def test_collections_in_a_folder_of_their_own(tmp_path):
    """Jekyll's `collections_dir` is no part of an address, and no category."""
    site(tmp_path, **{
        "_config.yml": "url: https://j.example\ncollections_dir: all\ncollections:\n  boats:\n    output: true\n",
        "all/_posts/2020-01-02-a.md": "---\ntitle: A\n---\na\n",
        "all/_boats/otter.md": "---\ntitle: Otter\n---\no\n",
        "_layouts/x.html": "x",
    })  # fmt: skip
    found = {item.title: item for item in read(tmp_path) if isinstance(item, Article)}
    assert found["A"].url == "https://j.example/2020/01/02/a.html"
    assert found["A"].section is None
    assert found["Otter"].url == "https://j.example/boats/otter.html"


_NAMED = {"de": "deutsch", "en": "english"}


def test_languages_in_folders_of_their_own(tmp_path):
    """Hugo's `contentDir` of a language is no part of an address; links between its files are found in it."""
    settings = "baseURL = 'https://h.example'\ndefaultContentLanguage = 'en'\n"
    german, english = (f"[languages.{tag}]\ncontentDir = 'content/{name}'\n" for tag, name in _NAMED.items())
    site(tmp_path, **{
        "config/_default/hugo.toml": settings + german + english,
        "config/_default/permalinks.toml": "posts = '/:year/:slug/'\n",
        "content/english/posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\n[b]({{< ref \"posts/b.md\" >}})\n",
        "content/english/posts/b.md": "---\ntitle: B\ndate: 2020-01-02\n---\nb\n",
        "content/deutsch/posts/a.md": "---\ntitle: Ä\ndate: 2020-01-01\n---\na\n",
    })  # fmt: skip
    (tmp_path / "_config.yml").unlink()
    found = {item.title: item for item in sites.find(tmp_path).read(Folder(tmp_path)) if isinstance(item, Article)}
    assert [found[title].url for title in ("A", "B", "Ä")] == [
        "https://h.example/2020/a/",
        "https://h.example/2020/b/",
        "https://h.example/de/2020/ä/",
    ]
    assert found["A"].body == "[b](https://h.example/2020/b/)"
    assert found["Ä"].language == "de"


def test_nothing_leaves_the_folder(tmp_path):
    """A picture whose address climbs out of the site, or a link that leads out, is not taken along."""
    (tmp_path / "secret.png").write_bytes(b"secret")
    root = site(
        tmp_path / "site", **{"_posts/2020-01-01-a.md": "---\ntitle: A\n---\n![x](../../secret.png) ![y](/s.png)\n"}
    )
    (root / "s.png").symlink_to(tmp_path / "secret.png")
    (root / "_posts" / "2020-01-02-link.md").symlink_to(tmp_path / "secret.png")
    (article,) = read(root)
    assert article.media == ()


def test_addresses_that_are_none(tmp_path):
    """A link, a picture or a site's own address that nobody can parse stops no article."""
    post = "---\ntitle: A\nimage: http://[x\n---\n[x](http://[x) ![y](http://[y)\n"
    (article,) = read(site(tmp_path / "jekyll", **{"_posts/2020-01-01-a.md": post}))
    assert article.title == "A"
    root = tmp_path / "pelican"
    (root / "content").mkdir(parents=True)
    (root / "pelicanconf.py").write_text('SITENAME = "x"\nSITEURL = "http://[x"\n')
    (root / "content/a.md").write_text("Title: A\nDate: 2020-01-01\n\n[x](http://[x)\n")
    known = sites.find(root)
    assert [item.title for item in known.read(Folder(root)) if isinstance(item, Article)] == ["A"]


@pytest.mark.parametrize(
    ("matter", "cause"),
    [
        ("a: &a [1,1]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [" + "*c," * 3000 + "]", "beyond"),
        ("a: " + "[" * 30 + "]" * 30, "beyond"),
        ("- a\n- b", "not a list of `key: value` lines"),
        ("title: 'open", "never closed"),
        ("\tx: y", "unreadable"),
    ],
)
def test_front_matter_that_cannot_be_read(tmp_path, matter, cause):
    """A file with broken or hostile front matter is skipped with its cause; the others are read."""
    post = "---\ntitle: A\n---\nText.\n"
    files = {"_posts/2020-01-01-a.md": f"---\n{matter}\n---\nx\n", "_posts/2020-01-02-b.md": post}
    skipped, article = read(site(tmp_path, **files))
    assert isinstance(skipped, Skipped)
    assert cause in skipped.reason
    assert isinstance(article, Article)


def test_what_our_own_authors_are_told_is_passed_over(tmp_path):
    """A key twice, a comment, a tag of YAML: other generators take them, so an import does."""
    text = "---\ntitle: A #1 story\ntitle: B # really\nlayout: !x post\n...\nText.\n"
    (article,) = read(site(tmp_path, **{"_posts/2020-01-01-a.md": text}))
    assert (article.title, article.body) == ("B", "Text.")


@pytest.mark.parametrize(
    "text",
    ["`[a](b)`", "``x ` [a](b)``", "```\n[a](b)\n```\n", "~~~ md\n[a]: b\n~~~", "````\n```\n[a](b)\n```\n````"],
)
def test_code_keeps_its_addresses(text):
    """What looks like a link in code is none."""
    assert readdressed(text, lambda _: "X") == text


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("[a](b)", "[a](X)"),
        ('![a](b "t (1)") c', '![a](X "t (1)") c'),
        ("[a](<b c>)", "[a](X)"),
        ("[a](b_(c))", "[a](X)"),
        ("[a]: b\n", "[a]: X\n"),
        ("<a href='b&amp;c'>", "<a href='X'>"),
        ("[[a](b)](c)", "[[a](X)](X)"),
        ("[a] (b)", "[a] (b)"),
    ],
)
def test_addresses_change(text, changed):
    """Each form of a link or picture is found, and nothing else is touched."""
    assert readdressed(text, lambda _: "X") == changed


def test_values_are_taken_once():
    """A key is found whatever its case, in a table by a dot, and is gone then; what is left is for the theme."""
    values = Values(
        {"Title": " A \n b ", "cover": {"Image": "x", "alt": "y"}, "tags": ["a", "a", {"name": "b"}], "n": 1}
    )
    assert values.text("title") == "A b"
    assert values.text("title") == ""
    assert values.text("cover.image") == "x"
    assert values.texts("tags") == ("a", "b")
    assert dict(values.rest()) == {"cover": {"alt": "y"}, "n": 1}


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2012/03/30 23:00:00 UTC+02:00", "2012-03-30T23:00:00+02:00"),
        ("2013-11-22 5:00:00 +0000", "2013-11-22T05:00:00+00:00"),
        ("2020.1.9", "2020-01-09"),
        ("2020-01-01T10:00:00.123Z", "2020-01-01T10:00:00+00:00"),
    ],
)
def test_dates(written, read_as):
    """Dates as other generators write them."""
    assert Values({"date": written}).date("date").isoformat() == read_as


def test_a_date_that_is_none_is_told():
    """`date: yesterday` is a problem and no date; the next key counts."""
    values = Values({"date": "yesterday", "published": "2020-01-01"}, {"date": 3})
    assert values.date("date", "published").isoformat() == "2020-01-01"
    assert [(problem.line, "yesterday" in problem.cause) for problem in values.problems] == [(3, True)]


@pytest.mark.parametrize(
    "text", ["{{<" * 20_000, "{% raw %}" * 20_000, "`" * 40_000, "[a](" * 20_000, "{{ x" * 20_000, "{% quote(" * 20_000]
)
def test_hostile_bodies_take_linear_time(tmp_path, text):
    """Unclosed tags by the thousand end at once, and stay in the text."""
    for folder, mark in (("jekyll", "_posts"), ("zola", "content/posts"), ("hugo", "content/posts")):
        root = tmp_path / folder
        path = root / mark / "2020-01-01-a.md"
        path.parent.mkdir(parents=True)
        path.write_text(f"---\ntitle: A\n---\n{text}\n")
        name = "_config.yml" if folder == "jekyll" else "config.toml"
        (root / name).write_text("base_url = 'x'\n" if folder == "zola" else "")
        (article,) = read(root)
        assert re.sub(r"\s", "", article.body)[:9] == re.sub(r"\s", "", text)[:9]


def test_kept_tags_are_counted():
    """A tag met several times is one problem."""
    kept = Kept("shortcode")
    kept.note("x")
    kept.note("x")
    assert "2 times" in kept.problems()[0].cause


def test_text_beside_code_changes():
    """Only code is spared."""
    assert outside_code("a `a` a", str.upper) == "A `a` A"


HTML_BODIES = {
    "jekyll": (
        {"_config.yml": "title: T\n", "_posts/2021-01-01-a.md": "---\ntitle: A\n---\nA.\n"},
        "_posts/2021-01-02-b.html",
        '---\ntitle: B\n---\n<p>Two <b>boats</b> & [one] <a href="{% post_url 2021-01-01-a %}">more</a>.</p>\n'
        '{% include figure.html src="/q.png" alt="Quay" %}\n{% highlight py %}\na<b\n{% endhighlight %}\n'
        "{% youtube a1 %}\n<script>x()</script>\n",
        "/2021/01/01/a.html",
    ),
    "hugo": (
        {"hugo.toml": 'title = "T"\n', "content/posts/a.md": "---\ntitle: A\n---\nA.\n"},
        "content/posts/b.html",
        '---\ntitle: B\ndate: 2021-01-02\n---\n<p>Two <b>boats</b> & [one] <a href="{{< ref "a.md" >}}">more</a>.</p>\n'
        '{{< figure src="/q.png" alt="Quay" >}}\n{{< highlight py >}}\na<b\n{{< /highlight >}}\n'
        "{{< youtube a1 >}}\n<script>x()</script>\n",
        "/posts/a/",
    ),
    "nikola": (
        {
            "conf.py": "BLOG_TITLE = 'T'\nPOSTS = (('posts/*.html', 'posts', 'p.tmpl'),)\nPAGES = ()\n",
            "posts/a.md": "<!--\n.. title: A\n-->\nA.\n",
        },
        "posts/b.html",
        "<!--\n.. title: B\n.. date: 2021-01-02\n-->\n"
        '<p>Two <b>boats</b> & [one] <a href="link://slug/a">more</a>.</p>\n'
        '<img src="/q.png" alt="Quay">\n<pre><code class="language-py">a&lt;b</code></pre>\n'
        '<a href="https://www.youtube.com/watch?v=a1">https://www.youtube.com/watch?v=a1</a>\n<script>x()</script>\n',
        "/posts/a/",
    ),
}


@pytest.mark.parametrize("name", HTML_BODIES)
def test_a_body_of_html_becomes_markdown(tmp_path, name):
    """A post in HTML, and what its tags mean, is Markdown; what runs is left out, and told by its line."""
    files, path, text, address = HTML_BODIES[name]
    root = site(tmp_path, **files, **{path: text})
    if name != "jekyll":
        (root / "_config.yml").unlink()
    found = sites.find(root)
    assert found.NAME.lower() == name
    article = next(item for item in found.read(Folder(root)) if isinstance(item, Article) and item.title == "B")
    assert article.body.split("\n\n") == [
        rf"Two **boats** & \[one] [more]({address}).",
        "![Quay](/q.png)",
        "```py\na<b\n```",
        "[https://www.youtube.com/watch?v=a1](https://www.youtube.com/watch?v=a1)",
    ]
    assert [(left.line, left.text) for left in article.dropped] == [(text.count("\n"), "<script>")]


@pytest.mark.parametrize(
    ("files", "path", "kind"),
    [
        ({".eleventy.js": "", "posts/a.md": "A."}, "index.njk", "template"),
        ({".eleventy.js": "", "posts/a.md": "A."}, "posts/b.html", "template"),
    ],
)
def test_what_is_not_read_is_named(tmp_path, files, path, kind):
    """A file that the old generator made a page of, and that is not read, is named with a way out."""
    root = site(tmp_path, **files, **{path: "<p>B.</p>"})
    (root / "_config.yml").unlink()
    left = [item for item in sites.find(root).read(Folder(root)) if isinstance(item, Skipped)]
    assert [(item.kind, item.name) for item in left] == [(kind, path)]
    assert "import" in left[0].reason + left[0].fix


@pytest.mark.parametrize(
    ("config", "text"),
    [
        ("title: T\n", "---\ntitle: A\n---\nSee [it](http://[x) and ![y](http://[x/y.png).\n"),
        ("title: T\n", "---\ntitle: A\nimage: 'http://[x'\n---\nText.\n"),
        ("title: T\nurl: 'http://[x'\n", "---\ntitle: A\n---\nText.\n"),
    ],
)
def test_what_is_no_address_stops_nothing(tmp_path, config, text):
    """An address that none can be is left as it is, and the articles after it are read."""
    root = site(tmp_path, **{"_config.yml": config, "_posts/2020-01-01-a.md": text, "_posts/2020-01-02-b.md": "B."})
    found = [item for item in sites.find(root).read(Folder(root)) if isinstance(item, Article)]
    assert [item.title for item in found] == ["A", "B"]
    assert not any("[x" in item.url for item in found)


def test_a_fault_of_ours_costs_one_file(tmp_path, monkeypatch):
    """Whatever goes wrong with one file is told of that file, and the others are read."""
    whole = jekyll._Jekyll.article

    def faulty(self, page):
        if page.name.endswith("a.md"):
            raise RuntimeError("no such luck")
        return whole(self, page)

    monkeypatch.setattr(jekyll._Jekyll, "article", faulty)
    posts = {f"_posts/2020-01-01-{name}.md": f"---\ntitle: {name}\n---\nText.\n" for name in "ab"}
    skipped, article = read(site(tmp_path, **posts))
    assert "no such luck" in skipped.reason
    assert article.title == "b"
