"""Who holds, takes or leaves which post in which body: a table read off annotated documents."""

from .fact import COLUMNS, EVENTS, Fact
from .reading import read_facts
from .table import write_roster

__all__ = ["COLUMNS", "EVENTS", "Fact", "read_facts", "write_roster"]
