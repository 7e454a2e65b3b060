"""People: which accounts of the tracker belong to the people that portfolio.toml declares."""

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
