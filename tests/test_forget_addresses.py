from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from registrations.models import Submission
from registrations.operations.forget_addresses import forget_addresses
from tests.make import NOW, a_meeting, sign_up


@pytest.mark.django_db
def test_where_a_form_came_from_is_forgotten_after_a_day():
    meeting = a_meeting()
    old, fresh = sign_up(meeting, now=NOW - timedelta(hours=25)), sign_up(meeting, now=NOW - timedelta(hours=23))

    assert forget_addresses(now=NOW) == 1

    assert [Submission.objects.get(pk=form.pk).address_key for form in (old, fresh)] == ["", "address"]


@pytest.mark.django_db
def test_the_mail_worker_does_it():
    sign_up(a_meeting())

    with time_machine.travel(NOW + timedelta(days=2)):
        call_command("send_outbox", "--once")

    assert Submission.objects.get().address_key == ""
