"""The command line: reads arguments, calls the door, prints. Data to stdout, words to stderr.

Exit codes: 0 good, 1 some inputs failed, 2 wrong use, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import glob
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

import baodao
from baodao.errors import BaodaoError, either, language
from baodao.readers import read_content
from baodao.readers.limits import MOST_BYTES
from baodao.records import Article, Fact, Issue, Page, Source
from baodao.records.columns import table_schema
from baodao.records.mention import Mention
from baodao.records.source import read_issue_date
from baodao.records.table import FactTable
from baodao.stages import analyze_source

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="报道 baodao: 从中文报纸版面到报道与事实表 / from a Chinese newspaper page to its reports and facts.",
)  # fmt: skip

FileArgument = Annotated[
    str, typer.Argument(help="文件、文件夹或 - (标准输入) / file, folder or - for stdin", metavar="FILE")
]
DateOption = Annotated[str | None, typer.Option("--date", help="出版日期 / publication date, ISO: 2021-11-23")]
PaperOption = Annotated[str, typer.Option("--paper", help="报名 / the newspaper's name")]
EncodingOption = Annotated[str | None, typer.Option("--encoding", help="编码 / encoding; found by itself if not given")]
OutOption = Annotated[Path | None, typer.Option("-o", "--out", help="输出 / output")]
ForceOption = Annotated[bool, typer.Option("--force", help="强行运行 / run in spite of refusals")]
_WRONG_USE = ("BD161", "BD162", "BD165", "BD166", "BD170", "BD172", "BD180", "BD181", "BD190", "BD191", "BD194")
_SUFFIXES = (".txt", ".html", ".htm", ".docx", ".pdf")


def main() -> None:
    """Entry point of the `baodao` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except BaodaoError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(2 if error.code in _WRONG_USE else 1) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:  # inputs say BD161 or BD165; this is the output
        typer.echo(str(BaodaoError("BD166", path=error.filename or "-", reason=error.strerror or error)), err=True)
        raise SystemExit(2) from None


@app.command()
def facts(
    file: FileArgument, date: DateOption = None, paper: PaperOption = "", out: OutOption = None,
    encoding: EncodingOption = None, force: ForceOption = False,
    workers: Annotated[int | None, typer.Option(help="进程数 / processes; one for each core if not given")] = None,
    resume: Annotated[bool, typer.Option(help="接着上次做 / go on where the last run stopped")] = True,
    pattern: Annotated[str, typer.Option(help="哪些文件 / which files of the folder: **/*.txt")] = "",
) -> None:  # fmt: skip
    """事实表 / the facts: JSON lines on stdout, or -o FILE.jsonl|.csv|.parquet; many files: also -o FOLDER."""
    if out is not None and (os.path.isdir(file) or glob.has_magic(file)):
        _run(file, out, date, paper, encoding, force, workers, resume, pattern)
        return
    if out is not None and out.suffix.lower() not in (".jsonl", ".csv", ".parquet"):
        raise BaodaoError("BD172", name="-o", value=str(out), known=".jsonl .csv .parquet")
    failed = 0
    for name in _inputs(file):
        try:
            page = _read(name, date, paper, encoding, force)
        except BaodaoError as error:
            if not os.path.isdir(file):
                raise
            typer.echo(f"{name}: {error}", err=True)
            failed += 1
            continue
        if out is None:
            sys.stdout.write(page.facts.to_jsonl() or "")
        else:
            _write_table(page.facts, out)
    if failed:
        raise typer.Exit(1)


def _run(
    source: str, out: Path, date: str | None, paper: str, encoding: str | None, force: bool, workers: int | None,
    resume: bool, pattern: str,
) -> None:  # fmt: skip
    try:
        report = baodao.run(
            source, out, issue_date=date, paper=paper, encoding=encoding, force=force, workers=workers, resume=resume,
            pattern=pattern,
        )  # fmt: skip
    except KeyboardInterrupt:
        words = "停下了;同样的命令会接着做。" if language() == "zh" else "stopped; the same command goes on."
        typer.echo(words, err=True)
        raise typer.Exit(130) from None
    typer.echo(str(report), err=True)
    if report.failed:
        raise typer.Exit(1)


@app.command()
def show(
    file: FileArgument, date: DateOption = None, paper: PaperOption = "", encoding: EncodingOption = None,
    force: ForceOption = False,
    article: Annotated[int | None, typer.Option("--article", help="只看一篇 / this report alone, from 0")] = None,
    whole: Annotated[bool, typer.Option("--all", help="全部报道 / all reports of a long page")] = False,
) -> None:  # fmt: skip
    """在终端显示 / highlighted text and table in the terminal."""
    from baodao.explore.terminal import show_page

    page = _read(file, date, paper, encoding, force)
    if article is not None and not 0 <= article < len(page.articles):
        raise BaodaoError("BD172", name="--article", value=article, known=f"0…{len(page.articles) - 1}")
    show_page(page, only=article, whole=whole)


