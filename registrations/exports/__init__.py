"""Participants as files for spreadsheets: XLSX and CSV, written row by row."""
