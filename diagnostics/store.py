"""The store: finished diagnoses by project, day, versions and hash of inputs; readings by the hash of their text."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Date, Engine, String, Text, UniqueConstraint, create_engine, delete, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from diagnostics.diagnosis import Diagnosis, Versions


class StoreError(Exception):
    """The store cannot be opened, read or written; the message says what to do."""


class _Table(DeclarativeBase):
    pass


class _StoredDiagnosis(_Table):
    __tablename__ = "diagnoses"
    __table_args__ = (
        UniqueConstraint("portfolio", "project", "as_of", "versions", "inputs"),
        {"sqlite_autoincrement": True},  # an id is never given twice: `revision` counts on it
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    portfolio: Mapped[str] = mapped_column(String(200), index=True)
    project: Mapped[str] = mapped_column(String(200))
    as_of: Mapped[date] = mapped_column(Date)
    versions: Mapped[str] = mapped_column(String(200))
    inputs: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)


class _StoredReading(_Table):
    __tablename__ = "readings"

    text_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    made_by: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a diagnosis was made from: equal fingerprints give equal diagnoses.

    `inputs` is the SHA-256 of the project's entry in portfolio.toml and of its files' bytes.
    """

    portfolio: str
    project: str
    as_of: date
    versions: Versions
    inputs: str

    def columns(self) -> dict[str, Any]:
        """The fingerprint as the table keeps it."""
        made_by = f"{self.versions.reader}/{self.versions.patterns}/{self.versions.thresholds}"
        return {
            "portfolio": self.portfolio,
            "project": self.project,
            "as_of": self.as_of,
            "versions": made_by,
            "inputs": self.inputs,
        }


def default_file(folder: Path) -> Path:
    """Where the store of a portfolio folder is: `.unstuck/store.db` in it."""
    return (folder / ".unstuck" / "store.db").resolve()


def default_url(folder: Path) -> str:
    """The store of a portfolio folder as a SQLite database."""
    return f"sqlite:///{default_file(folder)}"


class Store:
    """Opened by SQLAlchemy URL; safe to use from several threads.

    Raises:
        StoreError: the URL is no database, or the database cannot be created or opened.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self._engine = _engine(url)
            _Table.metadata.create_all(self._engine)
        except (ArgumentError, ImportError) as error:
            raise StoreError(
                "UNSTUCK_STORE is no database URL that can be opened; an example: sqlite:////home/me/unstuck.db"
            ) from error
        except (SQLAlchemyError, OSError) as error:
            reason = str(getattr(error, "orig", None) or error)
            raise StoreError(
                f"The store cannot be opened ({reason}). Make its folder writable, or name another in UNSTUCK_STORE."
            ) from error
        self._sessions = sessionmaker(self._engine)

    def close(self) -> None:
        """Give the database's connections back."""
        self._engine.dispose()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with self._sessions.begin() as session:
                yield session
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error)
            raise StoreError(f"The store could not be used ({reason}). Is its disk full, or the file moved?") from error

    def renew(self, made_from: Fingerprint) -> bool:
        """Make the diagnosis that was made from the same the newest of its project; False if none is kept.

        So that files which went back to what they were show what they showed then.
        """
        same_project = {"portfolio": made_from.portfolio, "project": made_from.project}
        with self._session() as session:
            kept = session.scalar(select(_StoredDiagnosis).filter_by(**made_from.columns()))
            if kept is None:
                return False
            newest = session.scalar(select(func.max(_StoredDiagnosis.id)).filter_by(**same_project))
            if kept.id != newest:
                _replace(session, made_from, kept.body)
            return True

    def save(self, diagnosis: Diagnosis, made_from: Fingerprint) -> None:
        """Keep a diagnosis; one made from the same is replaced and becomes the newest."""
        with self._session() as session:
            _replace(session, made_from, diagnosis.model_dump_json())

    def revision(self, portfolio: str) -> int:
        """A number that grows with each diagnosis kept for the portfolio: what a page's cache is keyed on."""
        with self._session() as session:
            newest = select(func.max(_StoredDiagnosis.id)).where(_StoredDiagnosis.portfolio == portfolio)
            return session.scalar(newest) or 0

    def latest(self, portfolio: str) -> list[Diagnosis]:
        """The newest diagnosis kept of each project. One that another version wrote otherwise is passed over."""
        newest = (
            select(func.max(_StoredDiagnosis.id))
            .where(_StoredDiagnosis.portfolio == portfolio)
            .group_by(_StoredDiagnosis.project)
        )
        with self._session() as session:
            bodies = session.scalars(select(_StoredDiagnosis.body).where(_StoredDiagnosis.id.in_(newest))).all()
        return [diagnosis for body in bodies if (diagnosis := _opened(body)) is not None]

    def readings(self, hashes: Sequence[str], made_by: str) -> dict[str, str]:
        """What was kept for texts, as JSON by their hashes, where the same reader made it."""
        kept: dict[str, str] = {}
        with self._session() as session:
            for some in _by_hundreds(list(hashes)):
                asked = select(_StoredReading).where(
                    _StoredReading.text_sha256.in_(some), _StoredReading.made_by == made_by
                )
                kept |= {row.text_sha256: row.body for row in session.scalars(asked)}
        return kept

    def keep_readings(self, readings: Mapping[str, str], made_by: str) -> None:
        """Keep readings of texts as JSON by their hashes, in the place of what another reader made of them."""
        with self._session() as session:
            for some in _by_hundreds(list(readings)):
                session.execute(delete(_StoredReading).where(_StoredReading.text_sha256.in_(some)))
                rows = [_StoredReading(text_sha256=text, made_by=made_by, body=readings[text]) for text in some]
                try:
                    with session.begin_nested():
                        session.add_all(rows)
                        session.flush()
                except IntegrityError:
                    pass  # another process has just kept the same


def _by_hundreds(hashes: list[str]) -> Iterator[list[str]]:
    """In portions that every database takes as parameters of one statement."""
    return (hashes[at : at + 500] for at in range(0, len(hashes), 500))


def _opened(body: str) -> Diagnosis | None:
    try:
        return Diagnosis.model_validate_json(body)
    except ValidationError:
        return None


def _replace(session: Session, made_from: Fingerprint, body: str) -> None:
    session.execute(delete(_StoredDiagnosis).filter_by(**made_from.columns()))
    session.add(_StoredDiagnosis(**made_from.columns(), body=body))


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    if parsed.get_backend_name() == "sqlite":
        # One writer beside many readers, and nothing acknowledged is lost when the power fails.
        @event.listens_for(engine, "connect")
        def _pragmas(connection: Any, _record: object) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA busy_timeout=10000")
            cursor.close()

    return engine