@app.command()
def articles(
    file: FileArgument, out: OutOption = None, date: DateOption = None, encoding: EncodingOption = None,
    force: ForceOption = False,
) -> None:  # fmt: skip
    """报道 / the reports: JSON lines on stdout, or one file each in the folder -o."""
    page = _read(file, date, "", encoding, force)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    for number, article in enumerate(page.articles):
        row = {"article": number, **article.model_dump(mode="json"), "text": article.text}
        if out is None:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            (out / f"{page.source.doc or 'page'}-{number:02d}.json").write_text(
                json.dumps(row, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )


@app.command()
def html(
    file: FileArgument, out: OutOption = None, date: DateOption = None, paper: PaperOption = "",
    encoding: EncodingOption = None, force: ForceOption = False,
) -> None:  # fmt: skip
    """校对页 / a self-contained review page, on stdout or in -o FILE.html."""
    page = _read(file, date, paper, encoding, force)
    if out is None:
        sys.stdout.write(page.to_html())
    else:
        page.to_html(out)


@app.command()
def explain(
    file: FileArgument,
    at: Annotated[int | None, typer.Option("--at", help="只看这一位置的事实 / only facts at this position")] = None,
    date: DateOption = None, paper: PaperOption = "", encoding: EncodingOption = None, force: ForceOption = False,
) -> None:  # fmt: skip
    """为何如此 / why each row says what it says: rules, characters, readings that lost."""
    for fact in _read(file, date, paper, encoding, force).facts:
        if at is None or fact.start <= at < fact.end:
            typer.echo(fact.explain())


@app.command()
def sample(
    table: Annotated[
        Path, typer.Argument(help="事实表 / a saved table: .csv .jsonl .parquet, folder of Parquet", metavar="TABLE")
    ],
    n: Annotated[int, typer.Option("-n", help="行数 / number of rows", min=1)] = 200,
    out: OutOption = None,
    seed: Annotated[int, typer.Option("--seed", help="随机种子 / seed")] = 0,
    by: Annotated[str, typer.Option("--by", help="分层的列 / stratify: kind, confidence or another column")] = "",
) -> None:
    """抽样核对表 / a sheet for checking by hand, CSV on stdout or in -o FILE.csv."""
    from baodao.trust import sample as draw

    sheet = draw(table, n, seed=seed, by=by)
    if out is None:
        sys.stdout.write(sheet.to_csv() or "")
        return
    sheet.to_csv(out)
    zh = f"{out}: {len(sheet)} 行。在带 ? 的列填 1 或 0(对/错),然后 baodao evaluate {out}"
    en = f"{out}: {len(sheet)} rows. Write 1 or 0 into the columns with ?, then: baodao evaluate {out}"
    typer.echo(either(zh, en), err=True)


@app.command()
def evaluate(
    sheet: Annotated[Path, typer.Argument(help="核对过的表 / the checked sheet", metavar="CHECK.csv")],
    second: Annotated[Path | None, typer.Argument(help="另一人的表 / another judge's", metavar="SECOND.csv")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines")] = False,
) -> None:
    """准确率 / precision with its interval, by kind and confidence; agreement of two judges."""
    told = baodao.evaluate(sheet, second)
    if as_json:
        sys.stdout.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in told.to_dicts())
    else:
        typer.echo(str(told))


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(help="先前的事实表 / the earlier table", metavar="BEFORE")],
    after: Annotated[Path, typer.Argument(help="后来的事实表 / the later table", metavar="AFTER")],
    out: OutOption = None,
) -> None:
    """两次结果之差 / facts gained, lost and changed between two tables; -o FILE.csv for all columns."""
    told = baodao.diff(before, after)
    typer.echo(str(told))
    if out is not None:
        told.to_csv(out)


@app.command()
def schema(
    record: Annotated[str, typer.Argument(help="fact, table, page, article, mention, issue, source")] = "fact",
) -> None:
    """JSON Schema of a record, or (table) of one row of the table of facts."""
    from pydantic import TypeAdapter

    kinds: dict[str, Any] = {
        "fact": Fact, "page": Page, "article": Article, "mention": Mention, "issue": Issue, "source": Source,
    }  # fmt: skip
    if record not in (*kinds, "table"):
        raise BaodaoError("BD172", name="schema", value=record, known=", ".join((*kinds, "table")))
    schema = table_schema() if record == "table" else TypeAdapter(kinds[record]).json_schema()
    typer.echo(json.dumps(schema, ensure_ascii=False, indent=1))


@app.command()
def doctor() -> None:
    """自检 / versions, optional parts, fonts, and a self-test."""
    from baodao.explore.doctor import examine

    lines, good = examine()
    for line in lines:
        typer.echo(line)
    if not good:
        raise typer.Exit(1)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="版本 / version")] = False) -> None:
    if version:
        typer.echo(f"baodao {baodao.__version__}")
        raise typer.Exit


def _inputs(file: str) -> Iterator[str]:
    """The files that an argument names: itself, or those of a folder in order."""
    folder = Path(file)
    if file == "-" or not os.path.isdir(folder):
        yield file
        return
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _SUFFIXES and path.is_file():
            yield str(path)


def _read(file: str, date: str | None, paper: str, encoding: str | None, force: bool) -> Page:
    if file == "-":
        text, source, findings = read_content(sys.stdin.buffer.read(MOST_BYTES + 1), "-", encoding=encoding)
        source = Source(encoding=source.encoding, issue_date=read_issue_date(date), paper=paper)
        return analyze_source(text, source, None, force, findings)
    return baodao.analyze_file(file, issue_date=date, paper=paper, encoding=encoding, force=force)


def _write_table(table: FactTable, out: Path) -> None:
    kind = out.suffix.lower()
    if kind == ".csv":
        table.to_csv(out)
    elif kind == ".parquet":
        table.to_parquet(out)
    else:
        table.to_jsonl(out)
    words = f"{out}: {len(table)} 个事实" if language() == "zh" else f"{out}: {len(table)} facts"
    typer.echo(words, err=True)


if __name__ == "__main__":
    main()
