"""The registration desk of a diplomatic meeting: the map a newcomer reads first.

States and organizations send delegations; delegations have participants; a secretariat reviews them; everybody reads
the programme in English or Spanish and keeps the sessions in a calendar that stays true when the programme moves.

Layers, imports go downwards only (`make lint` proves it):

    urls                                         every public address
    views  admin  management  templatetags       edges: fetch, build a form, call one door, answer
    importing  exports  inbound                  lists, meetings and people read from files; XLSX, CSV, PDF and notes handed out; mail that comes back
    forms  delivery                              well-formed input -> details; the mail worker's claim-render-send
    operations                                   the door: everything with consequences, one transaction each
    mail                                         kind of message -> subject, text, html, calendar part
    calendars  links                             iCalendar bytes; signed personal links
    queries  outbox                              reads; what is owed to whom
    rules                                        pure decisions: values in, verdict out
    models                                       one concept a file: fields, constraints
    enums  errors  details                       the words

A concept has one name in every layer: `git ls-files '*withdraw*'` finds its operation and its tests.

A sign-up travels: views/sign_up -> forms/sign_up -> details.SignUp -> operations/register, which locks the meeting,
finds or makes the delegation, lets operations/enrolment ask rules/admission and write participants, history and outbox rows,
and commits; whoever is added on a delegation's page goes through the same enrolment. From then on the mail is
owed: `manage.py send_outbox` (delivery) claims a row, mail renders it in its recipient's language with the calendar part from
calendars, and the outcome is written back to the row.
"""
