"""Mail that comes back: octets -> details.IncomingMail -> operations. Nothing in such a mail is trusted, and nothing in it can raise."""
