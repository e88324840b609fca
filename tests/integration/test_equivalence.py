"""A rebuild is a diff: after any history of edits and mishaps, the output is byte for byte that of a clean build."""

import datetime as dt

import pytest
from desk import Desk
from histories import check, check_history, sweep
from planted import STILL
from planting import plant
from sweeps import SWEEPS
from town import THEME, Symlink, article, town

from generator.build import Session


@pytest.mark.parametrize("seed", range(100))
def test_history(seed, tmp_path):
    """After each step: the bytes, problems and report of a clean build; a second build does nothing."""
    check_history(seed, tmp_path)


@pytest.mark.parametrize("name", SWEEPS)
def test_sweep(name, tmp_path):
    """The same after each value of one thing."""
    sweep(name, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", SWEEPS)
def test_sweep_of_a_preview(name, tmp_path):
    """The same where one process builds all the time."""
    sweep(name, tmp_path, lasting=True)


@pytest.mark.parametrize("seed", range(3000, 3025))
def test_history_of_a_preview(seed, tmp_path):
    """The same where one process builds all the time and is told what was saved."""
    check_history(seed, tmp_path, lasting=True)


@pytest.mark.parametrize("seed", range(4000, 4025))
def test_history_of_a_published_site(seed, tmp_path):
    """The same where what was public is in a ledger, which is recorded, edited, lost and broken like all else."""
    check_history(seed, tmp_path, lasting=seed % 3 == 0, published=True)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4025, 4500))
def test_history_of_a_published_site_long(seed, tmp_path):
    """The same with twenty times as many histories."""
    check_history(seed, tmp_path, lasting=seed % 3 == 0, published=True)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3025, 3500))
def test_history_of_a_preview_long(seed, tmp_path):
    """The same with ten times as many histories."""
    check_history(seed, tmp_path, lasting=True)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 2200))
def test_history_long(seed, tmp_path):
    """The same with ten times as many histories."""
    check_history(seed, tmp_path)


def test_sweeps_on_a_still_clock(tmp_path, monkeypatch):
    """The same where the clock of the file system stands still, so that only sizes and bytes tell of a change."""
    plant(STILL, monkeypatch)
    for name in ("unseen", "harm", "links", "deletes"):
        sweep(name, tmp_path)


# --- what histories have found, in short


@pytest.fixture
def desk(tmp_path):
    """The town's site, built."""
    desk = Desk(tmp_path / "site", town())
    check(desk)
    return desk


def story(desk, name):
    """One of the articles, to be edited."""
    return desk.world.articles[f"content/posts/{name}.md"]


def test_link_by_id_to_a_story_that_lost_its_url(desk):
    """A link by id finds its story again when that one no longer clashes with the linking one."""
    story(desk, "ferry").keys["slug"] = "bridge"
    check(desk)
    story(desk, "bridge").keys["date"] = "2026-03-29"
    check(desk)


def test_link_of_content_that_leads_nowhere(desk):
    """What is wrong with a link is told again by a build that finds nothing to do."""
    desk.world.files["content/dead.txt"] = Symlink("nowhere")
    check(desk)


def test_asset_that_leads_out_of_the_theme(desk):
    """What is wrong with an asset is told again by a build that finds nothing to do."""
    desk.world.files["themes/town/assets/link.css"] = Symlink("../../../site.toml")
    check(desk)


def test_tag_of_drafts_alone_in_another_case(desk):
    """The feed of a tag has the tag's name, even where no story in it is published yet."""
    desk.flags = {"drafts": True}
    for path in ("bridge", "ferry", "rail"):
        story(desk, path).keys.pop("tags")
    check(desk)
    story(desk, "draft").keys["tags"] = "[SEA]"
    check(desk)


@pytest.mark.parametrize("name", ["content/2026", "content/tags", "content/town", "content/old"])
def test_file_in_the_place_of_a_folder_of_many(desk, name):
    """A file that wants the place of a folder of many outputs clashes with the same one as in a clean build."""
    desk.world.files[name] = b"x"
    check(desk)
    del desk.world.files[name]
    check(desk)


def test_preview_after_a_build_that_failed(tmp_path):
    """What was saved before a build that failed is not forgotten when the next thing is saved."""
    desk = Desk(tmp_path / "site", town(), session=Session.lasting())
    mark = b"{% block main %}{{ 1 // (page.title | length - 7) }}"
    path = "themes/town/templates/list.html"
    desk.world.files[path] = THEME[path].replace(b"{% block main %}", mark)
    check(desk)
    desk.world.articles["content/posts/new.md"] = article("New", "2026-03-03", tags="[Seventh]")
    check(desk)
    story(desk, "bridge").body = "Other."
    check(desk)
    story(desk, "ferry").body = "Other."
    desk.world.articles["content/posts/new.md"].keys["tags"] = "[Third]"
    check(desk)


def test_draft_without_a_date(desk):
    """Where drafts are shown, one without a date is dated now, at every build."""
    desk.flags = {"drafts": True}
    story(desk, "draft").keys.pop("date", None)
    check(desk)
    desk.now += dt.timedelta(hours=1)
    check(desk)


def test_preview_of_an_article_under_two_names(tmp_path):
    """Whoever saves an article saves every link to it, too."""
    desk = Desk(tmp_path / "site", town(), session=Session.lasting())
    check(desk)
    desk.world.files["content/posts/linked.md"] = Symlink("leaving.md")
    check(desk)
    story(desk, "leaving").keys["date"] = "2026-01-02T05:00:00-05:00"
    check(desk)


def test_canonical_with_the_name_of_the_file(desk):
    """A sitemap lists a story at the address that it calls its own, from the build on in which it does."""
    story(desk, "bridge").keys["canonical"] = "https://town.example/2026/01/bridge/index.html"
    check(desk)
