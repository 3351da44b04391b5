"""Where things come from: items of the source inventory, and pages where facts were seen."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.model import PhaseId


class Reference(BaseModel):
    """A page where a fact was seen: `title` says what it is, in the page's own language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1)
    address: str = Field(default="", pattern=r"^(https?://[^\s\"<>]+)?$")
    note: str = ""


class SourceItem(BaseModel):
    """One item of the source inventory: where it stands and on what condition, no sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Literal[
        "intro", "phase", "narrative", "trigger", "example", "topic", "tip", "question", "purpose",
        "challenge", "brief", "reference", "trait", "detail", "sector", "share", "spectrum",
        "type", "feature", "note", "check", "participation", "issue", "media", "definition",
    ]  # fmt: skip
    document: str
    phase: PhaseId | None = None
    condition: str | None = None
    tools: tuple[int, ...] = ()
    hedge: str | None = None
