"""What every way to bring a table has."""

from pathlib import Path

import pytest

from core import reading
from core.errors import FileError
from core.sources import SHELF
from core.words import Sentence


@pytest.mark.parametrize("name", SHELF)
def test_a_source_says_what_it_is_and_refuses_nothing_at_all(name: str, tmp_path: Path):
    assert isinstance(SHELF[name].LABEL, Sentence)
    assert str(SHELF[name].HELP).endswith(".")
    with pytest.raises(FileError) as caught:
        SHELF[name].bring("", tmp_path)
    assert str(caught.value.fix).endswith(".")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["name\tage\nAnn\t30\nBo\t41\nCy\t52\n", "name,age\nAnn,30\nBo,41\nCy,52"])
def test_pasted_cells_are_read_like_a_file(text: str, tmp_path: Path):
    table = reading.read(SHELF["pasted"].bring(text, tmp_path)).table
    assert (list(table.columns), table["name"].tolist()) == (["name", "age"], ["Ann", "Bo", "Cy"])


def test_chinese_and_odd_signs_are_pasted_as_they_are(tmp_path: Path):
    table = reading.read(SHELF["pasted"].bring("城市\t备注\n北京\t“好”\n上海\té😀\n", tmp_path)).table
    assert table["备注"].tolist() == ["“好”", "é😀"]
