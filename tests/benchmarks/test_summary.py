from pathlib import Path

from tests.benchmarks.summary import PAGE, RESULTS, read_result, summary

TABLE = """# Loading {size} projects

2 cores, 4 GiB; duckdb 1. Read the ratios; the seconds are this machine's.

How it was done.

| way | seconds | memory MiB | time / other |
|---|---|---|---|
| **ours, {size} projects** | {ours} | 1,024 | 0.50 |
| other | {other} | – | 1.00 |
| one kept of {size} | 1 | 1 | |
| one kept of 7 | 2 | 2 | |

- A remark.
"""


def test_growth_is_told_of_rows_that_all_sizes_have(tmp_path: Path) -> None:
    (tmp_path / "loading-10000.md").write_text(TABLE.format(size="10,000", ours="1.5", other="3"))
    (tmp_path / "loading-100000.md").write_text(TABLE.format(size="100,000", ours="1,800.0", other="> 20 s"))
    told = summary(map(read_result, tmp_path.glob("*.md"))).splitlines()
    assert "| seconds | 10,000 | 100,000 | times |" in told
    assert "| ours, N projects | 1.5 | 1,800 | 1200.0 |" in told
    assert "| ours, N projects | 1,024 | 1,024 | 1.0 |" in told
    assert not any(line.startswith(("| other", "| one kept")) for line in told)  # no number at one size; two rows alike
    assert "  - ours, 10,000 projects: seconds 1.5, memory MiB 1,024, time / other 0.50" in told
    assert "| [Loading 10,000 projects](results/loading-10000.md) | 2 cores, 4 GiB; duckdb 1 |" in told


def test_the_page_is_that_of_the_tables() -> None:
    assert PAGE.read_text(encoding="utf-8") == summary(map(read_result, RESULTS.glob("*.md"))), "Run `make bench`."
