"""The parts of a front page, which look the same for every role."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ....formats import localised
from ....models import Commitment, Milestone, ProgressEntry, Target
from ....presenters.status_tags import Tag

# A longer list is cut, with a link to all of it.
SHOWN = 10


@dataclass(frozen=True)
class Link:
    address: str
    words: str


@dataclass(frozen=True)
class Item:
    """One thing in a list: its name, which may lead to it, and a note.

    `button` says what is to be done at its address, `who` is the agency. `warning` stands after the note, in red.
    `lines` are the things within it.
    """

    title: str
    address: str = ""
    code: str = ""
    note: str = ""
    button: str = ""
    tag: Tag | None = None
    who: str = ""
    warning: str = ""
    lines: Sequence["Item"] = ()


@dataclass(frozen=True)
class Group:
    """A list with its heading; `count` is the whole number of its items, of which some may be left out.

    `look` is the code of the colour of its sign; `said` stands below the heading.
    """

    key: str
    title: str
    count: int
    items: Sequence[Item]
    sign: str = ""
    look: str = "none"
    said: str = ""
    more: Link | None = None


@dataclass(frozen=True)
class Front:
    """A front page: the sentence, the lists, and those beside them that matter less."""

    headline: str
    groups: Sequence[Group]
    beside: Sequence[Group] = ()
    button: Link | None = None
    is_recomputing: bool = False


def name_of(row: Commitment | Target | Milestone) -> str:
    return localised(row.title, row.title_en)


def subject_of(entry: ProgressEntry) -> str:
    """Name what an entry reports on."""
    return name_of(entry.target or entry.commitment)


def all_of(count: int, address: str) -> Link | None:
    """Return the link to all items of a list that is cut."""
    return Link(address, _("All %(number)d") % {"number": count}) if count > SHOWN else None
