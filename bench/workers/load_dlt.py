"""load_dlt.py rows|arrow FILE DATABASE: dlt with Parquet files into a fresh DuckDB file."""

import csv
import json
import os
import resource
import sys
import tempfile
import time

os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
os.environ["RUNTIME__LOG_LEVEL"] = "CRITICAL"

import dlt
import duckdb
import pyarrow as pa
import pyarrow.csv as arrow_csv

TEXT = {"data_type": "text"}
COLUMNS = {
    "platform": TEXT,
    "account_id": TEXT,
    "campaign_id": TEXT,
    "campaign_name": TEXT,
    "spend_date": {"data_type": "date"},
    "spend_amount": {"data_type": "decimal", "precision": 18, "scale": 6},
    "currency_code": TEXT,
    "impressions": {"data_type": "bigint"},
    "clicks": {"data_type": "bigint"},
    "claimed_conversions": {"data_type": "decimal", "precision": 18, "scale": 2},
}
ARROW_TYPES = {
    "text": lambda _: pa.string(),
    "date": lambda _: pa.date32(),
    "bigint": lambda _: pa.int64(),
    "decimal": lambda column: pa.decimal128(column["precision"], column["scale"]),
}


def read_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_arrow(path):
    types = {name: ARROW_TYPES[column["data_type"]](column) for name, column in COLUMNS.items()}
    options = arrow_csv.ConvertOptions(column_types=types)
    for batch in arrow_csv.open_csv(path, convert_options=options):
        yield pa.Table.from_batches([batch])


def load(reader, path, database):
    read = {"rows": read_rows, "arrow": read_arrow}[reader]
    with tempfile.TemporaryDirectory() as working:
        pipeline = dlt.pipeline(
            pipeline_name="bench",
            pipelines_dir=working,
            destination=dlt.destinations.duckdb(database),
            dataset_name="loaded",
        )
        pipeline.run(
            read(path),
            table_name="ad_spend",
            columns=COLUMNS,
            loader_file_format="parquet",
        ).raise_on_failed_jobs()


def main(reader, path, database):
    start = time.perf_counter()
    load(reader, path, database)
    seconds = time.perf_counter() - start
    with duckdb.connect(database, read_only=True) as connection:
        rows = connection.execute("select count(*) from loaded.ad_spend").fetchone()[0]
    # Linux counts kilobytes here, macOS bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    print(json.dumps({"seconds": seconds, "rows": rows, "peakBytes": peak}))


main(*sys.argv[1:])
