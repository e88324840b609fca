"""Parts of templates that are made once: the text is what Jinja alone would give, whatever comes in which order."""

# ruff: noqa: E501  # tables are read row by row

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Thing

import jinja2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jinja2.compiler import CodeGenerator

from generator.theme import once

LAW = {"deadline": None, "suppress_health_check": list(HealthCheck)}
PARTS = {
    "card.html": "<b>{{ card.title }}|{{ card.url }}|{{ site.title }}{{ t.more }}</b>",
    "css.html": "p { color: {{ site.extra.colour }} }",
    "page.html": "{{ page.title }}{{ site.title }}",
    "tree.html": "{{ card.title }}{% for card in card.others %}{% include 'tree.html' %}{% endfor %}{{ card.url }}",
    "macros.html": "{% macro story(card) %}<i>{{ card.title }}{{ site.title }}</i>{% endmacro %}",
    "base.html": (
        "{{ site.title }}<nav>{% for link in site.links %}<a href='{{ link.url }}'>{{ link.label }}</a>{% endfor %}"
        "</nav>{% block main %}{{ site.title }}{{ site.url }}{{ t.more }}{% endblock %}{{ page.title }}"
    ),
}
INLINE = (
    "{{ site.title }}", "{{ site.url|upper }}", "{{ t.more }}", "{{ asset('a.css') }}", "{{ page.title }}", "text <b>", "{{ card.title }}", "{{ card.title|e }}",
    "{{ card.title|safe }}", "{{ card.date.year }}", "{{ loop.index }}", "{{ '<' ~ site.title }}", "{% set x = site.title %}{{ x }}", "{{ x }}", "{{ [1, 2]|random and 1 }}",
    "{% include 'card.html' %}", "{% include 'css.html' %}", "{% include 'tree.html' %}", "{% include 'page.html' %}", "{{ m.story(card) }}", "{{ site.extra['colour'] }}", "{{ card }}", "{{ site.gone }}",
    "{% set site = page %}", "{{ namespace(a=1).a }}", "{{ page.number }}", "{{ none }}", "{{ site.title if page.number == 1 else t.more }}", "{{ undefined_name }}", "{{ super() }}",
    "{% with site = page %}{{ site.title }}{{ site.number }}{{ t.more }}{% endwith %}", "{% filter upper %}{{ site.title }}{{ site.url }}{{ t.more }}{% endfilter %}",
    "{% autoescape false %}{{ site.title }}{{ site.url }}{{ card.title }}{% endautoescape %}", "{% macro f(site) %}{{ site }}{{ t.more }}{{ asset('x') }}{% endmacro %}{{ f(1) }}{{ f('&') }}",
    "{% call m.story(card) %}{% endcall %}", "{% block b scoped %}{{ site.title }}{{ site.url }}{{ t.more }}{% endblock %}", "{{ self.b() }}",
)  # fmt: skip


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Loops and conditions about a text."""
    heads = st.sampled_from((
        ("{% for card in page.cards %}", "{% endfor %}"), ("{% for card in site.links %}", "{% else %}none{% endfor %}"), ("{% for site in page.cards %}", "{% endfor %}"),
        ("{% for t in site.links %}", "{% endfor %}"), ("{% for card in page.cards if card.number > 1 %}", "{% endfor %}"), ("{% for a, card in page.pairs %}", "{% endfor %}"),
        ("{% for card in card.others %}", "{% endfor %}"), ("{% if site.title %}", "{% endif %}"), ("{% if page.number == 1 %}", "{% else %}{{ site.url }}{{ site.title }}{{ t.more }}{% endif %}"),
        ("{% if false %}{% elif site.url %}", "{% endif %}"), ("{% for card in page.cards recursive %}", "{{ loop([]) }}{% endfor %}"),
    ))  # fmt: skip
    return st.builds(lambda head, text: head[0] + text + head[1], heads, inner)


texts = st.recursive(
    st.lists(st.sampled_from(INLINE), min_size=1, max_size=4).map("".join),
    lambda inner: st.lists(st.one_of(inner, around(inner)), min_size=1, max_size=3).map("".join),
    max_leaves=6,
)


def environment(generator: type[CodeGenerator], source: str) -> jinja2.Environment:
    """An environment as the theme's, with that generator."""

    class Own(jinja2.Environment):
        code_generator_class = generator
        kept = once.Kept()
        escaped = staticmethod(once.escaped)

    loader = jinja2.DictLoader({**PARTS, "x.html": '{% import "macros.html" as m with context %}' + source})
    made = Own(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    made.globals.update(t=Thing(more="More & more"), asset=lambda name: f"/assets/{name}")
    return made


def a_site(title: str) -> Thing:
    """A site with a title that has to be escaped."""
    links = [Thing(label=f"{title} {n}", url=f"/{n}/", title=f"<{n}>", number=n, others=[]) for n in range(3)]
    return Thing(title=title, url="/?a&b", links=links, extra={"colour": "red"})


def pages() -> list[dict[str, object]]:
    """Pages of two sites that share stories, as they come out of a build."""
    date = dt.date(2026, 1, 2)
    cards = [Thing(title=f"It’s <{n}>", url=f"/{n}?a&b", number=n, date=date, others=[]) for n in range(4)]
    cards[0].others = cards[1:]
    shown = [cards[:3], cards[1:] * 2, [], cards[::-1]]
    sites = [a_site("A & B"), a_site("C 'D'")]
    return [
        {
            "site": site,
            "page": Thing(title=f'P "{n}"', number=n, url="/p/", cards=chosen, pairs=[(1, card) for card in chosen]),
            "card": cards[n % 4],
        }
        for site in sites
        for n, chosen in enumerate(shown)
    ]


PAGES = pages()


def outcome(made: jinja2.Environment, values: dict[str, object]) -> str:
    """A page, or how it failed."""
    try:
        return made.get_template("x.html").render(values)
    except (jinja2.TemplateError, TypeError) as error:
        return f"{type(error).__name__}: {error}"


def assert_same(source: str) -> None:
    """Every page is what Jinja alone gives, the first time and again."""
    ours, theirs = environment(once.Generator, source), environment(CodeGenerator, source)
    for values in (*PAGES, *PAGES[::-1]):
        assert outcome(ours, values) == outcome(theirs, values), source


@settings(max_examples=300, **LAW)
@given(source=texts, extends=st.booleans())
@example(
    source="{% set n = namespace(a=1) %}{% for card in page.cards %}{% for x in [n] %}{{ x.a }}{{ x.a }}{{ x.a }}{% endfor %}{% set n.a = card.number %}{% endfor %}",
    extends=False,
)
@example(source="{% for card in page.cards %}{{ loop.index }}{{ card.title }}{{ card.url }}{% endfor %}", extends=False)
@example(source="{% for card in page.cards %}{{ card.title }}{{ card.url }}{{ site.title }}{% endfor %}", extends=False)
@example(source="{% for site in page.cards %}{{ site.title }}{{ site.url }}{{ t.more }}{% endfor %}", extends=False)
@example(source="{% for t in site.links %}{% include 'card.html' %}{% endfor %}", extends=False)
@example(
    source="{% for card in card.others %}{{ card.title }}{{ card.url }}{{ card.number }}{% endfor %}", extends=True
)
@example(
    source="{% if page.number %}{{ site.title }}{{ site.url }}{{ t.more }}{% endif %}{{ site.gone }}", extends=True
)
def test_a_page_is_what_jinja_alone_would_give(source, extends):
    """Whatever a template is made of, no page shows what was made for another one."""
    if extends:
        source = '{% extends "base.html" %}{% block main %}' + source + "{% endblock %}"
    assert_same(source)


def test_what_stands_on_every_page_is_made_once():
    """The section bar is asked for its links once, a story in three lists for its title once."""
    asked: list[str] = []

    class Watched(Thing):
        def __getattribute__(self, name: str) -> object:
            if name in ("label", "title"):
                asked.append(name)
            return super().__getattribute__(name)

    site = Thing(links=[Watched(label="News", url="/news/")])
    card = Watched(title="Tide", url="/tide/", date="today")
    source = (
        "{% for link in site.links %}<a href='{{ link.url }}'>{{ link.label }}</a>{% endfor %}"
        "{% for card in page.cards %}{{ card.title }} {{ card.url }} {{ card.date }}{% endfor %}"
    )
    made = environment(once.Generator, source)
    for _ in range(3):
        assert "Tide /tide/ today" in outcome(made, {"site": site, "page": Thing(cards=[card])})
    assert sorted(asked) == ["label", "title"]


def test_only_so_many_parts_are_kept(monkeypatch):
    """Parts that never come again do not pile up."""
    monkeypatch.setattr(once, "_MOST", 10)
    made = environment(once.Generator, "{% for n in page.cards %}{{ n }}{{ n }}{{ n }}{% endfor %}")
    for start in range(0, 1_000_000, 100_000):
        assert outcome(made, {"page": Thing(cards=range(start, start + 5))}).startswith(str(start))
        assert len(made.kept._parts) <= 11


@pytest.mark.parametrize("value", ["", "a", "&", "<", ">", '"', "'", "a'b", jinja2.filters.Markup("<b>"), 1, None, 1.5])
def test_escaped(value):
    """Every value is escaped as Jinja does it."""
    assert once.escaped(value) == jinja2.filters.escape(value)
