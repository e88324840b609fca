"""The documentation names everything that there is, and its examples work."""

import inspect
import re
import shlex
import tomllib

import click
import msgspec
import pytest
from msgspec import NODEFAULT
from support import REPOSITORY, messages

from generator import config, content, theme
from generator.cli.commands import dateline
from generator.config import hosting
from generator.content.fields import KEYS
from generator.content.keys import OF_AUTHORS, OF_AUTHORS_ALONE
from generator.deploy import Accept
from generator.errors import SettingsError
from generator.model import cards, notices, views
from generator.model.document import Correction, CorrectionKind, FrontMatter, Image, Source, Status
from generator.records import asdict, fields

DOCS = REPOSITORY / "docs"
_CONTEXT = click.Context(dateline)
COMMANDS = {name: dateline.get_command(_CONTEXT, name) for name in dateline.list_commands(_CONTEXT)}
OPTIONS = [
    (name, spelling)
    for name, command in COMMANDS.items()
    for option in command.params
    if option.param_type_name == "option"
    for spelling in option.opts
]
VIEWS = [
    kind
    for module in (cards, views, notices)
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if kind.__module__ == module.__name__ and issubclass(kind, msgspec.Struct)
]
SETTINGS = {
    **{f"{spec.name}": spec for spec in fields(config.Settings) if spec.name not in ("markup", "feeds")},
    **{f"markup.{spec.name}": spec for spec in fields(config.Markup)},
    **{f"feeds.{spec.name}": spec for spec in fields(config.Feeds)},
}


def text(name):
    """One page of the documentation."""
    return (DOCS / name).read_text("utf-8")


def part(name, heading):
    """What stands under a heading, up to the next one of its level or above."""
    marks = heading.split(" ")[0]
    _, found, rest = f"\n{text(name)}".partition(f"\n{heading}\n")
    assert found, f"docs/{name} has no heading {heading!r}"
    return re.split(rf"\n#{{1,{len(marks)}}} ", _without_blocks(rest))[0]


def rows(table):
    """The cells of each row of the tables in a text; the code in the first cell is its key."""
    lines = re.findall(r"^\| (.*) \|$", table, re.MULTILINE)
    cells = [re.split(r"(?<!\\) ?\| ?", line) for line in lines]
    return {key[1]: row for row in cells if (key := re.search(r"`([^`]+)`", row[0]))}


def blocks(name, language):
    """The fenced examples of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text(name), re.MULTILINE | re.DOTALL)


def _without_blocks(page):
    return re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name):
    """Each command has a chapter in docs/commands.md and a line in its table."""
    assert part("commands.md", f"## `dateline {name}`")
    assert f"[`dateline {name}`](#dateline-{name})" in text("commands.md")


@pytest.mark.parametrize(("name", "spelling"), OPTIONS)
def test_every_option_is_documented(name, spelling):
    """Each spelling of each option begins a row of its command's table."""
    first_cells = [row[0] for row in rows(part("commands.md", f"## `dateline {name}`")).values()]
    spellings = {word for cell in first_cells for word in re.findall(r"`(-[\w-]+)", cell)}
    assert spelling in spellings


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_documented_that_is_gone(name):
    """Every row of a command's table is an option that the command has."""
    known = {spelling for owner, spelling in OPTIONS if owner == name} | {"-h", "--help"}
    cells = [row[0] for row in rows(part("commands.md", f"## `dateline {name}`")).values()]
    assert {word for cell in cells for word in re.findall(r"`(-[\w-]+)", cell)} == known


@pytest.mark.parametrize("code", ["0", "1", "2", "130"])
def test_every_exit_code_is_documented(code):
    """Each exit code has a row."""
    assert re.search(rf"^\| {code} \| \w", part("commands.md", "## Exit codes"), re.MULTILINE)


@pytest.mark.parametrize("line", re.findall(r"^\$ dateline (.*)$", text("commands.md"), re.MULTILINE))
def test_every_example_of_a_command_is_understood(line):
    """Each example line names a command, options that it has and values that they take."""
    name, *arguments = shlex.split(line)
    COMMANDS[name].make_context(name, arguments)


@pytest.mark.parametrize("key", SETTINGS)
def test_every_setting_is_documented_with_its_default(key):
    """Each key of site.toml has a row with its true default, and a chapter."""
    row = rows(part("settings.md", "## All keys"))[key]
    spec = SETTINGS[key]
    default = spec.default_factory() if spec.default_factory is not NODEFAULT else spec.default
    if default is NODEFAULT:
        assert row[2] == "required"
    else:
        written = tomllib.loads(f"x = {row[2].strip('`')}")["x"]
        assert written == (list(default) if isinstance(default, tuple) else default)
    anchor = re.search(r"\(#([\w-]+)\)", row[0])[1]
    assert re.search(rf"^##+ `{anchor}`$", text("settings.md"), re.MULTILINE)


