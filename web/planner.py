"""What the database knows of its tables, by which it chooses the index to read by.

PostgreSQL keeps that by itself. SQLite looks when it is told to: without that the figures of thousands of plans take
ten times as long to count.
"""

from django.core.cache import cache
from django.db import connection

LOOKED_AT = 1_000  # rows of each index: enough to choose by, and done in no time
A_DAY = 24 * 60 * 60  # seconds
DONE = "planner-statistics"  # in the cache


def analyze() -> None:
    """Look at every table now."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        cursor.execute("ANALYZE")


def analyze_each_day() -> None:
    """On SQLite; PostgreSQL needs nobody for it."""
    if connection.vendor == "sqlite" and cache.add(DONE, value=True, timeout=A_DAY):
        analyze()
