"""Kind of message -> subject, text, html and calendar part, made at the moment of sending from what is true then."""

from registrations.mail.rendering import preview, render

__all__ = ["preview", "render"]
