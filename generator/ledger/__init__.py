"""The ledger: what a site has published, kept in a text file that lies under version control.

identity   ids of documents that do not write their own
reading    the file, and what is wrong with it
merging    several lines of one item, and the file as it is written
promises   what the ledger asks of a site: redirects, and nothing gone unsaid
recording  the ledger as it is to be after a publication
"""

from generator.ledger.identity import Nameless, derived_id, file_key, identities, short_id
from generator.ledger.merging import dump, unite
from generator.ledger.promises import Kept, keep
from generator.ledger.reading import Ledger, each_line, items, read
from generator.ledger.recording import Change, Ending, changes, recorded

__all__ = [
    "Change",
    "Ending",
    "Kept",
    "Ledger",
    "Nameless",
    "changes",
    "derived_id",
    "dump",
    "each_line",
    "file_key",
    "identities",
    "items",
    "keep",
    "read",
    "recorded",
    "short_id",
    "unite",
]
