"""The list of participants as a page, to be read and to be printed."""

from django.template.loader import render_to_string
from django.utils.translation import override

from registrations.rules.list_content import ListDocument


def as_html(document: ListDocument) -> str:
    """The whole page in the document's language."""
    with override(document["language"]):
        return render_to_string("participant_list/page.html", {"list": document})
