import pytest

from core import reading, samples
from core.errors import DataError


@pytest.mark.parametrize("sample", samples.everything(), ids=lambda sample: sample.name)
def test_a_sample_is_as_it_says_and_brings_its_licence(sample: samples.Sample) -> None:
    table = reading.read(sample.path).table
    assert table.shape == (sample.rows, sample.columns)
    assert sample.target in table.columns
    assert str(sample.question).endswith("?")
    assert (sample.path.parent / "LICENSE").read_text(encoding="utf-8").strip()
    assert sample.licence.split("-")[0].split()[0] in (sample.path.parent / "README.md").read_text(
        encoding="utf-8"
    )


def test_the_samples_are_small() -> None:
    size = sum(path.stat().st_size for path in samples.FOLDER.rglob("*") if path.is_file())
    assert size < 12_000_000


def test_every_folder_of_samples_is_offered() -> None:
    assert {path.name for path in samples.FOLDER.iterdir()} == {
        sample.name for sample in samples.everything()
    }


def test_an_unknown_sample_is_answered_with_the_list() -> None:
    assert samples.find("penguins").target == "Species"
    with pytest.raises(DataError, match="penguins"):
        samples.find("unicorns")
