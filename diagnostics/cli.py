"""The command line: results on standard output, messages on standard error, no traceback to a user."""

import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from diagnostics import serve as dashboard
from diagnostics.diagnose_all import diagnose_portfolio
from diagnostics.diagnosis import PortfolioDiagnosis, QuestionFinding
from diagnostics.escape import printable
from diagnostics.evaluate import (
    LabelError,
    evaluate_documents,
    evaluate_passages,
    read_by_one_kept_from_it,
    read_by_the_shipped_reader,
)
from diagnostics.findings import Status
from diagnostics.flow import WEEKS, flow_json, issue_flow, project_figures
from diagnostics.gather import gather_tickets
from diagnostics.history import FIRST_DAY, LAST_DAY, Work, end_of_day
from diagnostics.patterns import Pattern, Question, enabled_patterns, known_patterns, questions_of
from diagnostics.portfolio import Entry, Portfolio, load_portfolio, portfolio_of_files
from diagnostics.read_once import ReadOnce
from diagnostics.reading.card import FEW, cross_validated, how_well
from diagnostics.records import Problem
from diagnostics.reports import formats, render
from diagnostics.reports.wording import (
    actions_in_order,
    pieces,
    score_text,
    shown_health,
    source_text,
    verdict_word,
)
from diagnostics.settings import Settings
from diagnostics.store import default_file, default_url
from diagnostics.symptoms import Rule, all_symptoms

DONE, PROBLEMS, WRONG_USAGE = 0, 1, 2

portfolio_argument = click.argument(
    "portfolio_dir",
    required=False,
    envvar="UNSTUCK_PORTFOLIO",
    type=click.Path(path_type=Path),
)
project_option = click.option("--project", "projects", multiple=True, metavar="KEY", help="Only this project.")
as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Diagnose as of the end of this day [default: the portfolio's as_of, else today].",
)
kickoff_option = click.option(
    "--kickoff", "kickoffs", multiple=True, type=click.Path(path_type=Path), help="A kickoff record."
)
tickets_option = click.option(
    "--tickets", "tickets", multiple=True, type=click.Path(path_type=Path), help="A ticket file."
)
table_or_json = click.option(
    "--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True
)


def today(zone: ZoneInfo) -> date:
    """The day it is in a zone: the one place on the command line where the clock is read."""
    return datetime.now(zone).date()


def message(text: str) -> None:
    """Say something on standard error, line by line."""
    for line in text.splitlines():
        click.echo(printable(line) if line.strip() else "", err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="unstuck")
def cli() -> None:
    """Which ML projects are stuck, why, and which conversation gets them moving."""


@cli.command()
@portfolio_argument
@kickoff_option
@tickets_option
@project_option
@as_of_option
@table_or_json
def diagnose(
    portfolio_dir: Path | None,
    kickoffs: tuple[Path, ...],
    tickets: tuple[Path, ...],
    projects: tuple[str, ...],
    as_of: datetime | None,
    shape: str,
) -> int:
    """Diagnose the projects of a portfolio folder, or single files.

    Without a portfolio each --kickoff FILE is a project, and each --tickets FILE is one project; exactly
    one of each are joined into one.
    """
    portfolio = _portfolio(portfolio_dir, kickoffs, tickets)
    document = _diagnosed(portfolio, projects, as_of)
    if shape == "json":
        click.echo(render("json", document), nl=False)
    else:
        _print_table(document)
    return _exit_status(document.problems)


@cli.command()
@portfolio_argument
@tickets_option
@project_option
@as_of_option
@click.option("--working-days", is_flag=True, help="Count Mondays to Fridays alone, in the portfolio's zone.")
@table_or_json
def flow(
    portfolio_dir: Path | None,
    tickets: tuple[Path, ...],
    projects: tuple[str, ...],
    as_of: datetime | None,
    working_days: bool,
    shape: str,
) -> int:
    """Measure how the work flows, ticket by ticket: time in each status, hand-overs, moves back, blocked time.

    Without a portfolio each --tickets FILE is one project. What the source cannot show is null, or a dash. With
    --working-days JSON has working_seconds_in_status beside seconds_in_status.
    """
    portfolio = _portfolio(portfolio_dir, (), tickets)
    day = _day(portfolio, as_of)
    problems = list(portfolio.problems)
    progress, zone = _progress(), portfolio.timezone if working_days else None
    click.echo('{"projects": [' if shape == "json" else f"{printable(portfolio.name)}, as of {day}")
    for number, entry in enumerate(_asked_for(portfolio, projects)):
        if progress:
            progress(entry.project.name)
        found, wrong = gather_tickets(entry, portfolio.timezone, texts=False)
        problems += wrong
        gc.disable()  # millions of records hold no cycle, and walking through them again and again takes half the time
        work = Work.as_of(found, end_of_day(day, portfolio.timezone), Settings())
        if shape == "json":
            click.echo(", " * (number > 0) + flow_json(entry.project.key, work, zone))
        else:
            _print_flow(entry.project.key, work, zone)
    if shape == "json":
        click.echo("]}")
    for problem in problems:
        message(str(problem))
    return _exit_status(problems)


