"""All measurements, one after the other: `python -m tests.bench`."""

from tests.bench.ingest import main

if __name__ == "__main__":
    main()
