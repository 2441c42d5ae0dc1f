"""Mails that come back to the organizer's address."""
