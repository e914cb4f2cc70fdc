"""What can go wrong, said in words: one code a case, in Chinese or English.

Bad arguments and bad files raise a `BaodaoError`; odd newspaper text never raises, it becomes an
`Issue` on the page with the same kind of code. Authority: UX.md, "Messages for usual mistakes".
"""

from __future__ import annotations

import locale
import os

__all__ = ["BaodaoError", "either", "language", "message"]

_LANGUAGE = ("BAODAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides

# code: (Chinese, English); fields in braces are filled by the caller
MESSAGES: dict[str, tuple[str, str]] = {
    "BD101": (
        "按 {encoding} 解码失败:第 {byte} 字节。内容像 {guess}(置信 {confidence:.2f})。改用 analyze_file(p) 自动识别。",
        "cannot decode as {encoding}: byte {byte}. The content looks like {guess} "
        "(confidence {confidence:.2f}). Use analyze_file(p), which finds the encoding itself.",
    ),
    "BD102": (
        "按 {encoding} 读入,{count} 处无法解码(第 {byte} 字节,第 {line} 行),以 � 代替。",
        "read as {encoding}; {count} places cannot be decoded (byte {byte}, line {line}), shown as �.",
    ),
    "BD103": (
        "文字像是 {wrong} 被当作 {right} 读入(汉字 {han:.0%})。请从原文件重读。",
        "the text looks like {wrong} read as {right} (Han characters {han:.0%}). Read the original file again.",
    ),
    "BD110": ("文本为空(0 字)。", "the text is empty (0 characters)."),
    "BD120": (
        "汉字占 {han:.0%}:本库只处理中文。force=True 可强行运行。",
        "Han characters make up {han:.0%}: this library reads Chinese only. force=True runs it all the same.",
    ),
    "BD121": (
        "繁体 {share:.0%}:已用字表对照识别,位置仍指原文。",
        "Traditional characters {share:.0%}: read by a character table; positions still refer to the original.",
    ),
    "BD130": (
        "1 段 {size} 万字,像一本书。将分块处理;多页请用 run()。",
        "one text of {size}0,000 characters, like a book. It is read in pieces; for many pages use run().",
    ),
    "BD140": (
        "第 {page} 页只有图片,没有文字层。先做 OCR。",
        "page {page} holds only images, no text layer. Run OCR first.",
    ),
    "BD141": (
        "{count} 个部首字已当作对应汉字;位置不变。",
        "{count} radical code points are read as the characters they stand for; positions are unchanged.",
    ),
    "BD143": (
        "{count} 个残缺字符(半个代理对)以 � 代替;位置不变。",
        "{count} broken characters (halves of surrogate pairs) are shown as �; positions are unchanged.",
    ),
    "BD150": (
        '{what} 需要 {package}:pip install "baodao[{extra}]"',
        '{what} needs {package}: pip install "baodao[{extra}]"',
    ),
    "BD160": (
        '收到 "{text}"({count} 字),像文件名。读文件请用 analyze_file()。',
        'got "{text}" ({count} characters), which looks like a file name. To read a file use analyze_file().',
    ),
    "BD161": ("找不到文件:{path}。", "no such file: {path}."),
    "BD162": (
        "不认识的文件类型:{path}。可读:{known}。",
        "unknown kind of file: {path}. Readable: {known}.",
    ),
    "BD163": (
        "{what} 太大:{size:,} {unit},上限 {limit:,}。请拆开再读。",
        "{what} is too large: {size:,} {unit}; at most {limit:,}. Split it up.",
    ),
    "BD164": (
        "{path} 打不开,不是完好的 {kind} 文件:{reason}。用原来的软件另存一份再试。",
        "{path} cannot be opened as {kind}: {reason}. Save it anew with the program it came from.",
    ),
    "BD165": (
        "{path} 不能读:{reason}。",
        "{path} cannot be read: {reason}.",
    ),
    "BD166": (
        "写不到 {path}:{reason}。",
        "{path} cannot be written: {reason}.",
    ),
    "BD170": (
        "issue_date={value!r} 不是 ISO 日期。可写 2021、2021-10、2021-10-26、2021-10-26T12:00,或 date、datetime。",
        "issue_date={value!r} is no ISO date. Write 2021, 2021-10, 2021-10-26, 2021-10-26T12:00, "
        "or pass a date or datetime.",
    ),
    "BD171": (
        "analyze() 要一个字符串,收到 {kind}。读文件请用 analyze_file()。",
        "analyze() takes a string, got {kind}. To read a file use analyze_file().",
    ),
    "BD172": (
        "{name}={value!r} 不可用。可用:{known}。",
        "{name}={value!r} is not possible. Possible: {known}.",
    ),
    "BD180": (
        "{file},第 {line} 行:{reason}。{remedy}",
        "{file}, line {line}: {reason}. {remedy}",
    ),
    "BD181": (
        "{file},第 {line} 行,{column} 列:{value!r} 不是判断。可写 1/0、对/错、是/否、y/n、TRUE/FALSE;"
        "留空或写 ? 为未判。",
        "{file}, row {line}, column {column}: {value!r} is no mark. Write 1/0, y/n, TRUE/FALSE, 对/错; leave the cell "
        "empty, or ?, where you cannot tell.",
    ),
    "BD182": (
        "{what} 由更新的 baodao 写成(格式 {found},本版认到 {known})。请升级:pip install -U baodao",
        "{what} was written by a newer baodao (format {found}; this one knows {known}). Upgrade: pip install -U baodao",
    ),
    "BD183": (
        "这不是 Page.to_json() 写出的:{reason}。",
        "this was not written by Page.to_json(): {reason}.",
    ),
    "BD184": (
        "数据文件 {file} 已损坏或被改动。重装:pip install --force-reinstall baodao;"
        "自己改的:python src/baodao/build/manifest.py",
        "the data file {file} is damaged or was changed. Install anew: pip install --force-reinstall baodao; "
        "if you changed it: python src/baodao/build/manifest.py",
    ),
    "BD190": (
        "{path} 里已有别的内容,不是 run() 的输出。换一个 out。",
        "{path} holds other things and is no output of run(). Choose another out.",
    ),
    "BD191": (
        "{path} 是用不同的设置生成的({changes})。用原设置继续,或换一个 out,或 resume=False(--no-resume)从头开始。",
        "{path} was made with other settings ({changes}). Continue with the old ones, choose another out, or start "
        "anew with resume=False (--no-resume).",
    ),
    "BD192": (
        "读它的进程死了 {times} 次({how})。已跳过,其余照常。",
        "the process that read it died {times} times ({how}). It is left out; the others are read.",
    ),
    "BD193": ("读取进程启动不了:{reason}", "the reading processes cannot start: {reason}"),
    "BD194": (
        "{path} 没有列 {column!r};有:{known}。用 columns={{'text': …}} 指明。",
        "{path} has no column {column!r}; it has: {known}. Name it with columns={{'text': …}}.",
    ),
    "BD195": ("另一个 run() 正在写 {path}。", "another run() is writing to {path}."),
    "BD196": (
        "写不进 {path}:{reason}。已完成的部分都在;腾出空间后用同样的命令继续。",
        "cannot write {path}: {reason}. Finished parts are kept; make room and continue with the same command.",
    ),
    "BD197": ("{input}: {reason}", "{input}: {reason}"),
    "BD200": (
        "要一个列表,每项是字符串、Article 或 Page;第 {place} 项(从 0 数)是 {kind}。",
        "a list is needed whose members are str, Article or Page; member {place} (counted from 0) is {kind}.",
    ),
    "BD201": (
        "{count} 篇中没有剩下任何词:都是停用词、数字或标点。请检查文字,或放宽 stop_words、tags、min_length。",
        "no words are left in {count} documents: all are stop words, numbers or punctuation. "
        "Check the texts, or loosen stop_words, tags, min_length.",
    ),
    "BD202": (
        "{what} 至少要 {needed} 篇,收到 {count} 篇。",
        "{what} needs at least {needed} documents, got {count}.",
    ),
    "BD203": (
        "要一个列表,每项是 Article、Page、FactTable、事实列表或数据框;第 {place} 项(从 0 数)是 {kind}。",
        "a list is needed whose members are Article, Page, FactTable, lists of facts or data frames; "
        "member {place} (counted from 0) is {kind}.",
    ),
    "BD204": (
        "{count} 组中没有一个事实。先用 analyze() 读出事实,再传入 page.facts 或 page.articles。",
        "there is no fact in {count} groups. Read the texts with analyze() and pass page.facts or page.articles.",
    ),
    "BD210": (
        "unit={unit!r} 加不起来:一次只能加一种单位,比率不能相加。表里有:{known}。不写 unit 则数条数。",
        "unit={unit!r} cannot be added up: one unit at a time, and no rates. The table has: {known}. "
        "Without unit facts are counted.",
    ),
    "BD211": (
        "这不是事实表(看到:{seen};缺:{missing})。可用 FactTable、Page、DataFrame 或行的列表。",
        "this is no table of facts (seen: {seen}; missing: {missing}). A FactTable, a Page, a DataFrame or a list of "
        "rows will do.",
    ),
}


class BaodaoError(Exception):
    """An error with a code, what was seen, and what to do.

    >>> raise BaodaoError("BD110", lang="en")
    Traceback (most recent call last):
    baodao.errors.BaodaoError: BD110 the text is empty (0 characters).

    Attributes:
        code: `BD110` and so on; the list stands in `docs/errors.md`.
        fields: the values named in the message.
    """

    def __init__(self, code: str, *, lang: str | None = None, **fields: object) -> None:
        self.code = code
        self.fields = fields
        super().__init__(f"{code} {message(code, lang=lang, **fields)}")

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.code, self.fields))


def _rebuild(code: str, fields: dict[str, object]) -> BaodaoError:
    return BaodaoError(code, **fields)  # type: ignore[arg-type]


def message(code: str, *, lang: str | None = None, **fields: object) -> str:
    """The words of `code`, without the code itself, in the reader's language.

    >>> message("BD141", lang="en", count=3)
    '3 radical code points are read as the characters they stand for; positions are unchanged.'
    """
    chinese, english = MESSAGES[code]
    return (chinese if (lang or language()) == "zh" else english).format(**fields)


def either(chinese: str, english: str) -> str:
    """The one of two wordings that is in the reader's language."""
    return chinese if language() == "zh" else english


def language() -> str:
    """`zh` or `en`: BAODAO_LANG if set, else the locale of the process."""
    name = next(filter(None, map(os.environ.get, _LANGUAGE)), None) or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
