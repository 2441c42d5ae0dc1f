"""Files handed out: people as XLSX, CSV and JSON, written row by row; the list of participants; notes verbales; the programme as a PDF."""
