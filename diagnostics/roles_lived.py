"""Roles as lived: the declared people and roles against who does what kind of work in the tickets.

What is stated are facts of the tickets, with their keys; why it is so, and whether it is right, only the team can say.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import combinations

from diagnostics.findings import Evidence, KindOfWork, PersonWork, Presence, RoleFinding, WorkCount
from diagnostics.history import HumanEvent, Work
from diagnostics.kinds_of_work import kind_of_work
from diagnostics.people import Accounts, accounts_in
from diagnostics.records import Account, Category, Person, Role, Ticket
from diagnostics.symptoms import MOST_TICKETS_SHOWN, ticket_evidence
from diagnostics.words import joined

WINDOW_DAYS = 60
FEWEST_ACTIVE_DAYS = 5  # with fewer days on which a person did anything, nothing shows who does what
FEWEST_TICKETS = 5  # the same, of tickets that people worked on
NEW_DAYS = 14  # a ticket younger than this may well wait for its owner
FEWEST_OF_A_KIND = 3  # tickets; one or two of a kind are chance
OWNERS_SHARE = 0.3  # each of two owners carries at least this share of a kind's tickets, both together twice
FEWEST_SHARED = 2  # tickets of that kind that both of them held or moved
ALONE_SHARE = 2 / 3  # one for all: the share of all tickets
FEWEST_KINDS = 3  # and the kinds of work, in each of which it is the greater part

# Who is usually declared for a kind of work. Sponsor, legal, managers: their work is not in the tickets.
ROLES_FOR: dict[KindOfWork, tuple[Role, ...]] = {
    KindOfWork.DATA: (Role.DATA_ENGINEER, Role.DATA_ANALYST),
    KindOfWork.MODELLING: (Role.DATA_SCIENTIST, Role.ML_ENGINEER),
    KindOfWork.EVALUATION: (Role.DATA_SCIENTIST, Role.DATA_ANALYST, Role.DOMAIN_EXPERT),
    KindOfWork.PRODUCT: (Role.PRODUCT_MANAGER, Role.DESIGNER),
    KindOfWork.SERVING: (Role.ML_ENGINEER, Role.DATA_ENGINEER),
}
_IN_TICKETS = frozenset(role for roles in ROLES_FOR.values() for role in roles)


@dataclass(frozen=True, slots=True)
class _Unknown:
    """Why something cannot be told from these records."""

    why: str


@dataclass(frozen=True)
class _Lived:
    """What people did in the window, and whose accounts they are."""

    work: Work
    people: Sequence[Person]
    day: date

    @property
    def since(self) -> datetime:
        return self.work.instant - timedelta(days=WINDOW_DAYS)

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self.people, accounts_in(self.work.tickets))

    @cached_property
    def events(self) -> tuple[HumanEvent, ...]:
        return tuple(event for event in self.work.human_events() if event.at >= self.since)

    @cached_property
    def worked_on(self) -> dict[str, Ticket]:
        """The tickets on which a person did anything in the window, by key."""
        return {event.ticket.key: event.ticket for event in self.events}

    @cached_property
    def kinds(self) -> dict[str, KindOfWork]:
        """The kind, where it is plain, of each ticket that is open or was worked on, by key."""
        tickets = {ticket.key: ticket for ticket in self.work.open} | self.worked_on
        return {key: kind for key, ticket in tickets.items() if (kind := kind_of_work(ticket))}

    @cached_property
    def doers(self) -> dict[str, set[str]]:
        """The accounts that did anything on a ticket in the window, by its key."""
        found: dict[str, set[str]] = {}
        for event in self.events:
            if event.who:
                found.setdefault(event.ticket.key, set()).add(event.who.id)
        return found

    @cached_property
    def holders(self) -> dict[str, set[str]]:
        """The accounts that held or moved a ticket in the window, by its key; a comment alone is no work on it."""
        found: dict[str, set[str]] = {}
        for key, ticket in self.worked_on.items():
            held = {ticket.assignee.id} if ticket.assignee else set()
            for change in ticket.changes or ():
                if change.at >= self.since and change.field == "assignee":
                    held |= {id for id in (change.before, change.after) if id}
                elif change.at >= self.since and change.field == "status" and change.author:
                    held.add(change.author.id)
            found[key] = held
        return found

    def of_kind(self, kind: KindOfWork, tickets: Iterable[Ticket]) -> list[Ticket]:
        """The tickets of a kind."""
        return [ticket for ticket in tickets if self.kinds.get(ticket.key) is kind]

    def carrier(self, ticket: Ticket) -> Account | None:
        """The person to whom a ticket is assigned and who did anything on it: a default assignee is no owner."""
        who = ticket.assignee
        return who if who and self.work.is_person(who) and who.id in self.doers.get(ticket.key, ()) else None

    def roles(self, account: str | None, day: date) -> tuple[Role, ...]:
        """The roles that are declared of an account's person on a day."""
        return tuple(role for person in self.accounts.people(account, day) for role in person.roles)

    def name(self, account: Account) -> str:
        """The person's name as declared, else as the tracker has it."""
        known = self.accounts.people(account.id, self.day)
        return known[0].name if known else account.name

    def named(self, account: Account) -> str:
        """The name with the roles: "Ann Sample (data scientist)"."""
        roles = self.roles(account.id, self.day)
        return f"{self.name(account)} ({joined(roles)})" if roles else self.name(account)