@pytest.mark.parametrize("spec", fields(config.Deploy), ids=lambda spec: spec.name)
def test_every_key_of_a_place_is_documented_with_its_default(spec):
    """Each key of [deploy.NAME] has a row with its true default, and each kind names its own keys."""
    row = rows(part("deploy.md", "## All keys of a place"))[spec.name]
    if spec.default is NODEFAULT:
        assert row[2] == "required"
    else:
        written = tomllib.loads(f"x = {row[2].strip('`')}")["x"]
        assert written == (list(spec.default) if isinstance(spec.default, tuple) else spec.default)


def test_no_key_of_a_place_is_documented_that_is_gone():
    """The tables of keys and of kinds have what there is."""
    known = {spec.name for spec in fields(config.Deploy)}
    assert set(rows(part("deploy.md", "## All keys of a place"))) == known
    kinds = rows(part("deploy.md", "## Places"))
    assert {kind.strip('"'): tuple(re.findall(r"`(\w+)`", row[2])) for kind, row in kinds.items()} == {
        kind: needed for kind, (needed, _) in hosting.KINDS.items()
    }
    assert {kind.strip('"'): tuple(re.findall(r"`(\w+)`", row[3])) for kind, row in kinds.items()} == {
        kind: more for kind, (_, more) in hosting.KINDS.items()
    }
    assert tuple(name.strip('"') for name in rows(part("deploy.md", "## Redirects, types, caching, security"))) == (
        hosting.HOST_FILES
    )
    assert set(rows(part("deploy.md", "## What keeps a site from being published"))) == set(Accept)


@pytest.mark.parametrize("example", blocks("deploy.md", "toml"))
def test_every_example_of_a_place_is_valid(example):
    """Each TOML example makes a site.toml with the two required keys."""
    assert config.parse(f'title = "T"\nbase_url = "https://example.org"\n{example}').deploy


def test_no_setting_is_documented_that_is_gone():
    """The table of settings has no key beside the real ones."""
    assert set(rows(part("settings.md", "## All keys"))) == set(SETTINGS)


def test_every_key_of_a_navigation_entry_is_documented():
    """The chapter on navigation has a row for each key."""
    known = {f"navigation.{spec.name}" for spec in fields(config.NavigationEntry)}
    assert set(rows(part("settings.md", "## `navigation`"))) == known


@pytest.mark.parametrize("mode", config.RAW_HTML)
def test_every_mode_of_raw_html_is_documented(mode):
    """Each value of raw_html has a row."""
    assert f'"{mode}"' in rows(part("settings.md", "### `raw_html`"))


@pytest.mark.parametrize("example", blocks("settings.md", "toml"))
def test_every_example_of_settings_is_valid(example):
    """Each TOML example is a site.toml, or becomes one with the two required keys."""
    given = tomllib.loads(example)
    required = {"title": "T", "base_url": "https://example.org"}
    missing = [f'{key} = "{value}"\n' for key, value in required.items() if key not in given]
    assert config.parse("".join(missing) + example)


def test_every_key_of_front_matter_is_documented_in_order():
    """The table of keys has each key, in the order in which files are written."""
    assert tuple(rows(part("front-matter.md", "## All keys"))) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_front_matter_leads_to_its_chapter(key):
    """The link of each key leads to a heading."""
    anchor = re.search(r"\(#([\w-]+)\)", rows(part("front-matter.md", "## All keys"))[key][0])[1]
    assert anchor in _anchors("front-matter.md")


def _anchors(name):
    headings = re.findall(r"^#+ (.*)$", _without_blocks(text(name)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("## `image`", Image), ("## `updated` and `corrections`", Correction), ("## `source`", Source)],
)
def test_every_nested_key_is_documented(heading, kind):
    """The tables of image, corrections and source have each of their keys."""
    assert list(rows(part("front-matter.md", heading))) == [spec.name for spec in fields(kind)]


def test_every_key_of_author_files_is_documented():
    """The chapter on author files has a row for each key that one may have."""
    assert tuple(rows(part("front-matter.md", "## Author files"))) == OF_AUTHORS


def test_every_status_and_kind_of_correction_is_documented():
    """Each value that `status` and a correction's `kind` can have is named."""
    assert set(Status) <= set(rows(part("front-matter.md", "## What is published, and when")))
    kinds = rows(part("front-matter.md", "## `updated` and `corrections`"))["kind"][1]
    assert set(re.findall(r"`(\w+)`", kinds)) == set(CorrectionKind)


@pytest.mark.parametrize(
    "example", [block for language in ("yaml", "toml", "json") for block in blocks("front-matter.md", language)]
)
def test_every_example_of_front_matter_is_valid(example):
    """Each example of an article is read without an error or a warning."""
    folder = "authors" if "\nemail: " in example else "posts"
    parsed = content.parse(example.encode(), f"content/{folder}/x.md")
    assert [str(problem) for problem in parsed.problems] == []


BROKEN = {
    "content/posts/bridge.md": """\
        ---
        title: Bridge opens
        date: 23 November 2026
        tags: [transport]
        subtitle: After two years
        ---

        The bridge is open.
        """,
    "content/posts/council.md": """\
        ---
        title: Council: yes to the bridge
        date: 2026-11-22
        ---

        Nine votes to four.
        """,
    "content/posts/ferry.md": """\
        ---
        title: Ferry returns
        date: 2026-11-22
        ---

        See the [timetable](timetabel.pdf).
        """,
    "content/posts/timetable.pdf": "",
}


