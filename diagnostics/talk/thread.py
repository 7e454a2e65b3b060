"""Thread: a ticket as what people wrote in it, in order, cut into sentences with their exact places."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from diagnostics.reading.blocks import blocks, masked
from diagnostics.reading.sentences import sentences, squeezed
from diagnostics.records import Account, Ticket

_NO_SPEECH = ("code", "meta", "quote")  # what is quoted was said by somebody else, or above
_ADDRESS = re.compile(r"https?://\S{4,}")
_LINK = "link"
_QUOTED_LINE = re.compile(r"\s*>")


@dataclass(frozen=True, slots=True)
class Post:
    """What one person wrote at once: the ticket itself (`comment` is None), or the comment of that index."""

    comment: int | None
    author: Account | None
    at: datetime | None
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: its post's number in the thread, its place in that post's text, its words on one line."""

    post: int
    span: tuple[int, int]
    words: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The posts of a ticket, oldest first, without those of machines, and all their sentences in order.

    `roles` are what people are declared to be, by their account.
    """

    posts: tuple[Post, ...]
    said: tuple[Said, ...]
    roles: Mapping[Account, str]


def thread_of(ticket: Ticket, is_person: Mapping[Account | None, bool], roles: Mapping[Account, str]) -> Thread:
    """The thread of a ticket; an account that `is_person` does not know is a person's."""
    posts = [Post(None, ticket.reporter or ticket.creator, ticket.created, ticket.text, ticket.url)]
    posts += [
        Post(number, comment.author, comment.created, comment.text, comment.url)
        for number, comment in enumerate(ticket.comments or ())
        if is_person.get(comment.author, True)
    ]
    told = tuple(said for number, post in enumerate(posts) for said in _sentences(number, post.text))
    return Thread(tuple(posts), told, roles)


def _sentences(post: int, text: str) -> Iterator[Said]:
    # An address is no speech, but that there is one may be the answer.
    plain = list(masked(text))
    for address in _ADDRESS.finditer(text):
        plain[address.start() : address.start() + len(_LINK)] = _LINK
    yield from _sentences_of(post, text, "".join(plain))


def _sentences_of(post: int, text: str, plain: str) -> Iterator[Said]:
    for block in blocks(text, plain):
        if block.kind in _NO_SPEECH or _QUOTED_LINE.match(text, block.span[0]):
            continue
        for span in sentences(plain, block):
            words = squeezed(plain, span)
            if words:
                yield Said(post, span, words)
