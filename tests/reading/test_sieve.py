"""The sieve: lets answers through and most of a tracker's text not, sums what it says it sums, in linear time."""

import json
import random
import re
import time
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.patterns import all_questions
from diagnostics.reading import read, read_what_matters
from diagnostics.reading.sieve import BITS, Sieve, blocks_of, hashed, sieve
from tests.bench import comments

ANSWER = "Product (Mara) agreed that recall at 90 % precision must be at least 0.6 on the hold-out of June."
CHATTER = "It crashes on Android 4.4 when the window is closed twice.\nSee the log.\nFixed in the last build."


def test_an_answer_passes_and_chatter_does_not() -> None:
    assert sieve().passed([CHATTER, ANSWER, CHATTER, "", f"{CHATTER}\n{ANSWER}\n{CHATTER}"]) == [1, 4]
    assert sieve().passed([]) == []


def test_what_passes_is_read_as_it_is_read_alone() -> None:
    assert read_what_matters([CHATTER, ANSWER], all_questions()) == {1: read(ANSWER, all_questions())}


def test_numbers_and_capitals_are_alike() -> None:
    assert hashed(b"Recall of 0.85").words.tolist() == hashed(b"RECALL OF 0.91").words.tolist()
    assert hashed(b"recall of 0.85").words.tolist() != hashed(b"recall at 0.85").words.tolist()


@given(st.lists(st.text(alphabet="ab1% .!\n", max_size=40), max_size=6))
def test_sums_are_those_of_words_and_pairs_within_a_sentence(texts: list[str]) -> None:
    """Against the plain way: split at sentence ends, find the words, add up."""
    random_weights = np.random.default_rng(3)
    words, pairs = (random_weights.normal(size=1 << BITS).astype("f4") for _ in range(2))
    passed = Sieve(words, pairs, 0.5).passed(texts)

    def total(sentence: str) -> float:
        found = hashed(" ".join(re.findall(r"[ab1%]+", sentence)).encode()) if sentence.strip() else None
        return float(words[found.words].sum() + pairs[found.pairs].sum()) if found else 0.0

    sums = [[total(part) for part in re.split(r"\n|(?<=[.!])(?=[ \n])", text)] for text in texts]
    if all(abs(one - 0.5) > 1e-3 for some in sums for one in some):
        assert passed == [number for number, some in enumerate(sums) if max(some, default=0.0) >= 0.5]


def test_a_text_passes_in_company_as_it_does_alone(shared: Path) -> None:
    """The shipped weights over thousands of real comments: sums must not depend on what stands before."""
    texts = comments(shared / "real/jira/titanium-DAEMON.jsonl.gz") * 8
    together = sieve().passed(texts)
    assert together == [number for number, text in enumerate(texts) if sieve().passed([text])]


@given(st.binary(max_size=300_000))
def test_blocks_hold_every_byte_once(written: bytes) -> None:
    found = list(blocks_of(written))
    assert b"".join(block for _, block in found) == written
    assert all(written[at : at + len(block)] == block and len(block) <= 1 << 16 for at, block in found)


@given(st.lists(st.text(max_size=60), max_size=4))
def test_no_text_is_too_strange(texts: list[str]) -> None:
    assert set(sieve().passed([*texts, "\ud800 é" + "x" * 70_000])) <= set(range(len(texts) + 1))


def test_time_grows_with_length_and_no_faster() -> None:
    def seconds(many: int) -> float:
        texts = ["aaaa" * 5_000 + "(" * 5_000] * many
        begun = time.process_time()
        sieve().passed(texts)
        return time.process_time() - begun

    seconds(10)
    assert min(seconds(200) for _ in range(3)) < 40 * max(min(seconds(20) for _ in range(3)), 0.002)


def test_it_loses_few_of_the_labelled_answers(shared: Path) -> None:
    """Labelled passages among a real tracker's comments, one in a hundred; none of them was trained on."""
    rows = [json.loads(line) for line in (shared / "eval/passages.jsonl").read_text().splitlines()]
    planted = [row["text"] for row in rows if row["status"] == "answered"]
    written = comments(shared / "real/jira/titanium-MOD.jsonl.gz")
    texts = [text for one in planted for text in (one, *random.Random(one).choices(written, k=99))]
    passed = set(sieve().passed(texts))
    assert sum(number not in passed for number in range(0, len(texts), 100)) < 0.02 * len(planted)
    assert len(passed) < 0.4 * len(texts)
