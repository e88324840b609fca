"""Sizes and times of files as shortcuts past their contents, and when they may be trusted.

Git's rule for a "racily clean" file: one that changed in the moment when it was looked at may change again without its
times telling. So a stamp is trusted only where the file was at rest before it was taken. The time of the last status
change counts too, since a program can set the modification time to what it likes.
"""

from __future__ import annotations

import os
from typing import NamedTuple

SLACK = 20_000_000
"""Nanoseconds within which a file system may give two changes one time; its clock ticks every 4 to 16 ms."""


class Stamp(NamedTuple):
    """Size in bytes, and times of the last change of content and of status in nanoseconds."""

    size: int
    modified: int
    changed: int


NONE = Stamp(-1, -1, -1)
"""A stamp that no file has."""


def of(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def at_rest(stamp: Stamp, moment: int) -> bool:
    """Whether a file was at rest at `moment` (nanoseconds of the same clock), so that its stamp tells of any change."""
    return max(stamp.modified, stamp.changed) < moment - SLACK
