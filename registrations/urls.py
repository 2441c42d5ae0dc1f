"""Every public address. People and scripts outside rely on them: they stay as they are."""

from django.urls import path

from registrations.views import (
    delegation,
    delegation_add,
    delegation_focal_point,
    delegation_note,
    delegation_person,
    home,
    lost_link,
    participant,
    participant_calendar,
    participant_data,
    participant_edit,
    participant_withdraw,
    programme,
    programme_pdf,
    programme_qr,
    sign_up,
)

app_name = "registrations"
urlpatterns = [
    path("", home.home, name="home"),
    path("p/<str:token>/", participant.participant, name="participant"),
    path("p/<str:token>/edit/", participant_edit.edit, name="participant_edit"),
    path("p/<str:token>/withdraw/", participant_withdraw.withdraw, name="participant_withdraw"),
    path("p/<str:token>/data/", participant_data.data, name="participant_data"),
    path("p/<str:token>/data.json", participant_data.download, name="participant_data_file"),
    path("p/<str:token>/data/erase/", participant_data.erasure, name="participant_erasure"),
    path("p/<str:token>/calendar.ics", participant_calendar.calendar, name="participant_calendar"),
    path("p/<str:token>/join/<int:number>/", participant.join, name="join"),
    path("d/<str:token>/", delegation.delegation, name="delegation"),
    path("d/<str:token>/add/", delegation_add.add, name="delegation_add"),
    path("d/<str:token>/order/", delegation.order, name="delegation_order"),
    path("d/<str:token>/withdraw/", delegation.withdraw_all, name="delegation_withdraw"),
    path("d/<str:token>/focal-point/", delegation_focal_point.focal_point, name="delegation_focal_point"),
    path("d/<str:token>/note/", delegation_note.note, name="delegation_note"),
    path("d/<str:token>/note/<uuid:pk>/", delegation_note.download, name="delegation_note_file"),
    path("d/<str:token>/people/<int:pk>/", delegation_person.edit, name="delegation_edit"),
    path("d/<str:token>/people/<int:pk>/substitute/", delegation_person.substitute, name="delegation_substitute"),
    path("d/<str:token>/people/<int:pk>/withdraw/", delegation_person.withdraw, name="delegation_withdraw_one"),
    path("<slug:slug>/", programme.page, name="programme"),
    path("<slug:slug>/programme.ics", programme.calendar, name="programme_calendar"),
    path("<slug:slug>/programme.pdf", programme_pdf.pdf, name="programme_pdf"),
    path("<slug:slug>/qr.svg", programme_qr.qr, name="programme_qr"),
    path("<slug:slug>/data-notice/", programme.data_notice, name="data_notice"),
    path("<slug:slug>/lost-link/", lost_link.lost_link, name="lost_link"),
    path("<slug:slug>/register/", sign_up.choose_type, name="register"),
    path("<slug:slug>/register/done/<str:token>/", sign_up.registered, name="registered"),
    path("<slug:slug>/register/<slug:code>/", sign_up.sign_up, name="sign_up"),
]
