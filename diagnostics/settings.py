"""Settings: every threshold and weight that a person may want to change, with its default."""

import hashlib
import re

from pydantic import BaseModel, ConfigDict, Field


class Limit(BaseModel):
    """When a symptom counts as present (`threshold`, in its own unit), and the most it may cost (points)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: float = Field(gt=0)
    cap: float = Field(gt=0, le=100)

    def penalty(self, value: float) -> float:
        """Half the cap at the threshold, rising with the value to the whole cap at twice the threshold."""
        return 0.0 if value < self.threshold else self.cap * min(1.0, value / (2 * self.threshold))


class Settings(BaseModel):
    """The defaults of design and score; `version` tells apart diagnoses made with different settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # Ids of patterns to ask for beside those that are on by default; `[portfolio] patterns` adds to them.
    patterns: tuple[str, ...] = ()

    low_below: float = 50.0
    widest_range: float = 40.0
    sure_confidence: float = Field(default=0.8, ge=0, le=1)
    new_project_days: int = 21
    fewest_active_days: int = 5  # with fewer days on which a person did anything, no symptom fires

    ageing_work: Limit = Limit(threshold=3, cap=25)
    blocked: Limit = Limit(threshold=3, cap=25)
    bouncing: Limit = Limit(threshold=3, cap=20)
    product_silent: Limit = Limit(threshold=21, cap=15)
    silent: Limit = Limit(threshold=14, cap=60)  # four weeks of silence are low by themselves
    slowing: Limit = Limit(threshold=50, cap=25)

    bots: tuple[str, ...] = (
        "jira",
        "automation for jira",
        "github",
        "gitlab",
        "bitbucket",
        "jenkins",
        "slack",
    )
    largest_document_bytes: int = 20 * 1024 * 1024

    @property
    def version(self) -> str:
        """A short hash of all values but the patterns, which a diagnosis' versions tell by their content."""
        return hashlib.sha256(self.model_dump_json(exclude={"patterns"}).encode()).hexdigest()[:12]

    def is_bot(self, account_name: str) -> bool:
        """Whether an account of this name is taken for a machine: a known name, or one that ends in the word bot."""
        name = account_name.casefold().strip()
        return name in self.bots or re.search(r"(^|[\W_])bot\]?$", name) is not None
