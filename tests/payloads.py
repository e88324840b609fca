"""Goal S1: what an attacker would write, and a site that has it in every field that a stranger could fill."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

from lxml import etree
from shell import dateline
from support import NOW, SiteFixture

from generator import content
from generator.content.fields import KEYS
from generator.content.keys import OF_AUTHORS, OF_AUTHORS_ALONE
from generator.model.document import Correction, Image, Profile, Source
from generator.records import fields

_ENDS = (
    "", '">', "'>", '" ', "' ", "</title>", "</script>", "</style>", "-->", "]]>", "</textarea>", "</noscript>",
    "</svg>", '\\">', "*/",
)  # fmt: skip
"""What ends the place in which a text stands: a tag, an attribute, a string, a comment, a style sheet."""

_ACTS = (
    "<script>hit()</script>", "<img src=x: onerror=hit()>", "<svg onload=hit()>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>", "<details open ontoggle=hit()>x</details>",
    "<a href=javascript:hit()>x</a>", "<script src='data:text/javascript,hit()'></script>",
    "onfocus=hit() autofocus tabindex=1 x=",
)  # fmt: skip
"""What acts once it is there."""

_ODD = (
    "javascript:hit()", "JaVaScRiPt:hit()", " \x01javascript:hit()", "java\tscript:hit()", "java\nscript:hit()",
    "javascript&colon;hit()", "&#106;avascript:hit()", "javascript://example.org/%0ahit()", "javascript:hit()//@x",
    "data:text/html,<script>hit()</script>", "'-hit()-'", '"-hit()-"', '\\"-hit()//', "`${hit()}`",
    "</ScRiPt\n><ScRiPt>hit()//", "<scr<script>ipt>hit()</script>", "<svg><script>hit()</script></svg>",
    "<svg><a xlink:href='javascript:hit()'><text>x", "<!--><img src=x: onerror=hit()>-->",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x: onerror=hit()&gt;'>",
    "<noscript><p title='</noscript><img src=x: onerror=hit()>'>",
    "<form action=javascript:hit()><input type=submit autofocus>",
    "<form><button formaction=javascript:hit()>x</button>",
    "<meta http-equiv=refresh content='0;url=data:text/html,x'>", "<base href='//evil.example/'>",
    "<object data='data:text/html,x'></object>", "<embed src='data:text/html,x'>",
    "<link rel=stylesheet href='data:text/css,*{color:red}'>", "<style>*{color:red}</style>",
    "<p style='position:fixed;inset:0'>x</p>",
)  # fmt: skip

PAYLOADS = (*_ODD, *(end + act for end, act in product(_ENDS, _ACTS)))
"""All 150."""

QUICK = (*_ODD[:25:2], *PAYLOADS[len(_ODD) :: 5], *_ODD[25:28])
"""Forty of them, with every end and every act."""

_FORMS = (
    "[x]({})", "[x](<{}>)", '[x](/ "{}")', "![{}](/x.png)", "![x]({})", "<{}>", "[x][r{n}]\n\n[r{n}]: {}",
    "| a |\n|---|\n| {} |", "```\n{}\n```", "`{}`", "## {}", "x[^n{n}]\n\n[^n{n}]: {}", "HTML{n}\n\n*[HTML{n}]: {}",
    "x\n{: {} }", 'x\n{: title="{}" }', "T\n:   {}", "> {}", "<p title='{}'>x</p>", '<a href="{}">x</a>',
    '<img src="{}" alt="{}">', '<div markdown="1">{}</div>', "<b>{}", "{}",
)  # fmt: skip
"""Ways into a body. One payload may swallow what follows, so the barest stand last."""


def body(payload: str) -> str:
    """A text that has the payload in every construct of Markdown."""
    return "\n\n".join(form.replace("{n}", str(n)).replace("{}", payload) for n, form in enumerate(_FORMS))


def article(front: dict[str, object], text: str = "Text.") -> bytes:
    """A file with JSON front matter, through which every character gets."""
    return (json.dumps(front) + f"\n\n{text}\n").encode("utf-8", "replace")


def _spellings(key: str, text: str) -> Iterator[object]:
    """Values that have the text in a key, in the order in which they are to be tried."""
    nested = ("https://example.org/x",) if key in ("image", "source", "links") else ()
    for tried in (text, f"/old/{text}", f"https://example.org/{text}", f'"{text}"@example.org', *nested):
        match key:
            case "aliases" | "tags" | "authors":
                yield [tried]
            case "image":
                yield {spec.name: tried if spec.name == "src" else text for spec in fields(Image)}
            case "corrections":
                values = {"date": "2026-03-01", "kind": "correction"}
                yield [{spec.name: values.get(spec.name, text) for spec in fields(Correction)}]
            case "source":
                values = {"url": tried, "retrieved": "2026-01-01"}
                yield {spec.name: values.get(spec.name, text) for spec in fields(Source)}
            case "links":
                yield [{spec.name: tried if spec.name == "url" else text for spec in fields(Profile)}]
            case "extra":
                yield {"word": text, "list": [text], "table": {text: text}}
            case _:
                yield tried


@cache
def value(key: str, text: str) -> object:
    """The first value of a key with the text in it that an article may have; None where there is none."""
    folder = "authors" if key in OF_AUTHORS_ALONE else "posts"
    for tried in _spellings(key, text):
        front = {"title": "T", **({} if folder == "authors" else {"date": "2026-01-02"}), key: tried}
        if not content.parse(article(front), f"content/{folder}/x.md").problems:
            return tried
    return None


def _front(keys: tuple[str, ...], text: str, **more: object) -> dict[str, object]:
    taken = {key: found for key in keys if (found := value(key, text)) is not None}
    return {"date": "2026-01-02", **taken, **more}


_OF_POSTS = tuple(key for key in KEYS if key not in (*OF_AUTHORS_ALONE, "permalink", "date", "status", "expires"))
_RETRACTED = {"date": "2026-03-01", "kind": "retraction"}


def documents(number: int, text: str) -> dict[str, bytes]:
    """What one payload comes to: stories, one withdrawn, one with all that is refused, a page, an author."""
    refused = {key: found for key in KEYS if value(key, text) is None for found in [next(_spellings(key, text))]}
    author, whole = _front(OF_AUTHORS, text), _front(_OF_POSTS, text)
    del author["date"]
    whole["id"] = f"{whole.get('id', 'id')}-{number}"  # spellings of one address may come to one id
    made = {
        "posts/whole": article(whole, body(text)),
        "posts/placed": article(_front(("title", "permalink", "tags", "authors", "series", "section"), text), text),
        "posts/gone": article(
            {**_front(("title", "aliases"), text), "status": "withdrawn", "corrections": [{**_RETRACTED, "text": text}]}
        ),
        "posts/refused": article({"title": text, "date": "2026-01-02", **refused}),
        "pages/page": article(_front(("title", "summary"), text), f"{text}\n\n{body(text)}"),
        "authors/author": article(author, body(text)),
    }
    return {f"content/{name}-{number}.md": data for name, data in made.items()}


def hostile(payloads: tuple[str, ...], theme: str) -> dict[str, bytes]:
    """A site with each payload in every field of articles, pages and authors, and in bodies."""
    settings = f'title = "T"\nbase_url = "https://example.org"\ntheme = "{theme}"\n[feeds]\nitems = 1000\n'
    found = {"site.toml": settings.encode()}
    for number, text in enumerate(payloads):
        found.update(documents(number, text))
    return found


def settings(payloads: tuple[str, ...], theme: str) -> dict[str, bytes]:
    """A site whose settings have payloads: in each word that a reader sees, in sections, in the navigation."""
    payloads = tuple(" ".join(re.sub(r"[\x00-\x1f]", " ", text).split()) for text in payloads)  # others are refused
    whole = json.dumps(" ".join(payloads))
    lines = [
        *(f"{key} = {whole}" for key in ("title", "description", "copyright")),
        f'base_url = "https://example.org"\ntheme = "{theme}"\n[sections]',
        *(f"s{number} = {json.dumps(text)}" for number, text in enumerate(payloads)),
        *(f"[[navigation]]\nlabel = {json.dumps(text)}\nurl = {json.dumps('#' + text)}" for text in payloads),
        f"[extra]\nword = {whole}",
    ]
    posts = {
        f"content/posts/p{number}.md": article({"title": "P", "date": "2026-01-02", "section": f"s{number}"})
        for number in range(len(payloads))
    }
    return {"site.toml": "\n".join(lines).encode(), **posts}


def pieces(path: Path) -> Iterator[str]:
    """The pieces of HTML that a feed carries."""
    if path.suffix == ".json":
        yield from (item["content_html"] for item in json.loads(path.read_bytes())["items"] if "content_html" in item)
        return
    root = etree.parse(path, etree.XMLParser(resolve_entities=False)).getroot()
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    yield from (
        element.text for element in (*root.iter(content), *root.iterfind(".//item/description")) if element.text
    )
    yield from (element.text for element in root.iter("{*}*") if element.get("type") == "html" and element.text)


def tools(made: SiteFixture, folder: Path) -> None:
    """Write the pages that Dateline's commands make: a comparison, a profile, the receipt of an import."""
    folder.mkdir()
    (made.root / "nothing").mkdir()
    (made.root / "nothing" / "index.html").write_text("<p>Nothing yet.</p>", "utf-8")
    now = ("--now", NOW.isoformat())
    dateline("diff", "-s", made.root, *now, "--against", made.root / "nothing", "--html", folder / "diff.html")
    dateline("build", "-s", made.root, *now, "-j", 1, "--fresh", "--profile", folder / "profile.html")
    receipt = folder / "receipt.html"
    dateline("import", raw(made), "-s", made.root, *now, "--dry-run", "--report", receipt)