def roles_as_lived(work: Work, people: Sequence[Person], day: date) -> tuple[RoleFinding, ...]:
    """Where the roles as declared and the work as done differ, as of the work's instant, on that day.

    Only what shows is a finding; where the records cannot show a kind of it, one of status `unknown` says why.
    """
    lived = _Lived(work, people, day)
    too_little = _too_little(lived)
    found: list[RoleFinding] = []
    for id, (untold, look) in _LOOKS.items():
        seen = too_little or look(lived)
        if isinstance(seen, _Unknown):
            found.append(RoleFinding.model_validate({"id": id, "title": untold, "why": seen.why, "status": "unknown"}))
        else:
            found += seen
    return tuple(found)


def work_by_person(work: Work, people: Sequence[Person], day: date) -> tuple[PersonWork, ...]:
    """Who did how much on which kind of work in the last 60 days: roles declared against roles lived.

    First everybody who is declared for any of that time, active or not, then the other accounts, the busiest first.
    """
    lived = _Lived(work, people, day)
    begin = lived.since.date()
    roles: dict[tuple[str, bool], tuple[Role, ...]] = {}
    for person in people:
        if (person.since is None or person.since <= day) and (person.until is None or person.until >= begin):
            who = (person.name, True)
            roles[who] = tuple(dict.fromkeys((*roles.get(who, ()), *person.roles)))
    deeds = {who: dict[KindOfWork | None, Counter[str]]() for who in roles}
    for account, at, ticket, deed in _deeds(lived):
        known = lived.accounts.people(account.id, at.date())
        who = (known[0].name, True) if known else (account.name, False)
        of_kind = deeds.setdefault(who, {}).setdefault(kind_of_work(ticket), Counter())
        of_kind[deed] += 1

    shows_moves = any(ticket.changes is not None for ticket in work.tickets)
    shows_comments = any(ticket.comments is not None for ticket in work.tickets)
    rows = [
        PersonWork(
            name=name,
            declared=declared,
            roles=roles.get((name, declared), ()),
            counts=tuple(
                WorkCount(
                    kind_of_work=kind,
                    created=counted["created"],
                    moves=counted["changed status"] if shows_moves else None,
                    comments=counted["commented"] if shows_comments else None,
                    finished=counted["finished"] if work.categorised else None,
                )
                for kind in (*KindOfWork, None)
                if (counted := by_kind.get(kind))
            ),
        )
        for (name, declared), by_kind in deeds.items()
    ]
    return tuple(sorted(rows, key=lambda row: (not row.declared, 0 if row.declared else -row.events)))


def _deeds(lived: _Lived) -> Iterator[tuple[Account, datetime, Ticket, str]]:
    """What is counted of a person: tickets created, status moves and comments, and tickets of theirs that were done."""
    for event in lived.events:
        if event.who and event.what in ("created", "commented", "changed status"):
            yield event.who, event.at, event.ticket, event.what
    for ticket in lived.work.tickets:
        finished = lived.work.finished(ticket)
        if finished and finished >= lived.since and ticket.assignee and lived.work.is_person(ticket.assignee):
            yield ticket.assignee, finished, ticket, "finished"


