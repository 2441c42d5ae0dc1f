"""A small IMAP server on this machine, real enough for the standard library's client (RFC 3501)."""

import re
import socketserver
import threading

HOST = "127.0.0.1"


class ImapServer:
    """Holds the mails of one folder; `seen` are the numbers of those marked as seen, `commands` what was asked."""

    def __init__(self, mails: list[bytes], *, user: str = "desk@example.org", password: str = "pass word") -> None:
        self.mails, self.seen, self.commands = mails, set[int](), list[str]()
        self.user, self.password = user, password
        self._server = socketserver.ThreadingTCPServer((HOST, 0), _talk(self))
        self._server.daemon_threads = True
        self.address = f"{HOST}:{self._server.server_address[1]}"

    def __enter__(self) -> "ImapServer":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, command: str) -> tuple[list[bytes], str]:
        """The untagged lines and the verdict."""
        name = command.split()[0].upper()
        if name == "LOGIN":
            is_known = command == f'LOGIN {self.user} "{self.password}"'
            return [], "OK" if is_known else "NO wrong name or password"
        if name == "SELECT":
            return [b"* %d EXISTS" % len(self.mails)], "OK" if command == 'SELECT "Replies"' else "NO no such folder"
        if name == "UID":
            return self._uid(command)
        return ([b"* CAPABILITY IMAP4rev1"] if name == "CAPABILITY" else []), "OK"

    def _uid(self, command: str) -> tuple[list[bytes], str]:
        if command == "UID SEARCH UNSEEN":
            unseen = [str(number) for number in range(1, len(self.mails) + 1) if number not in self.seen]
            return [f"* SEARCH {' '.join(unseen)}".encode()], "OK"
        if fetch := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command):
            number, content = fetch[1], self.mails[int(fetch[1]) - 1][: int(fetch[2])]
            return [f"* {number} FETCH (UID {number} BODY[]<0> {{{len(content)}}}\r\n".encode() + content + b")"], "OK"
        if store := re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", command):
            self.seen.add(int(store[1]))
            return [], "OK"
        return [], "BAD"


def _talk(server: ImapServer) -> type[socketserver.StreamRequestHandler]:
    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                tag, _space, command = line.decode().strip().partition(" ")
                server.commands.append(command)
                lines, verdict = server.answer(command)
                self.wfile.write(b"".join(each + b"\r\n" for each in lines) + f"{tag} {verdict} done\r\n".encode())
                if command.upper() == "LOGOUT":
                    return

    return Talk
