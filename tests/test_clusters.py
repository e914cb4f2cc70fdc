"""Ray and Spark, for real: the rows of a local run, also when a working process is killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import baodao as bd
from baodao.corpus.schema import ddl, schema
from tests.test_runs import records

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # what the engines warn of is theirs
]
pa = pytest.importorskip("pyarrow")
COUNT = 400


def wanted(count: int = COUNT) -> list[dict[str, Any]]:
    made = bd.analyze_batches(pa.Table.from_pylist(records(count)).to_batches())
    return [row for batch in made for row in batch.to_pylist()]


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["doc"], row["start"]))


def kill_once(flag: str) -> None:
    """End this process unless somebody did so before."""
    try:
        os.close(os.open(flag, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    ray = pytest.importorskip("ray")
    root = str(Path(__file__).parents[1])
    path = os.pathsep.join([root, os.path.dirname(os.path.dirname(bd.__file__))])
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": path}})
    yield ray
    ray.shutdown()


def test_ray_gives_the_same_rows(ray: Any) -> None:
    from baodao.corpus.ray import read_dataset

    dataset = ray.data.from_arrow(pa.Table.from_pylist(records(COUNT))).repartition(8)
    rows = read_dataset(dataset, batch_size=64).take_all()
    assert in_order(rows) == in_order(wanted())
    lexicon = bd.Lexicon.default().with_words(["暖灯"])
    read = read_dataset(dataset, pipeline=bd.pipeline().with_lexicon(lexicon), table="articles")
    assert read.count() == COUNT


def test_ray_reads_again_what_a_killed_process_had(ray: Any, tmp_path: Path) -> None:
    from baodao.corpus.ray import read_dataset

    flag = str(tmp_path / "killed")

    def dies(batch: Any) -> Any:
        if "r100" in batch.column("id").to_pylist():
            kill_once(flag)
        return batch

    dataset = ray.data.from_arrow(pa.Table.from_pylist(records(COUNT))).repartition(8)
    deadly = dataset.map_batches(dies, batch_format="pyarrow", batch_size=64)
    assert in_order(read_dataset(deadly, batch_size=64).take_all()) == in_order(wanted())
    assert os.path.exists(flag)


def session(master: str) -> Any:
    pyspark = pytest.importorskip("pyspark.sql")
    root = str(Path(__file__).parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join([root, os.path.dirname(os.path.dirname(bd.__file__))])
    return (
        pyspark.SparkSession.builder.master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
        .getOrCreate()
    )


def test_spark_gives_the_same_rows_and_recovers(tmp_path: Path) -> None:
    spark = session("local[2,4]")
    flag = str(tmp_path / "killed")

    def dies(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            if "r100" in batch.column("id").to_pylist():
                kill_once(flag)
            yield from bd.analyze_batches([batch])

    try:
        texts = spark.createDataFrame(records(COUNT)).repartition(4)
        for function in (bd.analyze_batches, dies):
            frame = texts.mapInArrow(function, ddl("facts"))
            rows = [row.asDict() for row in frame.collect()]
            assert in_order(rows) == in_order(wanted())
            assert frame.columns == schema("facts").names
        assert os.path.exists(flag)
        articles = texts.mapInArrow(lambda batches: bd.analyze_batches(batches, table="articles"), ddl("articles"))
        assert articles.count() == COUNT
    finally:
        spark.stop()
