"""Frozen views of what a newsroom owns up to, see model.views: corrections in one list, and what was withdrawn."""

from __future__ import annotations

import datetime as dt

from generator.model.views import CorrectionView, Head, Pager
from generator.records import Record


class CorrectedView(Record, frozen=True, kw_only=True):
    """A correction as the list of corrections shows it.

    Attributes:
        note: What it says.
        title: Headline of its story, plain text.
        url: The story's page, at the note.
        language: BCP 47 tag of the story, and so of the note.
        direction: `ltr` or `rtl`.
    """

    note: CorrectionView
    title: str
    url: str
    language: str
    direction: str


class CorrectionsView(Record, frozen=True, kw_only=True):
    """The corrections of all stories, newest first.

    Attributes:
        head: For `<head>`.
        title: The theme's word `corrections`.
        items: Newest first.
        pager: See Pager.
        feed_url: The feed of corrections.
    """

    head: Head
    title: str
    items: tuple[CorrectedView, ...]
    pager: Pager
    feed_url: str


class WithdrawnView(Record, frozen=True, kw_only=True):
    """What stands at each address of a story that was withdrawn or has expired. It tells nothing of the story.

    Attributes:
        head: For `<head>`.
        title: The theme's word `withdrawn` or `expired`.
        reason: Why, in the editor's words, plain text; may be empty.
        date: When that was said; None without a reason.
        language: BCP 47 tag of the reason.
        direction: `ltr` or `rtl`: how it is written.
    """

    head: Head
    title: str
    reason: str
    date: dt.datetime | None
    language: str
    direction: str


NoticeView = CorrectionsView | WithdrawnView
