"""Ask Spark, in local mode, who leads what that is late, over the Parquet files of `kehoach export`.

    kehoach export -o parquet --format parquet
    spark/bin/python scripts/spark_overdue.py parquet [rows.json]

Needs pyspark (400 MB) and Java 17 or later; both stay out of the project's environment. Prints the rows as JSON lines, and with
a second argument compares them with those that `kehoach query qua-han -f json` wrote there. The query is `queries/qua-han.sql`,
the same for DuckDB and Spark. Exit code 0: equal (or nothing to compare), 1: different, 2: Spark or Java is missing.
"""

import json
import shutil
import sys
import time
from importlib.util import find_spec
from pathlib import Path

TABLES = ("tasks", "assignments", "agencies")
QUERY = Path(__file__).resolve().parent.parent / "queries" / "qua-han.sql"


def main(folder: Path, expected: Path | None) -> int:
    """Print the rows of Spark; return the exit code."""
    if find_spec("pyspark") is None or shutil.which("java") is None:
        sys.stderr.write("pyspark or java is missing: nothing was asked\n")
        return 2
    begun = time.perf_counter()
    rows = asked_of_spark(folder)
    sys.stderr.write(f"{len(rows)} rows from Spark in {time.perf_counter() - begun:.1f} s\n")
    sys.stdout.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    if expected is None:
        return 0
    same = rows == json.loads(expected.read_text(encoding="utf-8"))["items"]
    sys.stderr.write("equal, row by row\n" if same else "DIFFERENT\n")
    return 0 if same else 1


def asked_of_spark(folder: Path) -> list[dict[str, object]]:
    """Return the answer of Spark, with days in ISO notation as in our JSON."""
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]").appName("kehoach").config("spark.ui.enabled", "false").getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    try:
        for table in TABLES:
            session.read.parquet(str(folder / table)).createOrReplaceTempView(table)
        found = session.sql(QUERY.read_text(encoding="utf-8")).collect()
    finally:
        session.stop()
    return [{name: _plain(value) for name, value in row.asDict().items()} for row in found]


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else None))
