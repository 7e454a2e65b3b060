"""Builds the sample portfolio: Jira tickets from stories, documents from kickoff sources; `--check` compares.

The texts are the writers'. Added here is what a machine would add: ids, clock times, histories, JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zipfile
from pathlib import Path

from jira_issues import issues
from kickoffs import GENERATED, KickoffError, write_kickoffs
from pypdf import PdfReader
from sentences import MAX_REPEATED, report_sentences
from story import Story, StoryError, read_story

MAKE = Path(__file__).resolve().parent


def build(source: Path, target: Path) -> list[Story]:
    """Writes the tickets and the kickoff documents; returns the stories."""
    stories = [read_story(path) for path in sorted((source / "stories").glob("*.yaml"))]
    (target / "tickets").mkdir(parents=True, exist_ok=True)
    for story in stories:
        lines = [json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in issues(story)]
        (target / "tickets" / f"{story.key.lower()}.jsonl").write_bytes("".join(lines).encode())
    write_kickoffs(source / "kickoffs", target / "kickoffs")
    return stories


def check(source: Path, committed: Path) -> bool:
    """Prints what a new build changes and how often sentences repeat; says whether all is well."""
    with tempfile.TemporaryDirectory() as folder:
        stories = build(source, Path(folder))
        differing = differences(Path(folder), committed)
    print("\n".join(differing) or "the committed files are the same as a new build")
    return report_sentences(stories) <= MAX_REPEATED and not differing


def differences(built: Path, committed: Path) -> list[str]:
    """What a new build adds, drops or changes, a line a file."""
    new, old = generated_files(built), generated_files(committed)
    missing = [f"{name}: missing" for name in sorted(new.keys() - old.keys())]
    left_over = [f"{name}: has no source" for name in sorted(old.keys() - new.keys())]
    changed = [f"{name}: differs" for name in sorted(new.keys() & old.keys()) if new[name] != old[name]]
    return missing + left_over + changed


def generated_files(root: Path) -> dict[str, object]:
    """What the files of a portfolio that a build writes hold, by name."""
    patterns = ["tickets/*.jsonl", *(f"kickoffs/*.{form}" for form in GENERATED)]
    paths = [path for pattern in patterns for path in root.glob(pattern)]
    return {path.relative_to(root).as_posix(): content(path) for path in paths}


def content(path: Path) -> object:
    """What a file holds, whatever this machine's zlib makes of it when it compresses."""
    match path.suffix:
        case ".docx":
            with zipfile.ZipFile(path) as archive:
                return {name: archive.read(name) for name in archive.namelist()}
        case ".pdf":
            return [page.extract_text() for page in PdfReader(path).pages]
    return path.read_bytes()


def main() -> int:
    """Builds, or checks; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a build would change files")
    try:
        if parser.parse_args().check:
            return 0 if check(MAKE, MAKE.parent) else 1
        build(MAKE, MAKE.parent)
    except (StoryError, KickoffError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
