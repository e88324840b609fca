"""What a saved page holds: posts of a front page, a file of text, or an article whose page says false things too."""

from functools import partial
from io import BytesIO

import pytest

from generator.importer import page
from generator.importer.formats import html_page
from generator.importer.sources import RawSource

TEXT = "<p>The lamp on the mole has been mended by the harbour office.</p><p>It will be lit on Sunday evening.</p>"
LONG = f"<p>{'The keeper rowed out to the rock once more, and came back wet. ' * 4}</p><p>{'So did his dog. ' * 4}</p>"


def saved(html):
    """What a page holds."""
    data = html if isinstance(html, bytes) else html.encode()
    return list(html_page.read(RawSource("page.html", "page.html", partial(BytesIO, data))))


def only(html):
    """The one article of a page."""
    (found,) = saved(html)
    return found


def post(title, text=LONG, *, day="2019-05-0{}", tag="orange", href="/2019/05/{}.html", number=1):
    """A post of a front page."""
    time = f'<time datetime="{day.format(number)}">Posted</time>' if day else ""
    return (
        f'<article class="hentry"><h2 class="entry-title"><a href="{href.format(number)}">{title}</a></h2>{time}'
        f'<div class="entry-content">{text}</div><footer>By <span class="author">Ada Mol</span>'
        f'<a rel="tag" href="/tag/{tag}">{tag}</a></footer></article>'
    )


def front(*posts, head='<link rel="canonical" href="https://mole.example/">', below=""):
    """A front page."""
    return (
        f'<!doctype html><html lang="en"><head><title>Mole Diary</title>{head}</head><body><h1>Mole Diary</h1>'
        f"<div>{''.join(posts)}</div><aside><h3>About</h3><p>Three people and a lamp, since the winter of 2004.</p>"
        f"</aside>{below}</body></html>"
    )


def test_a_front_page_gives_each_of_its_posts():
    """Posts that look alike, each whole and with a headline, an address and a day of its own, are articles each."""
    found = saved(front(post("Wet again"), post("Fog: a list", number=2, tag="fog"), post("Rope", number=3)))
    assert [(article.title, str(article.date)) for article in found] == [
        ("Wet again", "2019-05-01"), ("Fog: a list", "2019-05-02"), ("Rope", "2019-05-03"),
    ]  # fmt: skip
    assert [article.tags for article in found] == [("orange",), ("fog",), ("orange",)]
    assert {article.authors for article in found} == {("Ada Mol",)}
    assert [article.url for article in found] == [f"https://mole.example/2019/05/{number}.html" for number in (1, 2, 3)]
    assert {article.language for article in found} == {"en"}
    assert all(article.body.startswith("The keeper rowed") for article in found)
    assert len({article.digest for article in found}) == 3
    assert any("Three people and a lamp" in dropped.text for dropped in found[0].dropped)


def test_a_day_above_posts_is_that_of_all_below_it():
    """Where a page writes the day once above its posts, each of these has it."""
    posts = [post(title, day="", number=number) for number, title in enumerate(("Wet again", "Fog", "Rope"), 1)]
    day = "<h2 class='date-header'>{} May 2019</h2>"
    found = saved(front(day.format(9), *posts[:2], day.format(7), posts[2]))
    assert [str(article.date) for article in found] == ["2019-05-09", "2019-05-09", "2019-05-07"]


ONE = '<link rel="canonical" href="https://mole.example/2019/05/1.html">'


def test_posts_whose_paragraphs_are_parted_by_breaks():
    """Two breaks end a paragraph as a tag does, and a post has several where a teaser has one."""
    text = "{0}<br><br>{0}".format("The keeper rowed out to the rock once more, and came back wet again. " * 2)
    assert len(saved(front(post("Wet again", text), post("Fog", text, number=2)))) == 2
    text = text.replace("<br>", " ")
    assert len(saved(front(post("Wet again", text), post("Fog", text, number=2)))) == 1


def test_a_post_that_is_not_whole_is_told():
    """Below whole posts one that ends with a link to its rest is no article, and the import says so."""
    *whole, rest = saved(front(post("Wet again"), post("Rope", number=3), post("Fog", MORE, number=2)))
    assert [article.title for article in whole] == ["Wet again", "Rope"]
    assert rest.name == "Fog"
    assert "not whole" in rest.reason
    assert rest.fix


