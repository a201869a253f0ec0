"""Receivers on this machine for what the system sends: a mail server and a group robot's server.
Each answers as its script says, one entry a message, then well.
"""

import json
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GOOD = {"errcode": 0, "errmsg": "ok"}


@contextmanager
def running(server):
    """The server in a thread of its own, closed at the end."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.hushed.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Mails(socketserver.ThreadingTCPServer):
    """A mail server. `script`: answers to the end of a text (`451 busy`), to RCPT (`RCPT 550 no`),
    or `silence`: nothing is answered. `letters`: the texts that were taken.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self, *script):
        self.script, self.letters, self.hushed = list(script), [], threading.Event()
        super().__init__(("127.0.0.1", 0), MailTalk)

    @property
    def port(self):
        return self.server_address[1]


class MailTalk(socketserver.StreamRequestHandler):
    """One connection of a mail client."""

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode():
            word = line.strip().upper().split(" ")[0].split(":")[0]
            if word == "QUIT":
                return self.say("221 bye")
            self.answer(word)
        return None

    def answer(self, word):
        next_answer = next(iter(self.server.script), "")
        if word == "RCPT" and next_answer.startswith("RCPT "):
            return self.say(self.server.script.pop(0).removeprefix("RCPT "))
        if word == "DATA":
            return self.take()
        return self.say("250 ok")

    def take(self):
        self.say("354 go on")
        text = b""
        while not text.endswith(b"\r\n.\r\n"):
            text += self.rfile.readline()
        answer = self.server.script.pop(0) if self.server.script else "250 taken"
        if answer == "silence":
            self.server.hushed.wait(5)
            return None
        if answer.startswith("250"):
            self.server.letters.append(text.decode())
        return self.say(answer)

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class Robots(ThreadingHTTPServer):
    """The vendor of a group robot. `script`: status numbers, answers as dicts, or `silence`.
    `posts`: (address, body) of what came in.
    """

    daemon_threads = True

    def __init__(self, *script):
        self.script, self.posts, self.hushed = list(script), [], threading.Event()
        super().__init__(("127.0.0.1", 0), RobotTalk)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class RobotTalk(BaseHTTPRequestHandler):
    """One request to the robot."""

    def do_POST(self):  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append((self.path, json.loads(body)))
        answer = self.server.script.pop(0) if self.server.script else GOOD
        if answer == "silence":
            self.server.hushed.wait(5)
            return
        status, words = (answer, GOOD) if isinstance(answer, int) else (200, answer)
        text = json.dumps(words).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"{self.server.url}/elsewhere")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *words):
        """Quiet."""
