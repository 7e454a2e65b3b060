"""Repeated sentences: the share of the comments' sentences that occur more than once in the portfolio."""

from __future__ import annotations

import re
from collections import Counter

from story import Story

MAX_REPEATED = 0.05


def report_sentences(stories: list[Story]) -> float:
    """Prints a line a project; returns the share of all comment sentences that occur more than once."""
    comments = {story.key: comments_of(story) for story in stories}
    names = names_pattern(stories)
    sentences = {key: [each for text in comments[key] for each in masked(text, names)] for key in comments}
    counts = Counter(sentence for each in sentences.values() for sentence in each)
    for story in stories:
        share = repeated_share(sentences[story.key], counts)
        tickets = len(story.tickets)
        print(f"{story.key:8}{tickets:5} tickets{len(comments[story.key]):5} comments{share:7.1%} repeated")
    total = repeated_share(list(counts.elements()), counts)
    print(f"{counts.total()} sentences, {total:.1%} repeated (at most {MAX_REPEATED:.0%})")
    for sentence, count in counts.most_common(5):
        if count > 1:
            print(f"  {count} times: {sentence}")
    return total


def comments_of(story: Story) -> list[str]:
    """The texts of a story's comments."""
    return [step.argument for ticket in story.tickets.values() for step in ticket.steps if step.verb == ":"]


def names_pattern(stories: list[Story]) -> re.Pattern[str]:
    """Every nickname, first name and last name of the portfolio."""
    people = [person for story in stories for person in story.people.items()]
    names = sorted({name for nick, full in people for name in (nick, full.split()[0], full.split()[-1])})
    return re.compile(rf"\b({'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


def masked(text: str, names: re.Pattern[str]) -> list[str]:
    """A comment's sentences of three words or more, without names, numbers and case."""
    text = re.sub(r"\d+", "0", names.sub("@", text)).casefold()
    sentences = [sentence.split() for sentence in re.split(r"[.!?]+(?:\s+|$)", text)]
    return [" ".join(words) for words in sentences if len(words) >= 3]


def repeated_share(sentences: list[str], counts: Counter[str]) -> float:
    """The share of these sentences that are counted more than once."""
    return sum(counts[sentence] > 1 for sentence in sentences) / max(len(sentences), 1)
