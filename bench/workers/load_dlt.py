"""load_dlt.py rows|arrow FILE DATABASE, load_dlt.py api ACCOUNTS ADDRESS DATABASE: dlt with Parquet files
into a fresh DuckDB file."""

import csv
import decimal
import json
import os
import resource
import sys
import tempfile
import time
import urllib.request

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


def ask(address, account, query):
    request = urllib.request.Request(
        f"{address}/v26/customers/{account}/googleAds:searchStream",
        data=json.dumps({"query": query}).encode(),
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def read_api(accounts, address):
    months = [f"{year}-{month:02}" for year in range(2023, 2027) for month in range(1, 13)]
    for account in accounts.split(","):
        for month in months:
            query = f"FROM campaign WHERE segments.date BETWEEN '{month}-01' AND '{month}-31'"
            for part in ask(address, account, query):
                for row in part.get("results", []):
                    yield row_of(row)


def row_of(row):
    metrics = row["metrics"]
    return {
        "platform": "google_ads",
        "account_id": row["customer"]["id"],
        "campaign_id": row["campaign"]["id"],
        "campaign_name": row["campaign"]["name"],
        "spend_date": row["segments"]["date"],
        "spend_amount": decimal.Decimal(metrics["costMicros"]) / 1_000_000,
        "currency_code": row["customer"]["currencyCode"],
        "impressions": int(metrics["impressions"]),
        "clicks": int(metrics["clicks"]),
        "claimed_conversions": decimal.Decimal(str(metrics["conversions"])),
    }


def load(reader, source, database):
    read = {"rows": read_rows, "arrow": read_arrow, "api": read_api}[reader]
    with tempfile.TemporaryDirectory() as working:
        pipeline = dlt.pipeline(
            pipeline_name="bench",
            pipelines_dir=working,
            destination=dlt.destinations.duckdb(database),
            dataset_name="loaded",
        )
        pipeline.run(
            read(*source),
            table_name="ad_spend",
            columns=COLUMNS,
            loader_file_format="parquet",
        ).raise_on_failed_jobs()


def main(reader, *source, database):
    start = time.perf_counter()
    used = time.process_time()
    load(reader, source, database)
    seconds = time.perf_counter() - start
    processor_seconds = time.process_time() - used
    with duckdb.connect(database, read_only=True) as connection:
        rows = connection.execute("select count(*) from loaded.ad_spend").fetchone()[0]
    report = {"seconds": seconds, "processorSeconds": processor_seconds}
    print(json.dumps({**report, "rows": rows, "peakBytes": peak_bytes()}))


# What ru_maxrss says on Linux starts at the peak of the process that started this one.
def peak_bytes():
    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


main(*sys.argv[1:-1], database=sys.argv[-1])
