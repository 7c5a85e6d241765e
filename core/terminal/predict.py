"""`predict RUN FILE --out FILE`: one line of answers for each row of the file, or each picture, in its order."""

import argparse
import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from core import reading, recommending, rewrite, runs, unread
from core.answer import Model
from core.fields import Whole
from core.pictures import Archive, Folder, is_picture, pack
from core.reading import Reading
from core.terminal import _files, _persons
from core.terminal._files import TABLE
from core.terminal._progress import report
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

READ, WRITING = 0.2, 0.9  # shares of the work that are usually done by then
HELP = mark("Answer every row of a file.")
TOP = Whole(
    label=mark("Items for each person"), help=mark("How many items are told, the best first."), low=1, high=100_000, default=recommending.MOST
)  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("run", help="a run's id or its folder")
    parser.add_argument("file", type=Path, help=f"{TABLE}; or pictures: a zip, a folder or one file")
    _files.part(parser)
    parser.add_argument("--out", type=Path, required=True, help="the CSV file that is written")
    parser.add_argument(
        "--top", type=int, default=recommending.MOST, help="of a model that recommends, items for each person"
    )
    parser.add_argument(
        "--person", help="of a model that recommends, the file's column that says who; found if left out"
    )
    parser.add_argument(
        "--seen",
        choices=("leave out", "keep"),
        default="leave out",
        help="of a model that recommends, whether items that a person had already may be shown",
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write the answers: `prediction`, and `p_<class>` where there are classes."""
    model = Model.open(runs.find(args.run))
    report(0.0, mark("Reading the file"))
    with ExitStack() as stack:
        path = _packed(args.file, stack)
        read = reading.read(path, args.part)
        table, names = _named(read, model), read.how.get("pictures", ())
        lies = stack.enter_context(Archive(path)) if names else Folder(path.parent)
        if model.tastes:
            TOP.check(args.top)
            answers, strange = _persons.recommended(model, table, args, _tell)
        else:
            answers = model.answer_table(table, lambda answered: _tell(answered, len(table)), lies.find)
            strange = unread.look(model.recipes, table)
            strange += _lost(model, table, answers) if model.writes else _unanswered(answers)
    notes = [*read.notes, *strange]
    if names:
        answers.insert(0, "file", read.table[names[0]])
    report(WRITING, mark("Writing the answers"))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    temporary = args.out.with_name(f".{args.out.name}.{os.getpid()}")
    try:
        answers.to_csv(temporary, index=False, lineterminator="\n", encoding="utf-8")
        os.replace(temporary, args.out)
    finally:
        temporary.unlink(missing_ok=True)
    return {
        "rows": len(answers),
        "file": str(args.out),
        "columns": list(answers.columns),
        "notes": [str(note) for note in notes],
    }


def _packed(path: Path, stack: ExitStack) -> Path:
    """The file itself; a folder of pictures or a single one as an archive, which is gone afterwards."""
    if not path.is_dir() and not (is_picture(path.name) and path.is_file()):
        return path
    packed = Path(stack.enter_context(TemporaryDirectory())) / "pictures.zip"
    pack(path, packed)
    return packed


def _named(read: Reading, model: Model) -> "DataFrame":
    """The table, its pictures under the name that they had in training where there is no doubt which they are."""
    names = read.how.get("pictures", ())
    if len(names) == len(model.pictures) == 1 and model.pictures[0] not in read.table:
        return read.table.rename(columns={names[0]: model.pictures[0]})
    return read.table


def _unanswered(answers: "DataFrame") -> list[Sentence]:
    count = int(answers["prediction"].isna().sum())
    if "score" in answers:
        return _not_known(int((answers["prediction"] == "").sum()))
    if not count:
        return []
    return [
        mark(
            "{count} row has no answer, since its picture cannot be read.",
            plural="{count:,} rows have no answer, since their pictures cannot be read.", count=count,
        ),
    ]  # fmt: skip


def _lost(model: Model, table: "DataFrame", answers: "DataFrame") -> list[Sentence]:
    """Of texts that became others, how many have lost a placeholder."""
    pairs = zip(table[model.columns[0]].tolist(), answers["prediction"].tolist(), strict=True)
    rows = [row for row, pair in enumerate(pairs, 1) if not rewrite.kept(*pair)]
    if not rows:
        return []
    return [
        mark(
            "In {count} answer not all placeholders or tags of the text were kept: row {rows}.",
            plural="In {count:,} answers not all placeholders or tags of the text were kept, such as rows {rows}.",
            count=len(rows), rows=rows[:10],
        ),
    ]  # fmt: skip


def _not_known(count: int) -> list[Sentence]:
    if not count:
        return []
    return [
        mark(
            "To {count} question it does not know the answer; the nearest ones stand beside it.",
            plural="To {count:,} questions it does not know the answer; the nearest ones stand beside it.", count=count,
        ),
    ]  # fmt: skip


def _tell(answered: int, rows: int) -> None:
    """Say how many rows are answered."""
    share = READ + (WRITING - READ) * answered / max(rows, 1)
    report(share, mark("{count:,} of {rows:,} rows answered", count=answered, rows=rows))
