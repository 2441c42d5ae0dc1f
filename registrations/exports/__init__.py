"""Participants as files: XLSX and CSV for spreadsheets, JSON for programs, written row by row."""
