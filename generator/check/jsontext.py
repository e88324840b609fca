"""JSON as readers take it: text that can be written as UTF-8, and nested no deeper than a program can walk."""

from __future__ import annotations

import json
import re
from typing import Any

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class BadJSONError(ValueError):
    """Not JSON.

    Attributes:
        line: 1-based line where reading ended.
    """

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def load(text: str) -> Any:
    """The value.

    Raises:
        BadJSONError: It is none, or has half a character: a surrogate without its other half (RFC 8259, section 8.2).
    """
    try:
        value = json.loads(text)
        if half := _SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise BadJSONError(error.lineno) from error
    except UnicodeEncodeError as error:
        raise BadJSONError(text.count("\n", 0, half.start() if half else 0) + 1) from error
    except (ValueError, RecursionError) as error:
        raise BadJSONError(1) from error
    return value