def _too_little(lived: _Lived) -> _Unknown | None:
    days = len({event.at.date() for event in lived.events})
    if days >= FEWEST_ACTIVE_DAYS and len(lived.worked_on) >= FEWEST_TICKETS:
        return None
    return _Unknown(
        f"In the last {WINDOW_DAYS} days people worked on {_n(len(lived.worked_on), 'ticket')} on {_n(days, 'day')}:"
        " too little to say who does what."
    )


def _no_assignees(lived: _Lived) -> _Unknown | None:
    shown = any(ticket.assignee for ticket in lived.work.tickets)
    return None if shown else _Unknown("The tickets show no assignees, so nobody can say whose work is whose.")


def _no_histories(lived: _Lived) -> _Unknown | None:
    if any(lived.work.history(ticket) is not None for ticket in lived.worked_on.values()):
        return None
    return _Unknown("The tickets show no history, so nobody can say who moved them or handed them on.")


def _nobody_declared(lived: _Lived) -> _Unknown | None:
    if not any(person.roles and person.serves_on(lived.day) for person in lived.people):
        return _Unknown("Nobody is declared with a role on this day: name the people in portfolio.toml.")
    if not any(lived.accounts.knows(person) for person in lived.people):
        return _Unknown(
            "None of the people declared could be matched to an account: give their account ids as `jira` in"
            " portfolio.toml."
        )
    return None


def _unowned_work(lived: _Lived) -> list[RoleFinding] | _Unknown:
    """Kinds of work of which the greater part that people deal with is assigned to nobody.

    A backlog waits unassigned in many teams: only tickets count that are begun, or that somebody wrote about
    or changed in the window.
    """
    if unknown := _no_assignees(lived):
        return unknown
    dealt_with = {event.ticket.key for event in lived.events if event.what != "created"}
    found = []
    for kind in KindOfWork:
        live = [
            ticket
            for ticket in lived.of_kind(kind, lived.work.open)
            if ticket.category is Category.INDETERMINATE or ticket.key in dealt_with
        ]
        unowned = [
            ticket
            for ticket in live
            if not ticket.assignee and ticket.created and lived.work.days_since(ticket.created) >= NEW_DAYS
        ]
        if len(unowned) >= FEWEST_OF_A_KIND and 2 * len(unowned) > len(live):
            declared = [
                f"{person.name} ({joined(person.roles)})"
                for person in lived.people
                if person.serves_on(lived.day) and set(person.roles) & set(ROLES_FOR[kind])
            ]
            nobody = f"nobody; it is usually the work of a {joined(ROLES_FOR[kind], 'or')}"
            found.append(
                RoleFinding(
                    id="unowned-work",
                    title=f"{_capital(kind)} work without an owner: {_of_all(len(unowned), len(live))} open tickets"
                    " that people deal with are assigned to nobody",
                    why="They are begun, or somebody wrote about them or changed them in the last"
                    f" {WINDOW_DAYS} days. Declared for such work: {joined(declared) if declared else nobody}.",
                    kind_of_work=kind,
                    status=Presence.PRESENT,
                    evidence=_tickets((ticket, f"{ticket.status}, assigned to nobody") for ticket in unowned),
                )
            )
    return found


def _two_owners(lived: _Lived) -> list[RoleFinding] | _Unknown:
    """Kinds of work that two people in different roles carry in like measure, with tickets that both worked on.

    Two people in the same role share its work; that needs no line between them.
    """
    if unknown := _no_assignees(lived) or _no_histories(lived) or _nobody_declared(lived):
        return unknown
    found = []
    for kind in KindOfWork:
        tickets = lived.of_kind(kind, lived.worked_on.values())
        carried = [(ticket, who) for ticket in tickets if (who := lived.carrier(ticket))]
        accounts = {who.id: who for _, who in carried}
        counts = Counter(who.id for _, who in carried)
        enough = max(FEWEST_OF_A_KIND, OWNERS_SHARE * len(tickets))
        owners = [id for id, count in counts.most_common() if count >= enough]
        for one, other in combinations(owners, 2):
            roles = [set(lived.roles(id, lived.day)) for id in (one, other)]
            shared = [ticket for ticket in tickets if {one, other} <= lived.holders[ticket.key]]
            if len(shared) < FEWEST_SHARED or not all(roles) or roles[0] & roles[1]:
                continue
            shown = {ticket.key: (ticket, "held or moved by both") for ticket in shared}
            for ticket, who in carried:
                if who.id in (one, other):
                    shown.setdefault(ticket.key, (ticket, f"carried by {lived.name(who)}"))
            found.append(
                RoleFinding(
                    id="two-owners",
                    title=f"{_capital(kind)} work with two owners: of {len(tickets)} tickets"
                    f" {lived.named(accounts[one])} carries {counts[one]}, {lived.named(accounts[other])}"
                    f" {counts[other]}",
                    why=f"Both of them held or moved {len(shared)} of these tickets in the last {WINDOW_DAYS} days."
                    " Two roles that share one kind of work need a line between them.",
                    people=tuple(lived.name(accounts[id]) for id in (one, other)),
                    kind_of_work=kind,
                    status=Presence.PRESENT,
                    evidence=_tickets(shown.values()),
                )
            )
    return found


