"""What XML may hold. All texts in XML pass `xml_text`, and each whole document passes `document`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from html import escape

_NOT_XML = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What XML 1.0, section 2.2 forbids, in CDATA and as a reference too; compiled where it is needed, which is seldom."""

_CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def xml_text(text: str) -> str:
    """`text` for an element, or an attribute in double quotes; `>` is escaped too, so `]]>` can never stand raw."""
    return escape(text, quote=False).replace('"', "&quot;")


def element(name: str, text: str, attributes: str = "") -> str:
    """An element of text; `attributes` are ready to stand in it."""
    return f"<{name}{attributes}>{xml_text(text)}</{name}>"


def attributes(**values: str | int | None) -> str:
    """Attributes, each with a blank before it; those without a value are left out, `type_` is `type`."""
    return "".join(
        f' {name.rstrip("_")}="{xml_text(str(value))}"' for name, value in values.items() if value not in (None, "")
    )


def rfc_822(date: dt.datetime) -> str:
    """A date with its offset as RSS wants it: RFC 822 with a year of four digits, in English on any machine.

    The same as `email.utils.format_datetime`, whose import takes longer than a feed.
    """
    return f"{_DAYS[date.weekday()]}, {date.day:02} {_MONTHS[date.month - 1]} {date.year:04} {date:%H:%M:%S %z}"


def document(lines: Iterable[str], style: str = "") -> str:
    """A whole document; a blank stands in the place of each character that XML forbids.

    Args:
        lines: The root element.
        style: URL of a style sheet; none where empty.
    """
    sheet = [f'<?xml-stylesheet type="text/css" href="{xml_text(style)}"?>'] if style else []
    text = "\n".join((_DECLARATION, *sheet, *lines, ""))
    return text if _is_legal(text) else re.sub(_NOT_XML, " ", text)


def _is_legal(text: str) -> bool:
    """Whether XML surely forbids nothing in `text`, seen from its bytes, five times as fast as by the pattern."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _CONTROLS)) == len(data) and b"\xef\xbf" not in data