@cli.command()
@portfolio_argument
@project_option
@as_of_option
@click.option("--format", "shape", type=click.Choice(sorted(formats())), required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write.")
def report(portfolio_dir: Path | None, projects: tuple[str, ...], as_of: datetime | None, shape: str, out: Path) -> int:
    """Write a report of the portfolio that can be put before a director."""
    document = _diagnosed(load_portfolio(_existing(portfolio_dir)), projects, as_of)
    try:
        with click.open_file(str(out), "w", encoding="utf-8", atomic=True) as file:  # whole or not at all
            file.write(render(shape, document))
    except OSError as error:
        raise click.ClickException(f"{out}: cannot be written ({error.strerror}); name another --out.") from error
    message(f"{out}: written, {len(document.projects)} project(s)")
    return _exit_status(document.problems)


@cli.command()
@click.argument("labelled", type=click.Path(path_type=Path, exists=True))
@click.option("--cross-validate", is_flag=True, help="Score each document by a reader that was not trained on it.")
@click.option(
    "--pattern",
    "patterns",
    multiple=True,
    type=click.Choice([pattern.id for pattern in known_patterns()]),
    metavar="ID",
    help="Ask for this pattern, too, which is off by default.",
)
@table_or_json
def evaluate(labelled: Path, cross_validate: bool, patterns: tuple[str, ...], shape: str) -> int:
    """Measure the reading against a folder of labelled documents (docs/, labels/) or a file of passages."""
    if cross_validate:
        message("labelled texts in training are answered as they were by a reader kept from them (`make train`);")
        message("the shipped reader answers the others")
    answers_of = read_by_one_kept_from_it if cross_validate else read_by_the_shipped_reader
    try:
        run = evaluate_documents if labelled.is_dir() else evaluate_passages
        figures = run(labelled, questions_of(enabled_patterns(patterns)), answers_of)
    except LabelError as error:
        message(str(error))
        return PROBLEMS
    if figures["trained_on"]:
        message(f"{figures['trained_on']} of these texts were in training, which flatters what follows.")
        message(f"Cross-validated on labelled texts: {cross_validated()}")
    if shape == "json":
        click.echo(json.dumps(figures, indent=1, ensure_ascii=False))
    else:
        _print_figures(figures)
    return DONE


@cli.command()
@click.argument("name", metavar="[PATTERN_OR_QUESTION]", required=False)
@kickoff_option
def explain(name: str | None, kickoffs: tuple[Path, ...]) -> int:
    """Say what a pattern, a question or a symptom is, and how it is detected. Without a name: list them.

    With a question and --kickoff FILE also what the file answers to it: >>the quote<< with what stands around it, what
    in it made it ⟦concrete or vague⟧, and why.
    """
    known: dict[str, Pattern | Question | Rule] = {}
    owner: dict[str, Pattern] = {}
    for pattern in known_patterns():
        known[pattern.id] = pattern
        known |= {question.id: question for question in pattern.questions}
        owner |= dict.fromkeys((pattern.id, *(question.id for question in pattern.questions)), pattern)
    known |= {rule.id: rule for rule in all_symptoms()}
    if kickoffs and not isinstance(known.get(name or ""), Question):
        raise click.UsageError(
            "--kickoff shows what a file answers to one question, so name it: unstuck explain metric-target --kickoff"
            " FILE. `unstuck explain` lists the questions."
        )
    if name is None:
        _list_all()
        return DONE
    if name not in known:
        raise click.UsageError(f"{name!r} is no pattern, question or symptom; `unstuck explain` lists them.")
    click.echo(_explained(known[name]))
    if name in owner and not owner[name].on_by_default:
        id = owner[name].id
        is_off = "It is off by default" if name == id else f"Its pattern, {id}, is off by default"
        click.echo(f'\n{is_off}: patterns = ["{id}"] under [portfolio] in portfolio.toml switches it on.')
    if not kickoffs:
        return DONE
    files = portfolio_of_files(kickoffs, ()).model_copy(update={"patterns": (owner[name].id,)})
    document = _diagnosed(files, (), None)
    for project in document.projects:
        if not any(source.read for source in project.sources):
            continue  # standard error says why it could not be read
        found = next(q for pattern in project.patterns for q in pattern.questions if q.id == name)
        click.echo(f"\nIn {printable(project.name)}: {_answered(found)}")
    return _exit_status(document.problems)


@cli.command()
@portfolio_argument
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--headless", is_flag=True, help="Do not open a browser.")
def serve(portfolio_dir: Path | None, port: int, headless: bool) -> NoReturn:
    """Open the dashboard on a portfolio folder."""
    try:
        dashboard.run(_existing(portfolio_dir), port=port, headless=headless)
    except dashboard.ServeError as error:
        raise click.ClickException(str(error)) from error


def _existing(folder: Path | None) -> Path:
    """The portfolio folder, the working directory if none is named."""
    if folder is not None and not folder.is_dir():
        raise click.UsageError(f"{folder} is no folder; name the folder that holds portfolio.toml.")
    return folder or Path()


def _portfolio(folder: Path | None, kickoffs: Sequence[Path], tickets: Sequence[Path]) -> Portfolio:
    if not kickoffs and not tickets:
        return load_portfolio(_existing(folder))
    source = click.get_current_context().get_parameter_source("portfolio_dir")
    if folder is not None and source is click.core.ParameterSource.COMMANDLINE:
        raise click.UsageError("Give either a portfolio folder or single files, not both.")
    if kickoffs and tickets and (len(kickoffs), len(tickets)) != (1, 1):
        raise click.UsageError("Give kickoff files, or ticket files, or exactly one of each to join them.")
    return portfolio_of_files(kickoffs, tickets)


def _diagnosed(portfolio: Portfolio, projects: Sequence[str], as_of: datetime | None) -> PortfolioDiagnosis:
    _asked_for(portfolio, projects)
    day = _day(portfolio, as_of)
    fixed = as_of is not None or portfolio.as_of is not None
    document = diagnose_portfolio(
        portfolio,
        day,
        Settings(),
        is_today=not fixed,
        only=frozenset(projects),
        progress=_progress(),
        **_readers(portfolio.folder),
    )
    for problem in document.problems:
        message(str(problem))
    return document


def _asked_for(portfolio: Portfolio, projects: Sequence[str]) -> list[Entry]:
    """The projects of these keys, all if none is given."""
    keys = [entry.project.key for entry in portfolio.entries]
    unknown = [key for key in projects if key not in keys]
    if unknown:
        raise click.UsageError(f"no project {', '.join(unknown)} in the portfolio; it has: {', '.join(keys) or 'none'}")
    return [entry for entry in portfolio.entries if not projects or entry.project.key in projects]


def _day(portfolio: Portfolio, as_of: datetime | None) -> date:
    day = as_of.date() if as_of else portfolio.as_of or today(portfolio.timezone)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise click.UsageError(f"--as-of {day} is not between {FIRST_DAY} and {LAST_DAY}.")
    return day


def _readers(folder: Path) -> dict[str, Any]:
    """Ones that know what was read before, where there is a store to know it from; none is made for it."""
    url = os.environ.get("UNSTUCK_STORE")
    if url is None and not default_file(folder).exists():
        return {}
    known = ReadOnce(url or default_url(folder))
    return {"reader": known, "thread_reader": known.threads}


def _progress() -> Callable[[str], None] | None:
    """Names each project on standard error as its turn comes, where somebody is there to see it."""
    return (lambda name: message(f"reading {name}")) if sys.stderr.isatty() else None


def _exit_status(problems: Sequence[Problem]) -> int:
    return PROBLEMS if problems else DONE


def _print_table(document: PortfolioDiagnosis) -> None:
    table = Table(title=Text(printable(f"{document.name}, as of {document.as_of}")), title_justify="left")
    for heading in ("Project", "Verdict", "Health", "Clarity", "Flow", "First action"):
        table.add_column(heading, overflow="fold")
    for project in document.projects:
        actions = actions_in_order(project)
        first = actions[0].title if actions else "Nothing is open"
        scores = (score_text(score) for score in (shown_health(project), project.clarity, project.flow))
        cells = (f"{project.key}: {project.name}", verdict_word(project), *scores, first)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _print_flow(key: str, work: Work, workdays_in: ZoneInfo | None) -> None:
    figures = project_figures(work)
    click.echo(f"\n{printable(key)}: {figures.tickets} tickets, {_or_dash(figures.open)} open")
    if figures.forecast:
        made = figures.forecast
        click.echo(
            f"  {made.remaining} open tickets would take {made.weeks_50} weeks (even odds), {made.weeks_85} (85 %),"
            f" {made.weeks_95} (95 %), going by {made.finished} finished in the last {WEEKS} weeks"
        )
    else:
        click.echo(f"  no forecast: {figures.no_forecast}")
    table = Table(box=None)
    for heading in ("Ticket", "Time in status", "Handed on", "Moved back", "Reopened", "Blocked", "Last human event"):
        table.add_column(heading, overflow="fold")
    for ticket in work.tickets:
        found = issue_flow(work, ticket, workdays_in)
        spent = found.seconds_in_status if workdays_in is None else found.working_seconds_in_status
        longest = sorted((spent or {}).items(), key=lambda item: -item[1])
        table.add_row(
            Text(printable(found.key)),
            Text(printable(", ".join(f"{name} {_days(took)}" for name, took in longest)) or "-"),
            *(_or_dash(count) for count in (found.reassignments, found.backward_moves, found.reopened)),
            "-" if found.blocked_seconds is None else _days(found.blocked_seconds),
            f"{found.last_human_event:%Y-%m-%d}" if found.last_human_event else "-",
        )
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _or_dash(value: object) -> str:
    return "-" if value is None else str(value)


def _days(seconds: int) -> str:
    return f"{seconds / 86_400:.1f} d"


def _print_figures(figures: dict[str, Any]) -> None:
    """Figures of an evaluation, nested objects one level to the right."""

    def lines(value: dict[str, Any], indent: str) -> None:
        for name, figure in value.items():
            if isinstance(figure, dict) and any(isinstance(inner, dict) for inner in figure.values()):
                click.echo(f"{indent}{name}")
                lines(figure, indent + "  ")
            elif isinstance(figure, list) and all(isinstance(inner, dict) for inner in figure):
                for number, inner in enumerate(figure, 1):
                    click.echo(f"{indent}{name} {number}")
                    lines(inner, indent + "  ")
            elif isinstance(figure, dict) and figure.get("support", FEW) < FEW:
                click.echo(f"{indent}{name:<24}too few to say ({figure['support']} labelled as answered)")
            elif isinstance(figure, dict):
                click.echo(
                    f"{indent}{name:<24}" + "  ".join(f"{key} {_figure(inner)}" for key, inner in figure.items())
                )
            else:
                click.echo(f"{indent}{name:<24}{_figure(figure)}")

    lines(figures, "")


def _figure(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else " ".join(printable(str(value)).split())


def _list_all() -> None:
    """Every pattern with its questions, those that are off last, and every symptom."""
    switch = "off by default: name in portfolio.toml, under [portfolio], those to switch on (patterns = [...])"
    for heading, on in (("", True), (switch, False)):
        if heading:
            click.echo(f"{heading}:")
        for pattern in known_patterns():
            if pattern.on_by_default is on:
                click.echo(f"{pattern.id}: {pattern.title}")
                for question in pattern.questions:
                    click.echo(f"  {question.id}: {question.question}")
    click.echo("symptoms in the tickets:")
    for rule in all_symptoms():
        click.echo(f"  {rule.id}: {rule.title}")


def _explained(thing: Pattern | Question | Rule) -> str:
    match thing:
        case Pattern():
            questions = "\n".join(f"  {q.id} (weight {q.weight}): {q.question}" for q in thing.questions)
            return f"{thing.title}\n\n{thing.why}\n\nQuestions:\n{questions}"
        case Question():
            cases = "\n".join(f"  {case.outcome}: {case.text}" for case in thing.cases)
            return (
                f"{thing.question}\n\nAnswered means: {thing.answered}\nVague means: {thing.vague}\n"
                f"A good answer: {thing.example}\nTalk to: the {thing.partner}\n"
                f"How well it is read: {how_well(thing.id)}\n\nCases:\n{cases}"
            )
        case Rule():
            return f"{thing.title} (in {thing.unit})\n\n{thing.why}\n\nWhat to ask: {thing.ask}"


def _answered(found: QuestionFinding) -> str:
    """An answer with each quote in its place, what made it concrete or vague between ⟦ and ⟧."""
    said = f"{found.status} (sure to {found.confidence:.0%}): {printable(found.why)}"
    for evidence in found.evidence:
        quote = "".join(f"⟦{piece}⟧" if marked else piece for piece, marked in pieces(evidence))
        around = f"{evidence.before} >> {quote} << {evidence.after}".strip()
        said += f"\n  {printable(source_text(evidence))}\n    {printable(around)}"
    return said if found.status is Status.ANSWERED else f"{said}\n  A good answer: {printable(found.good_answer)}"


def main() -> None:
    """The entry point `unstuck`: exit 0 done, 1 a problem in the data, 2 wrong usage."""
    try:
        status = cli(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        status = WRONG_USAGE
    except click.ClickException as error:
        error.show()
        status = PROBLEMS
    except (click.Abort, KeyboardInterrupt):
        message("interrupted")
        status = 130
    except BrokenPipeError:
        sys.stderr.close()
        status = PROBLEMS
    except Exception as error:
        if os.environ.get("UNSTUCK_DEBUG"):
            raise
        message(f"unstuck: a fault in the program ({type(error).__name__}: {error}); UNSTUCK_DEBUG=1 shows where.")
        status = PROBLEMS
    sys.exit(status)
