"""Links that subscribe a calendar to a feed: it reads the feed again by itself, Google's every 8 to 24 hours."""

from urllib.parse import quote, urlsplit

from django.utils.translation import pgettext

from registrations.calendars.add_links import AddLink


def subscribe_links(feed: str, *, name: str) -> list[AddLink]:
    """One link for calendar programs and one for each web calendar that subscribes; `feed` is the absolute address of the file."""
    webcal = f"webcal://{urlsplit(feed).netloc}{urlsplit(feed).path}"
    outlook = f"calendar/0/addfromweb?url={quote(feed, safe='')}&name={quote(name, safe='')}"
    return [
        AddLink(pgettext("a way to subscribe", "Apple, Thunderbird and other calendars"), webcal),
        AddLink("Google Calendar", f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"),
        AddLink("Outlook.com", f"https://outlook.live.com/{outlook}"),
        AddLink("Office 365", f"https://outlook.office.com/{outlook}"),
    ]
