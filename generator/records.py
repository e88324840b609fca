"""What all values are made of: records, which are declared like dataclasses.

A record is msgspec's Struct. To declare one, and to make one, takes a fraction of what a dataclass takes
(tests/benchmarks/records.py), which each start feels. Unlike dataclasses' own, `asdict` leaves records within a record
as they are.
"""

from msgspec import Struct as Record
from msgspec import field
from msgspec.structs import asdict, fields, replace

__all__ = ["Record", "asdict", "field", "fields", "replace"]
