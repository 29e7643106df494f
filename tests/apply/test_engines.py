"""Ray and Spark, really run on this machine: the same bytes as local processes."""

import shutil
import sys

import pytest

from govner.apply import annotate_folder
from govner.document.errors import MissingExtra

from .conftest import PIECE, contents

# What Ray and Spark warn of in themselves is theirs.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning:ray.*")]


@pytest.fixture(params=["ray", "spark"])
def engine(request):
    library = {"ray": "ray", "spark": "pyspark"}[request.param]
    pytest.importorskip(library, reason=f"the extra {request.param} is not installed")
    if request.param == "spark" and not shutil.which("java"):
        pytest.skip(reason="Spark needs Java, and there is none on this machine")
    return request.param


def test_the_result_is_that_of_local_processes(engine, news, poison, undisturbed, tmp_path):
    options = {"by": poison, "workers": 2, "engine": engine, "shard_bytes": PIECE}
    folder = tmp_path / "out"
    report = annotate_folder([news], folder, **options)
    assert (report.documents, report.failures, report.kept) == (97, 3, 0)
    assert contents(folder) == contents(undisturbed)


@pytest.mark.parametrize(("name", "library"), [("ray", "ray"), ("spark", "pyspark.sql")])
def test_an_engine_that_is_not_installed_is_told(news, tmp_path, monkeypatch, name, library):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=rf"pip install 'govner\[{name}\]'"):
        annotate_folder([news], tmp_path / "out", engine=name)
    assert not (tmp_path / "out").exists()
