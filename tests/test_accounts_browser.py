"""The pages of accounts and groups at the desk, in a browser."""

import pytest
from django.contrib.auth.models import Group

from tests.desk_rows import an_organizer
from tests.test_desk_browser import sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [768, 1280])
def test_accounts_and_groups_are_accessible(desk, axe, language, width):
    user, group = an_organizer(), Group.objects.create(name="Amigos")
    paths = ["/admin/auth/user/", f"/admin/auth/user/{user.pk}/change/", "/admin/auth/user/add/", f"/admin/auth/group/{group.pk}/change/"]
    for path in paths:
        page = desk(path, language=language, width=width, bypass_csp=True)
        assert (path, axe(page), sideways(page)) == (path, [], 0)
        page.close()