def raw(made: SiteFixture) -> Path:
    """A file to import, with a payload in each column of each line."""
    lines = [
        {**dict.fromkeys(("title", "content", "author", "tags", "section", "summary"), text), "date": "2026-01-02"}
        | {"url": f"http://old.example/{number}/{text}"}
        for number, text in enumerate(QUICK)
    ]
    path = made.root / "raw.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


NAIVE = (
    '<!doctype html><title>{0}</title><meta name="description" content="{0}"><style>/* {0} */</style><!-- {0} -->\n'
    '<script type="application/ld+json">{{"x": "{0}"}}</script><p>{0}</p>',
    '<!doctype html><b title="{0}">x</b>',
    "<!doctype html><b title='{0}'>x</b>",
    "<!doctype html><b title={0}>x</b>",
    '<!doctype html><a href="{0}">x</a>',
    "<!doctype html><textarea>{0}</textarea>",
    "<!doctype html><noscript>{0}</noscript>",
    "<!doctype html><svg><title>{0}</title></svg>",
    '<!doctype html><script>var x = "{0}"</script>',
    "<!doctype html><script>var x = '{0}'</script>",
    "<!doctype html><script>var x = `{0}`</script>",
    "<!doctype html><p>{0}</p>",
)
"""Pages of a site that escapes nothing, on which a payload must be seen to act, or its test proves nothing."""