def test_the_example_of_problems_is_what_a_build_says(site):
    """The messages in docs/front-matter.md are those of a build, word for word."""
    example = text("front-matter.md").partition("## When something is wrong")[2].split("```")[1].removeprefix("text\n")
    assert "\n".join(messages(site(BROKEN).build())) == example.rstrip()


def test_the_example_of_wrong_settings_is_what_a_build_says():
    """The messages in docs/settings.md are those of a build, word for word."""
    with pytest.raises(SettingsError) as error:
        config.parse('title = "T"\nbase_url = "https://example.org"\ntitel = "T"\npage_size = "20"\n')
    assert f"{error.value}\n" == blocks("settings.md", "text")[0]


def test_one_example_uses_every_key_of_front_matter():
    """The example with everything leaves no key at its default, but `permalink` (`slug` stands) and authors'."""
    example = next(block for block in blocks("front-matter.md", "yaml") if "sha256" in block)
    front = content.parse(example.encode(), "content/posts/x.md").document.front
    untouched = {
        spec.name for spec in fields(FrontMatter) if getattr(front, spec.name) == getattr(FrontMatter(), spec.name)
    }
    assert untouched == {"permalink", "status", *OF_AUTHORS_ALONE}
    assert all(asdict(front.image).values())
    assert all(asdict(front.source).values())


@pytest.mark.parametrize("kind", VIEWS)
def test_every_view_is_documented_field_by_field(kind):
    """Each view has a table with its fields in their order."""
    _, found, rest = text("themes.md").partition("<!-- views: begin")
    inner, end, _ = rest.partition("<!-- views: end -->")
    assert found
    assert end
    assert f"\n### {kind.__name__}\n" in inner
    assert list(rows(part("themes.md", f"### {kind.__name__}"))) == list(kind.__struct_fields__)


def test_every_kind_of_page_is_documented():
    """The list of page kinds is complete and in order."""
    named = re.findall(r"`([a-z-]+)`", part("themes.md", "### Kinds of pages"))
    assert named == list(views.PageKind)


def test_every_need_is_documented():
    """The table of needs has what theme.toml may ask for, and nothing else."""
    table = rows(part("themes.md", "## theme.toml"))
    assert all(theme.NEEDS.fullmatch(need.replace("N", "3")) for need in table)
    assert {need.removesuffix(":N") for need in table} == set(re.findall(r"[a-z]{2,}(?:-[a-z]+)*", theme.NEEDS.pattern))


def test_every_template_is_documented():
    """The table of templates has each that a theme must bring, and each that it may."""
    assert list(rows(part("themes.md", "## Templates"))) == [
        f"{name}.html" for name in (*theme.TEMPLATES, *theme.OPTIONAL)
    ]


def test_blocks_and_custom_properties_are_documented():
    """The tables of what a theme may fill and set have what the built-in ones have, and nothing else."""
    chapter = part("themes.md", "## Changing a part")
    for pattern, files, marks in ((r"{% block (\w+)", "base.html", ""), (r"(--[a-z]+):", "*.css", "--")):
        found = {name: _matches(pattern, f"{name}/templates/**/{files}") for name in ("broadsheet", "plain")}
        told = {name: set() for name in found}
        for names, of in re.findall(rf"^\| ((?:`{marks}\w+`(?:, )?)+) \| (.*?) \|", chapter, re.MULTILINE):
            for theme_ in found if of == "both" else [of.strip("`")]:
                told[theme_] |= set(re.findall(r"`([\w-]+)`", names))
        assert told == found


def _matches(pattern, files):
    return {match for path in theme.built_in().glob(files) for match in re.findall(pattern, path.read_text("utf-8"))}


def test_everything_that_a_template_can_call_is_documented():
    """Filters, functions and values that Dateline adds to Jinja are in the table."""
    table = part("themes.md", "## What a template gets")
    environment = _environment()
    from jinja2 import Environment

    plain = Environment()
    for name in environment.filters.keys() - plain.filters.keys() | {"date", "time", "iso"}:
        assert f"value \\| {name}" in table
    for name in (environment.globals.keys() - plain.globals.keys()) | {"site", "page", "content", "toc"}:
        assert re.search(rf"^\| `{name}\b", table, re.MULTILINE)


def _environment():
    loaded = theme.load(REPOSITORY, "plain", "en")
    return theme.Templates(loaded, "en", "")._environment


@pytest.mark.parametrize("page", [*sorted(DOCS.glob("*.md")), REPOSITORY / "README.md"], ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    """No relative link or picture of the documentation is dead, anchors included."""
    prose = re.sub(r"^ {4}.*$|`[^`\n]*`", "", _without_blocks(page.read_text("utf-8")), flags=re.MULTILINE)
    for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", prose):
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), f"{page.name}: {target}"
        if anchor and file.parent == DOCS:
            assert anchor in _anchors(file.name), f"{page.name}: {target}"
