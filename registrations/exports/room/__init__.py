"""Papers for a meeting in a room, as PDF in either language: name plates, badges, sign-in sheets and certificates of attendance."""
