"""What a template asks for and does not get is told in the words of the documentation."""

import pytest

from generator.model.cards import Link
from generator.model.document import Extra
from generator.theme.missing import Words, lacking, missing, told


@pytest.mark.parametrize(
    ("owner", "name", "told"),
    [
        (missing, "pages", "there is no `pages`\ndid you mean `page`?"),
        (missing, "zebra", "there is no `zebra`\nsee docs/themes.md for what a view holds"),
        (Link("A", "/a/"), "lable", "a Link has no `lable`\ndid you mean `label`?"),
        (None, "label", "none has no `label`\nask first whether it is there: {% if … %}"),
        (Extra({}), "stars", "`extra` has no `stars`\nask first whether it is there: {% if … is defined %}"),
        (Words({"draft": "Draft"}), "draught", "the theme has no `draught`\ndid you mean `draft`?"),
        (Words({}), "draught", "the theme has no `draught`\nadd the word to locales/en.toml"),
        ("text", "nope", "a text has no `nope`\nsee docs/themes.md for what a view holds"),
        ((), "nope", "a list has no `nope`\nsee docs/themes.md for what a view holds"),
        (object(), "nope", "this value has no `nope`\nsee docs/themes.md for what a view holds"),
    ],
)
def test_words_of_what_is_missing(owner, name, told):
    """Cause and way out, with the nearest name where one is near, and never a name of Python's."""
    assert lacking(owner, name) == told


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TypeError("'str' object is not callable"), "a text is not callable"),
        (TypeError("'Card' object is not iterable"), "a Card is not iterable"),
        (TypeError("'<' not supported between 'NoneType' and 'int'"), "'<' not supported between none and a number"),
        (ValueError("No filter named 'dat'."), "there is no filter `dat`\ndid you mean `date`?"),
        (RecursionError("depth"), "templates call for each other without an end\nlet one of them do without"),
        (ValueError("of a file 'str'"), "of a file 'str'"),
    ],
)  # fmt: skip
def test_failures_are_told_without_names_of_python(error, words):
    """A failure names a text or a number as such."""
    assert told(error, ["date", "time"]) == words