MORE = f"{LONG}<a class='more-link' href='/2019/05/2.html'>Continue reading</a>"


THEMES = {
    "sidebar-of-2010": (
        '<div class="post type-post hentry"><h2 class="entry-title"><a href="/?p={0}">{1}</a></h2>'
        '<div class="entry-meta"><span class="meta-prep meta-prep-author">Posted on</span> <a href="/?p={0}" '
        'rel="bookmark">May {0}, 2011</a> by <span class="author vcard"><a class="url fn n">Ada Mol</a></span></div>'
        '<div class="entry-content">{2}</div><a href="/?p={0}#respond">Leave a comment</a></div>'
    ),
    "permalink-in-the-foot": (
        '<h2 class="date-header">Monday, May {0}, 2011</h2><div class="post"><h3 class="post-title">{1}</h3>'
        '<div class="post-body">{2}</div><p class="post-footer">posted by Ada Mol @ '
        '<a href="https://mole.example/2011/05/{0}.html" title="permanent link">7:48 PM</a></p></div>'
    ),
    "plain": '<article><h2><a href="/posts/{0}/">{1}</a></h2><p>{0} May 2011 · Ada Mol</p>{2}</article>',
}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_front_pages_of_other_themes(theme):
    """Whatever marks a post, its headline leads to it or its foot does, and it has day and byline of its own."""
    titles = {8: "Wet again", 7: "Fog", 5: "Rope"}
    found = saved(front(*(theme.format(number, title, LONG) for number, title in titles.items())))
    assert {article.date.day: article.title for article in found} == titles
    assert {article.authors for article in found} == {("Ada Mol",)}
    assert all(article.body.startswith("The keeper") and article.body.endswith("dog.") for article in found)


@pytest.mark.parametrize(
    "html",
    [
        front(post("Wet again"), post("Fog", number=2), head=ONE),
        front(post("Wet again"), post("Fog", number=2), head='<meta property="og:type" content="article">'),
        front(post("Wet again"), post("Fog", MORE, number=2)),
        front(post("Wet again"), post("Fog", f"<p>{'Fog over the mole ' * 20}…</p>", number=2)),
        front(post("Wet again"), post("Fog", day="", number=2)),
        front(*(post("Wet", f"<p>{'The rope is wet, and long. ' * 8}</p>", number=number) for number in range(1, 5))),
        front(post("18:40", href="#{}"), post("18:20", href="#{}", number=2)),
        front(post("18:40", href="/live?entry={}"), post("18:20", href="/live?entry={}", number=2)),
        front(post("Wet again"), post("Fog", number=2), below=f"<div><h2>Rope</h2>{LONG * 4}</div>"),
    ],
    ids=[
        "is-the-first",
        "says-article",
        "more",
        "ellipsis",
        "undated",
        "teasers",
        "live",
        "live-address",
        "below-a-text",
    ],
)
def test_one_article_stays_one(html):
    """A page about one of its posts is not cut, nor a live blog, nor one with teasers or posts below its own text."""
    assert len(saved(html)) == 1


def test_a_file_of_text_that_a_browser_saved():
    """What browsers wrap in a single `pre` is read as a text file, with the lines of its paragraphs joined."""
    text = "Lamp on the mole mended\n\n9 May 2023\n\n" + "The harbour office has mended the lamp on\nthe mole. " * 5
    found = only(f"<html><head></head><body><pre>{text}</pre></body></html>")
    assert (found.title, str(found.date)) == ("Lamp on the mole mended", "2023-05-09")
    assert "```" not in found.body
    assert "lamp on the mole" in found.body
    assert "    lamp" in only(f"<title>Lamp</title><h1>Lamp mended</h1>{TEXT}<pre>    lamp --on</pre>").body


def test_a_page_that_does_not_write_its_body():
    """A page may leave out the tags of head and body: the first element of a text ends the head."""
    parts = "<!doctype html><title>Lamp</title><meta name=author content='Ada Mol'>{}<article><h1>Lamp is mended</h1>{}"
    for above in ("", "<header><a href=/>The Mole Post</a></header>"):
        found = only(parts.format(above, TEXT))
        assert (found.title, found.authors) == ("Lamp is mended", ("Ada Mol",))
        assert found.body.startswith("The lamp on the mole")