def _silent_roles(lived: _Lived) -> list[RoleFinding] | _Unknown:
    """Roles whose holders, all of them for the whole window, did nothing in the tickets."""
    if unknown := _nobody_declared(lived):
        return unknown
    begin = lived.since.date()
    if hidden := [ticket for ticket in lived.work.tickets if not _shown_since(ticket, lived)]:
        return _Unknown(f"{len(hidden)} tickets show no history or no comments, so somebody may have acted unseen.")
    active = {
        person for event in lived.events if event.who for person in lived.accounts.people(event.who.id, event.at.date())
    }
    silent: dict[tuple[str, ...], tuple[list[Role], list[Person]]] = {}
    for role in Role:
        of_window = [p for p in lived.people if role in p.roles and (p.until is None or p.until >= begin)]
        holders = [person for person in of_window if person.serves_on(lived.day) and person.serves_on(begin)]
        if role in _IN_TICKETS and holders and active.isdisjoint(of_window):
            names = tuple(dict.fromkeys(person.name for person in holders))
            silent.setdefault(names, ([], holders))[0].append(role)
    searched = (
        f"{_n(len(lived.work.tickets), 'ticket')}, {len(lived.worked_on)} of them worked on since {begin}: who created"
        " and commented, and who changed status, assignee, summary, description, estimate or due date",
    )
    return [_silent_role(lived, roles, holders, searched) for roles, holders in silent.values()]


def _silent_role(lived: _Lived, roles: list[Role], holders: list[Person], searched: tuple[str, ...]) -> RoleFinding:
    names = list(dict.fromkeys(person.name for person in holders))
    unmatched = [person.name for person in holders if not lived.accounts.knows(person)]
    unseen = (
        f" No account of the name {joined(unmatched, 'or')} stands in the tickets: if it is another, give its id as"
        " `jira` in portfolio.toml."
        if unmatched
        else ""
    )
    return RoleFinding(
        id="silent-role",
        title=f"Nothing in the tickets from the {joined(roles)} ({joined(names)}) in the last {WINDOW_DAYS} days",
        why="Their part may well happen elsewhere, in meetings or mail; whoever reads only the tickets cannot see it."
        f"{unseen}",
        people=tuple(names),
        status=Presence.PRESENT,
        searched=searched,
    )


def _shown_since(ticket: Ticket, lived: _Lived) -> bool:
    """Whether all that was done to the ticket in the window is shown; of a cut history, the oldest part is lost."""
    if ticket.updated is not None and ticket.updated < lived.since:
        return True
    if ticket.changes is None or ticket.comments is None:
        return False
    changes = ticket.changes_complete or bool(ticket.changes and ticket.changes[0].at < lived.since)
    comments = ticket.comments_complete or bool(ticket.comments and ticket.comments[0].created < lived.since)
    return changes and comments


