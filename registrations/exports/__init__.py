"""Files handed out: participants as XLSX and CSV, written row by row, notes verbales, the programme as a PDF."""