def test_of_two_encodings_the_one_that_bytes_can_be():
    """A page that calls itself UTF-8 in one place and is not is read by what it says in the other."""
    head = '<?xml version="1.0" encoding="UTF-8"?><html><head><meta charset="Shift_JIS"><title>灯台①</title></head>'
    assert only(f"{head}<h1>沖の灯台①を直す</h1>{TEXT}".encode("cp932")).title == "沖の灯台①を直す"


@pytest.mark.parametrize("headline", ['The "lamp" is lit', 'A keeper\'s "lamp"', '"Lamp", \\"he\\" said'])
def test_broken_json_ld_is_understood(headline):
    """Quotation marks that a template did not escape, and commas too many, hide neither author nor day."""
    script = (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}",\n'
        '"datePublished": "2023-05-09", "keywords": ["fog", "lamp",], "author": {"name": "Ana Flores"},}</script>'
    )
    found = only(f"<title>Lamp</title><meta name=date content=2023-06-01>{script}<h1>Lamp</h1>{TEXT}")
    is_told = headline != '"Lamp", \\"he\\" said'  # ends like a text of JSON: not to be understood
    assert (found.authors == ("Ana Flores",)) is is_told
    assert (str(found.date) == "2023-05-09") is is_told


def test_a_shared_title_that_is_the_sites_is_none():
    """A plugin that shares the name of the site as the title of every page hides no headline, nor does another one."""
    site = '<meta property="og:site_name" content="The Mole Post"><meta property="og:title" content="{}">'
    logo = '<a href="/"><img src="/logo.png" alt="The Mole Post"></a>'
    head = "<title>Lamp is mended – The Mole Post</title>"
    for shared in (site.format("The Mole Post"), '<meta property="og:title" content="The Mole Post">'):
        assert only(f"{head}{shared}{logo}<h1>Lamp is mended</h1>{TEXT}").title == "Lamp is mended"
    named = "<title>The Mole Post</title><meta property=og:title content='The Mole Post'>"
    assert only(f"{named}{logo}<h1>Lamp is mended</h1>{TEXT}").title == "Lamp is mended"
    line = "<div class=top>Lamp is mended</div>"
    assert only(f"{head}<meta property=og:title content='Mole of ours'>{line}{TEXT}").title == "Lamp is mended"
    found = only(f"{head}{site.format('You will not believe this lamp')}{logo}<h1>Lamp is mended</h1>{TEXT}")
    assert found.title == "Lamp is mended"


@pytest.mark.parametrize("title", ["Lamp lit - Ada on lamps", "Ada on lamps"])
def test_the_name_of_a_site_above_its_article(title):
    """Of a heading with the name of the site and one in the article that the title or a day tells, the latter leads."""
    text = f"<article><h2>Lamp lit</h2><p>9 May 2023</p>{TEXT}<h2>Oil</h2>{TEXT}</article>"
    assert only(f"<title>{title}</title><div><h1>Ada on lamps</h1></div>{text}").title == "Lamp lit"
    more = "<article><h3><a href=/x>Lamp lit</a></h3><p>9 May 2023</p></article>"
    assert only(f"<title>Lamp is out</title><div><h1>Lamp is out</h1>{TEXT * 3}</div>{more}").title == "Lamp is out"


def test_an_account_is_no_author():
    """Whom the head of a page alone names gives way to whom the page shows."""
    account = '<meta name="author" content="Super User">'
    byline = '<p class="byline">By <a rel="author" href="/ada">Ada Mol</a></p>'
    assert only(f"<title>Lamp</title>{account}<h1>Lamp is mended</h1>{byline}{TEXT}").authors == ("Ada Mol",)
    assert only(f"<title>Lamp</title>{account}<h1>Lamp is mended</h1>{TEXT}").authors == ("Super User",)
    site = '{"@type": "Article", "headline": "Lamp is mended", "author": "The Mole Post"}'
    head = f'<meta property="og:site_name" content="The Mole Post"><script type="application/ld+json">{site}</script>'
    head += '<meta name="author" content="Ada Mol">'
    assert only(f"<title>Lamp</title>{head}<h1>Lamp is mended</h1><i>Ada Mol</i>{TEXT}").authors == ("Ada Mol",)


def test_tags_whose_addresses_say_from_where_one_came():
    """A link leads to a tag whatever stands behind its address."""
    tags = "".join(f"<div><a href='/tag/{name}?source=post_page'>{name.title()}</a></div>" for name in ("fog", "rope"))
    assert only(f"<title>Lamp</title><h1>Lamp is mended</h1>{LONG}<div>{tags}</div>").tags == ("Fog", "Rope")


