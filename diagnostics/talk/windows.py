"""A thread as sequences of pieces for its encoder: who speaks, then the sentences, post after post."""

from collections.abc import Callable
from dataclasses import dataclass

from diagnostics.talk.thread import Post, Thread

CLS, SEP, UNKNOWN = 101, 102, 100  # numbers of the vocabulary's own marks
POST, SENTENCE = 10, 11  # two of its unused ones
WINDOW, WORDS, WHO = 320, 56, 8  # pieces at most: of a window, of a sentence, of a speaker and their role
CHARACTERS = 600  # what stands further on in one sentence is not looked at


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces, and of each sentence in them its number in the thread and its span of pieces."""

    pieces: list[int]
    spans: list[tuple[int, int]]
    sentences: list[int]


def windows(thread: Thread, pieces_of: Callable[[str], list[int]]) -> list[Window]:
    """The thread in windows; each but the first begins in the middle of the one before, at a post."""
    by_post: dict[int, list[tuple[int, list[int]]]] = {}
    for number, said in enumerate(thread.said):
        pieces = pieces_of(said.words[:CHARACTERS])[:WORDS] or [UNKNOWN]
        by_post.setdefault(said.post, []).append((number, pieces))
    posts = [
        (speaker, part)
        for post, own in by_post.items()
        for speaker in [_speaker(thread, thread.posts[post], pieces_of)]
        for part in _parts(own)
    ]
    made: list[Window] = []
    first = 0
    while first < len(posts):
        window, last = _window(posts, first)
        made.append(window)
        if last >= len(posts):
            break
        first = max(first + 1, (first + last + 1) // 2)
    return made


def _window(posts: list[tuple[list[int], list[tuple[int, list[int]]]]], first: int) -> tuple[Window, int]:
    """A window from a post on, and the first post that is not wholly in it."""
    window = Window([CLS], [], [])
    for number in range(first, len(posts)):
        speaker, own = posts[number]
        if number > first and len(window.pieces) + 2 + len(speaker) + sum(len(p) + 1 for _, p in own) > WINDOW:
            return window, number
        window.pieces.extend([POST, *speaker])
        for sentence, pieces in own:
            window.pieces.append(SENTENCE)
            window.spans.append((len(window.pieces), len(window.pieces) + len(pieces)))
            window.sentences.append(sentence)
            window.pieces.extend(pieces)
    return window, len(posts)


def _parts(own: list[tuple[int, list[int]]]) -> list[list[tuple[int, list[int]]]]:
    """A post's sentences in parts that fit into a window each; mostly one."""
    parts: list[list[tuple[int, list[int]]]] = [[]]
    room = WINDOW - WHO - 4
    for sentence in own:
        if parts[-1] and sum(len(pieces) + 1 for _, pieces in parts[-1]) + len(sentence[1]) + 1 > room:
            parts.append([])
        parts[-1].append(sentence)
    return parts


def _speaker(thread: Thread, post: Post, pieces_of: Callable[[str], list[int]]) -> list[int]:
    if post.author is None:
        return []
    role = thread.roles.get(post.author)
    return pieces_of(f"{post.author.name}, {role}" if role else post.author.name)[:WHO]