def _one_for_all(lived: _Lived) -> list[RoleFinding] | _Unknown:
    """One person who carries most tickets, and the greater part of at least three kinds of work."""
    if unknown := _no_assignees(lived) or _no_histories(lived):
        return unknown
    carried = [(ticket, who) for ticket in lived.worked_on.values() if (who := lived.carrier(ticket))]
    top, count = next(iter(Counter(who.id for _, who in carried).most_common(1)), ("", 0))
    theirs = [(ticket, who) for ticket, who in carried if who.id == top]
    in_all, in_theirs = (
        Counter(kind for ticket, _ in group if (kind := lived.kinds.get(ticket.key))) for group in (carried, theirs)
    )
    mostly = [kind for kind in KindOfWork if 2 * in_theirs[kind] > in_all[kind]]
    if len(carried) < FEWEST_TICKETS or count < ALONE_SHARE * len(carried) or len(mostly) < FEWEST_KINDS:
        return []
    who = theirs[0][1]
    parts = joined([f"{in_theirs[kind]} of {in_all[kind]} in {kind}" for kind in mostly])
    return [
        RoleFinding(
            id="one-for-all",
            title=f"One person for everything: {lived.named(who)} carries {_of_all(count, len(carried))} tickets on"
            f" which their assignee did anything in the last {WINDOW_DAYS} days",
            why=f"Among them are {parts}. What one person carries alone waits whenever that person is away.",
            people=(lived.name(who),),
            status=Presence.PRESENT,
            evidence=_tickets(
                (ticket, f"{lived.kinds.get(ticket.key) or 'work'}, carried by {lived.name(who)}")
                for ticket, _ in theirs
            ),
        )
    ]


def _between_roles(lived: _Lived) -> list[RoleFinding] | _Unknown:
    """Pairs of roles between which tickets are handed on and back."""
    if unknown := _no_histories(lived) or _nobody_declared(lived):
        return unknown
    passed: dict[tuple[Role, Role], list[tuple[int, Ticket]]] = {}
    people: dict[tuple[Role, Role], Counter[str]] = {}
    for ticket in lived.worked_on.values():
        ways: dict[tuple[Role, Role], list[tuple[Role, Role]]] = {}
        for change in lived.work.bounces(ticket, lived.since):
            if change.field != "assignee":
                continue
            ends = [lived.accounts.people(id, change.at.date()) for id in (change.before, change.after)]
            roles = [[role for person in end for role in person.roles] for end in ends]
            if not all(roles) or set(roles[0]) & set(roles[1]):
                continue
            way = (roles[0][0], roles[1][0])
            pair = (min(way), max(way))
            ways.setdefault(pair, []).append(way)
            people.setdefault(pair, Counter()).update(end[0].name for end in ends)
        for pair, handed in ways.items():
            if len(set(handed)) == 2:  # there and back
                passed.setdefault(pair, []).append((len(handed), ticket))
    found = []
    for pair, tickets in passed.items():
        if len(tickets) < FEWEST_OF_A_KIND:
            continue
        tickets.sort(key=lambda counted: -counted[0])
        named = [name for name, _ in people[pair].most_common()]
        kinds = {lived.kinds.get(ticket.key) for _, ticket in tickets}
        found.append(
            RoleFinding(
                id="between-roles",
                title=f"{len(tickets)} tickets went to and fro between the {pair[0]} and the {pair[1]}"
                f" ({joined(named)})",
                why=f"They were handed on {sum(n for n, _ in tickets)} times between the two roles in the last"
                f" {WINDOW_DAYS} days. Where one role ends and the other begins may not be settled.",
                people=tuple(named),
                kind_of_work=kinds.pop() if len(kinds) == 1 else None,
                status=Presence.PRESENT,
                evidence=_tickets((ticket, f"handed on between them {n} times") for n, ticket in tickets),
            )
        )
    return found


# What is looked for, in this order, and the title where it cannot be told.
_LOOKS: dict[str, tuple[str, Callable[[_Lived], list[RoleFinding] | _Unknown]]] = {
    "unowned-work": ("Whether any kind of work has no owner", _unowned_work),
    "two-owners": ("Whether any kind of work has two owners", _two_owners),
    "silent-role": ("Whether every declared role shows in the tickets", _silent_roles),
    "one-for-all": ("Whether one person carries everything", _one_for_all),
    "between-roles": ("Whether tickets go to and fro between two roles", _between_roles),
}


def _tickets(shown: Iterable[tuple[Ticket, str]]) -> tuple[Evidence, ...]:
    return tuple(ticket_evidence(ticket, note) for ticket, note in list(shown)[:MOST_TICKETS_SHOWN])


def _n(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _of_all(count: int, all_: int) -> str:
    return f"all {all_}" if count == all_ else f"{count} of the {all_}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