def test_a_page_without_headings():
    """Where the title is the name of the site, the line above the first byline or day is the headline."""
    head = (
        "<font><b>COUNTY</b></font><br><font size=5><b>Lamp is mended</b></font><br><i>By Ada Mol<br>Staff Writer</i>"
    )
    day = "<br><font size=1>Published May 9, 2001</font>"
    found = only(f"<title>The Mole Post Online</title><table><tr><td>{head}{day}{LONG}</td></tr></table>")
    assert (found.title, found.authors, str(found.date)) == ("Lamp is mended", ("Ada Mol",), "2001-05-09")
    assert found.body.startswith("The keeper rowed")


def test_a_break_in_a_headline():
    """It parts words, and the headline is not in the text again."""
    found = only(f"<title>A lamp is lit</title><div><h1>A lamp<br>is lit</h1>{TEXT}</div>")
    assert found.title == "A lamp is lit"
    assert found.body.startswith("The lamp on the mole")


def test_the_heads_of_parts_of_a_text():
    """Below the first paragraph a head is that of a part: its heading stays, and its hour goes."""
    parts = "".join(
        f"<section><header><time>18:{hour}</time><h2>Hour {hour}</h2></header>{LONG}</section>" for hour in (40, 20)
    )
    found = only(f"<title>Lamp</title><article><header><h1>Lamp is mended</h1></header>{TEXT}{parts}</article>").body
    assert "## Hour 40" in found
    assert "## Hour 20" in found
    assert "18:40" not in found


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("<small>Sunday, 9 May 2004, by <a href=/ada>Ada Mol</a></small>", ["Ada Mol"]),
        ("<div>by Ada Mol<br>Posted May 9, 2001</div>", ["Ada Mol"]),
        ("<i>By Ada Mol<br>Harbour Staff Writer</i>", ["Ada Mol"]),
        ("<ul><li><span data-hook='user-name'>Ada Mol</span></li><li>9 May 2016</li></ul>", ["Ada Mol"]),
        ("<p>By <a href=/a>Ada Mol</a> (now) and <a href=/b>Ben Oak</a> (earlier)</p>", ["Ada Mol", "Ben Oak"]),
        ("<div><a rel=author href=/a>Ada Mol</a>; <a rel=author href=/b>Ben Oak</a></div>", ["Ada Mol", "Ben Oak"]),
        ("<p><span class=meta-author>Posted on</span> 9 May by <b class=author>Ada Mol</b></p>", ["Ada Mol"]),
        ("<p class=by>posted by Ada Mol @ 7:48 PM</p>", ["Ada Mol"]),
    ],
)  # fmt: skip
def test_bylines_as_pages_write_them(byline, authors):
    """Behind a day, above a break, by a name for scripts, with notes in brackets, or several marked alike."""
    assert list(only(f"<title>Lamp</title><h1>Lamp is mended</h1>{byline}<main>{LONG * 2}</main>").authors) == authors


def test_the_picture_that_a_page_shows_leads():
    """A large picture between headline and text comes before a logo, and before one that the page only shares."""
    shown = '<div><img src="https://e.org/lamp.jpg" width="1024" alt="A lamp"></div>'
    for shared in ("logo.png", "card.png"):
        head = f'<title>Lamp</title><meta property="og:image" content="https://e.org/{shared}"><h1>Lamp is mended</h1>'
        found = only(f"{head}{shown}<div class='article-body'>{TEXT}</div>").image
        assert (found.src, found.alt) == ("https://e.org/lamp.jpg", "A lamp")
    assert only(f"{head}<div class='article-body'>{TEXT}</div>").image.src == "https://e.org/card.png"


def test_a_picture_that_is_said_to_be_in_front():
    """It leads though it has no size and its caption is no `figcaption`."""
    cover = (
        '<div class="post__cover"><img src="data:image/gif;base64,R0" data-src="https://e.org/lamp.jpg" alt="A lamp">'
        '<div class="post__cover-caption">Lit on Sunday. <span>Фото: Mia Lund</span></div></div>'
    )
    found = only(f"<title>Lamp</title><h1>Lamp is mended</h1>{cover}<div class='article-body'>{TEXT}</div>").image
    assert (found.src, found.alt) == ("https://e.org/lamp.jpg", "A lamp")
    assert (found.caption, found.credit) == ("Lit on Sunday.", "Mia Lund")
    above = '<article><div class="featured-image"><img src="https://e.org/lamp.jpg"></div><h1>Lamp is mended</h1>'
    assert (
        only(f"<title>Lamp</title>{above}<div class='article-body'>{TEXT}</div></article>").image.src[-8:] == "lamp.jpg"
    )


