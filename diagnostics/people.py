"""People: which accounts of the tracker belong to the people that portfolio.toml declares."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from diagnostics.records import Account, Person, Ticket

# Letters that Unicode does not take apart into a letter and its accent.
_PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def plain_name(name: str) -> str:
    """A name without case, accents and surplus space, so that "Élodie  Vasseur" and "elodie vasseur" are one."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.translate(_PLAIN_LETTERS).split())


def accounts_in(tickets: Iterable[Ticket]) -> Iterator[Account]:
    """Every account that the tickets name, once for each place where it stands."""
    for ticket in tickets:
        yield from (who for who in (ticket.assignee, ticket.reporter, ticket.creator) if who)
        yield from (comment.author for comment in ticket.comments or () if comment.author)
        for change in ticket.changes or ():
            if change.author:
                yield change.author
            if change.field == "assignee":
                held = ((change.before, change.before_text), (change.after, change.after_text))
                yield from (Account(id=id, name=name or id) for id, name in held if id)


class Accounts:
    """Whose an account is: the person's whose `jira` is its id or name, else the one's who bears its name.

    E-mail addresses are never compared: trackers hide them, and two people may share one.
    """

    def __init__(self, people: Sequence[Person], accounts: Iterable[Account]) -> None:
        names: dict[str, set[str]] = {}
        for id, name in {(account.id, account.name) for account in accounts}:
            names.setdefault(id, set()).add(plain_name(name))
        self._owners: dict[str, list[Person]] = {}
        for person in people:
            if person.jira:
                self._give(
                    person, plain_name(person.jira), {id: {plain_name(id), *known_as} for id, known_as in names.items()}
                )
        claimed = {account: {plain_name(owner.name) for owner in owners} for account, owners in self._owners.items()}
        for person in people:
            if not self.knows(person):  # nobody else's account, whatever it is called
                name = plain_name(person.name)
                free = {id: known_as for id, known_as in names.items() if name in claimed.get(id, {name})}
                self._give(person, name, free)

    def _give(self, person: Person, wanted: str, names: dict[str, set[str]]) -> None:
        for account, known_as in names.items():
            if wanted in known_as:
                self._owners.setdefault(account, []).append(person)

    def people(self, account: str | None, day: date) -> list[Person]:
        """The declared people whose account it is and who are on the project that day.

        More than one where the same person is declared more than once, for other roles, say.
        """
        return [person for person in self._owners.get(account or "", ()) if person.serves_on(day)]

    def knows(self, person: Person) -> bool:
        """Whether any account could be matched to the person."""
        return any(person in owners for owners in self._owners.values())


_NAME = re.compile(r"[^\W\d_][\w-]*")
# First names that are words too: alone they name nobody for certain.
_ALSO_WORDS = frozenset(
    {"will", "may", "april", "june", "august", "mark", "grace", "bill", "art", "max", "rich", "hope"}
)
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "mx", "prof", "professor", "sir"})


def people_named(text: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """The declared people whom a text names: by the whole name, or by a first or last name that only one of them has.

    Case and accents do not matter. A first or last name alone has to be written as a name, and not to belong to
    somebody else: "Ann Other" is not the declared Ann Sample.
    """
    words = list(_NAME.finditer(text))
    plain = [plain_name(word.group()) for word in words]
    all_of_it = f" {' '.join(plain)} "
    names = {person: _NAME.findall(plain_name(person.name)) for person in people}
    found = []
    for person, name in names.items():
        others = {part for other, parts in names.items() if parts != name for part in (parts[:1] + parts[-1:])}
        own = {part for part in name[:1] + name[-1:] if len(part) > 2} - others - _ALSO_WORDS
        alone = any(
            word.group()[0].isupper() and said in own and not _is_of_another(text, words, number, name)
            for number, (word, said) in enumerate(zip(words, plain, strict=True))
        )
        if alone or f" {' '.join(name)} " in all_of_it:
            found.append(person)
    return tuple(found)


def _is_of_another(text: str, words: Sequence[re.Match[str]], number: int, name: Sequence[str]) -> bool:
    """Whether the word beside a first or last name makes it somebody else's."""
    first = plain_name(words[number].group()) == name[0]
    beside = number + 1 if first else number - 1
    if not 0 <= beside < len(words):
        return False
    one, other = sorted((words[number], words[beside]), key=lambda word: word.start())
    said = words[beside].group()
    apart = text[one.end() : other.start()] != " "
    return not apart and said[0].isupper() and plain_name(said) not in {*name, *_TITLES}
