"""What a run has to say when it is over."""

from __future__ import annotations

from pydantic import Field

from baodao.errors import language
from baodao.markup import escaped
from baodao.records.source import Record

__all__ = ["Failure", "RunReport"]

_SHOWN = 20


class Failure(Record):
    """One input that could not be read."""

    input: str  # its path, or file and row
    code: str  # BD110 and so on; the name of the error if it has no code
    reason: str

    def __str__(self) -> str:
        return f"{self.input}: {self.code} {self.reason}"


class RunReport(Record):
    """The outcome of a run: what was read, what failed and why, where the tables are."""

    out: str
    inputs: int = 0  # all of them, failed ones too
    failed: int = 0
    resumed: int = 0  # inputs whose rows an earlier run had finished
    rows: dict[str, int] = Field(default_factory=dict)  # by table
    failures: tuple[Failure, ...] = ()  # the first 1,000; the table `errors` of a folder has all
    seconds: float = 0.0
    workers: int = 1
    versions: dict[str, str] = Field(default_factory=dict)

    @property
    def facts(self) -> int:
        """How many facts were found."""
        return self.rows.get("facts", 0)

    def lines(self) -> list[str]:
        """The report in words."""
        rows = " · ".join(f"{name} {count:,}" for name, count in self.rows.items() if name != "errors")
        if language() == "zh":
            before = f",{self.resumed:,} 个早已完成" if self.resumed else ""
            counts = f"{self.inputs:,} 个输入,{self.failed:,} 个失败{before};{rows};{self.seconds:.1f} 秒"
        else:
            before = f", {self.resumed:,} done before" if self.resumed else ""
            counts = f"{self.inputs:,} inputs, {self.failed:,} failed{before}; {rows}; {self.seconds:.1f} s"
        more = self.failed - _SHOWN
        tail = [f"  … +{more:,}"] if more > 0 else []
        return [f"{self.out}: {counts}", *(f"  {failure}" for failure in self.failures[:_SHOWN]), *tail]

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def __repr__(self) -> str:
        return f"RunReport({self.out!r}, {self.inputs} inputs, {self.failed} failed, {self.facts} facts)"

    def _repr_html_(self) -> str:
        head, *failures = self.lines()
        listed = "".join(f"<li>{escaped(line.strip())}</li>" for line in failures)
        return f"<p>{escaped(head)}</p>" + (f"<ul>{listed}</ul>" if listed else "")
