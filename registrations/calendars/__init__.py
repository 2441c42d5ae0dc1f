"""iCalendar bytes: invitations to one mailbox, a participant's own file, the public programme.

`invitation` turns plain values into bytes; `entries` keeps the revisions that were sent; nothing here ever uses "now".
"""