def test_the_lines_above_a_lead_picture():
    """A picture below a line with two days is the lead picture, and the line is none of the text."""
    figure = '<figure><img src="https://e.org/lamp.jpg"><figcaption>Lit</figcaption></figure>'
    head = f'<title>Lamp</title><meta property="og:image" content="https://e.org/lamp.jpg">{"<p>Mole</p>" * 2}'
    lines = "<h1>Lamp is mended</h1><p>Published 9 May 2023 at 18:40 Updated 10 May 2023 at 09:00</p>"
    found = only(f"{head}<article>{lines}{figure}{TEXT}</article>")
    assert (found.image.src, found.image.caption) == ("https://e.org/lamp.jpg", "Lit")
    assert found.body.startswith("The lamp on the mole")


def test_the_sentence_between_headline_and_text_is_the_standfirst():
    """Where a page says nothing of itself, what stands there in a whole sentence does; a caption does not."""
    deck, caption = "For nine years nobody climbed the mole after dark.", "The mole and its lamp, on Sunday evening."
    parts = f"<div class=caption>{caption * 2}</div><div class=x>{deck * 2}</div><main>{LONG * 3}</main>"
    assert only(f"<title>Lamp</title><h1>Lamp is mended</h1>{parts}").summary == deck * 2
    assert (
        only(f"<title>Lamp</title><meta name=description content='{caption}'><h1>Lamp</h1>{parts}").summary == caption
    )
    assert only(f"<title>Lamp</title><div><h1>Lamp is mended</h1><p>{deck * 2}</p>{LONG * 3}</div>").summary is None


def test_a_page_built_of_widgets():
    """Where the text is in widgets, each is a part of it, but for those that have another name of the page."""
    widget = '<div class="widget widget-{}"><div>{}</div></div>'
    parts = (("text", LONG * 3), ("heading", "<h2>Dry at last</h2>"), ("video", "<iframe src='https://www.youtube.com/embed/a1b2c3d4'></iframe>"),
             ("share", "<p>Send it to all of your friends on the other side of the harbour</p>"),
             ("text", "<p>So the rope is dry, and nobody knows for how long.</p>"))  # fmt: skip
    body = "".join(widget.format(*part) for part in parts)
    found = only(f"<title>Rope</title><h1>A rope is dry</h1><div>{body}</div>").body
    assert "So the rope is dry" in found
    assert "## Dry at last" in found
    assert "watch?v=a1b2c3d4" in found
    assert "Send it" not in found
    side = widget.format("text", "<p>We meet on Mondays in the loft above the fish hall, all of us.</p>")
    assert "loft" not in only(f"<title>Rope</title><h1>A rope is dry</h1><div>{LONG * 2}{side}</div>").body


def test_a_film_at_the_end_of_a_text():
    """A frame that ends a text is a link to what it shows, not a button of the page."""
    frame = "<amp-youtube data-videoid='a1b2c3d4'></amp-youtube>"
    button = "<p><a href='https://www.youtube.com/@mole'>YouTube</a></p>"
    found = only(f"<title>Lamp</title><h1>Lamp is mended</h1>{TEXT}{frame}{button}").body
    assert found.rstrip().endswith("[YouTube](https://www.youtube.com/watch?v=a1b2c3d4)")


@pytest.mark.parametrize(
    "html",
    [
        "<article class=hentry>" * 1_500 + LONG * 1_000,
        "".join(post("Wet", day="2019-05-01", number=number) for number in range(400)),
        '<script type="application/ld+json">{"headline": "' + '"a" ' * 100_000 + "</script>" + LONG,
    ],
    ids=["nested", "many", "marks"],
)
def test_hostile_front_pages_take_bounded_time(html):
    """Many posts, or ones within each other, and broken JSON are read in a time that grows as the page does."""
    import time

    started = time.process_time()
    assert list(page.Saved(f"<!doctype html><title>Mole</title><body>{html}".encode()).articles())
    assert time.process_time() - started < 10
