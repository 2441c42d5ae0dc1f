"""Batches that come from files: the lists of States and organizations, and whole meetings.

A file is read completely before anything is written, and written in one transaction: it counts as a whole or not at all.
"""
