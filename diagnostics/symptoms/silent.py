"""Silent: days since a person last did anything on the project's tickets."""

from diagnostics.history import Work
from diagnostics.symptoms._contract import Measurement, Rule


def measure(work: Work) -> Measurement:
    """Days since the last human event; without histories, only as far as the days are certain."""
    if not work.tickets:
        return Measurement(None, "No ticket existed on this day, so there was nobody to be silent.")
    if work.categorised and not work.open:
        return Measurement(0, "No work is open, so nobody needs to say anything.")
    last = work.last_human_event
    if last is None:
        return Measurement(None, "Only machines have touched these tickets; no person's event is shown.")
    days = work.days_since(last.at)
    who = last.who.name if last.who else "somebody"
    if not work.shows_all_events:
        # Something that the source does not show may have happened until a ticket's last update.
        touched = max([last.at, *(ticket.updated or work.instant for ticket in work.tickets)])
        if days >= work.settings.silent.threshold > work.days_since(touched):
            return Measurement(None, "Tickets were updated since the last comment, but not by whom is shown.")
        days = min(days, work.days_since(touched)) if touched > last.at else days
    newest = max([last.at, *(ticket.touched for ticket in work.tickets if ticket.touched)])
    nothing_later = newest <= last.at and days >= work.settings.silent.threshold
    old = (
        " Nothing at all is newer: if the tickets were exported back then, export them again." if nothing_later else ""
    )
    return Measurement(
        int(days),
        f"{int(days)} days since a person last did anything: {who} {last.what} on {last.at:%Y-%m-%d}"
        f" ({last.ticket.key}).{old}",
        [(last.ticket, f"{who} {last.what} on {last.at:%Y-%m-%d}, the last human event")],
    )


SYMPTOM = Rule(
    id="silent",
    title="Silence",
    why="When nobody comments, moves or creates anything, the project has stopped, even if no one has said so;"
    " machines that touch tickets hide it.",
    unit="days",
    ask="Ask the team in one sentence: is this project still wanted, and what would it take to go on?",
    measure=measure,
)
