"""A table as JSON for other programs: one array, an object for each row under the columns' lasting names."""

import json
from collections.abc import Generator
from datetime import datetime

from registrations.exports.participant_table import Table


def json_lines(table: Table) -> Generator[str, None, None]:
    """The file line by line, an object a line; moments are ISO 8601 with their offset."""
    names = [column.name for column in table.columns]
    between = "["
    for row in table.rows():
        yield f"{between}\n{json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=datetime.isoformat)}"
        between = ","
    yield "\n]\n" if between == "," else "[]\n"
