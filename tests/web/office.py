"""The real server over a real archive, for the tests of this folder. Each is a list of functions that assert; main()
runs them one after the other, as TAP."""
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(TOP, os.environ.get("BUILD", "build"))
LUUTRU = os.path.join(BUILD, "luutru")
PATIENCE = 6


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)


class Office:
    """An archive of three dispatches, and its server."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="luutru-web-")
        self.archive = os.path.join(self.folder, "archive")
        self.server = None
        scans = os.path.join(self.folder, "scans")
        os.mkdir(scans)
        for number, (code, subject) in enumerate(
            [("1758/STTTT-TTBCXB", "tuyên truyền về nhân quyền"),
             ("12/STTTT-VP", "báo cáo chuyển đổi số"),
             ("99/STTTT-TTr", "thanh tra dịch vụ bưu chính")]):
            self.dispatch(os.path.join(scans, f"{number}.pdf"), code, subject)
        self.luutru("ingest", "--jobs", "1", scans)

    @staticmethod
    def dispatch(path, number, subject, body="Đề nghị các đơn vị thực hiện."):
        subprocess.run(["/usr/bin/python3", f"{TOP}/tests/cli/dispatch.py", path, number, body, subject], check=True)

    def luutru(self, *arguments, wanted=0, given=""):
        environment = {k: v for k, v in os.environ.items() if k != "LANGUAGE"}
        environment["LC_ALL"] = "C.UTF-8"
        done = subprocess.run([LUUTRU, "--archive", self.archive, *arguments], input=given, text=True,
                              capture_output=True, env=environment)
        assert done.returncode == wanted, (arguments, done.returncode, done.stderr)
        return done

    def add(self, name, password, *options):
        self.luutru("user", "add", name, *options, given=password + "\n")

    def open(self, *options):
        log = open(os.path.join(self.folder, "log"), "w+")
        self.server = subprocess.Popen(
            [LUUTRU, "--archive", self.archive, "serve", "--port", "0", "--patience", str(PATIENCE), *options],
            stderr=log)
        self.port = int(eventually(lambda: re.search(r":(\d+)/\n", open(log.name).read())).group(1))

    def close(self):
        if self.server:
            self.server.send_signal(signal.SIGTERM)
            assert self.server.wait(20) == 0
            self.server = None

    def remove(self):
        if self.server:
            self.server.kill()
            self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, path, body=None, headers=None, host=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Host": host or f"127.0.0.1:{self.port}", **(headers or {})}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        path = path if path.startswith("/") else "/api/v1/" + path
        connection.request(method, path, body, sent)
        got = connection.getresponse()
        answer = Answer(got.status, got.headers, got.read())
        connection.close()
        return answer

    def get(self, path, **options):
        return self.call("GET", path, **options)

    def raw(self, text, timeout=30):
        """What comes back for these bytes, until the other side closes or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as stream:
            stream.sendall(text if isinstance(text, bytes) else text.encode())
            got = b""
            try:
                while chunk := stream.recv(65536):
                    got += chunk
            except (ConnectionResetError, socket.timeout):
                pass
            return got.decode("latin-1")


class Person:
    """Somebody with a browser: keeps the cookie and the token."""

    def __init__(self, office, name=None, password=None):
        self.office, self.headers = office, {}
        if name:
            answer = office.call("POST", "session", {"user": name, "password": password})
            assert answer.status == 200, answer.body
            self.headers["Cookie"] = answer.headers["Set-Cookie"].split(";")[0]
            self.headers["X-CSRF-Token"] = answer.json["csrf"]

    def call(self, method, path, body=None, **more):
        return self.office.call(method, path, body, {**self.headers, **more})

    def get(self, path):
        return self.call("GET", path)


def eventually(ask, seconds=60):
    until = time.monotonic() + seconds
    while not (got := ask()):
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)
    return got


def quote(text):
    return urllib.parse.quote(text, safe="")


def main(tests):
    print(f"1..{len(tests)}", flush=True)
    office, failed = None, False
    try:
        office = Office()
        for number, test in enumerate(tests, 1):
            try:
                test(office)
                print(f"ok {number} - {test.__doc__}", flush=True)
            except Exception:
                failed = True
                print(f"not ok {number} - {test.__doc__}")
                print("# " + traceback.format_exc().replace("\n", "\n# "), flush=True)
    finally:
        if office:
            office.remove()
    sys.exit(failed)
