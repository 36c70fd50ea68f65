"""What is dropped is never lost: a server killed after it took a file, a watcher that holds the archive, more requests
than there is room for."""
import contextlib
import fcntl
import http.client
import json
import os
import select
import signal
import sqlite3
import struct
import subprocess

from office import LUUTRU, Person, eventually, main


def drop(office, name, number, subject):
    office.dispatch(f"{office.folder}/{name}", number, subject)
    return drop_made(office, name)


def drop_made(office, name):
    with open(f"{office.folder}/{name}", "rb") as file:
        answer = Person(office).call("POST", f"intake?name={name}", file.read())
    assert answer.status == 202, answer.body
    return answer.json["id"]


def file_of(office, number):
    return next(f for f in Person(office).get("intake").json["files"] if f["id"] == number)


def inbox(office):
    return os.listdir(f"{office.archive}/inbox")


def killed(office):
    """a server that is killed between taking a file and filing it loses nothing: the next one files it"""
    office.open()
    with open(f"{office.archive}/lock", "r+b") as lock:
        # As a run of another program: nothing is filed before it ends.
        fcntl.fcntl(lock, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0))  # F_OFD_SETLK
        number = drop(office, "first.pdf", "5/STTTT-VP", "mời họp")
        office.server.send_signal(signal.SIGKILL)
        office.server.wait()
        assert inbox(office), "what was taken is on the disk"
    office.open()
    filed = eventually(lambda: file_of(office, number)["state"] == "filed" and file_of(office, number))
    assert Person(office).get(f"documents/{filed['document']}").json["number"] == "5/STTTT-VP"
    eventually(lambda: not inbox(office))
    assert Person(office).get("search?q=so:5/STTTT-VP").json["total"] == 1


def half(office):
    """half a file that was never answered for is gone, and nothing of it is filed"""
    import socket
    stream = socket.create_connection(("127.0.0.1", office.port))
    stream.sendall(b"POST /api/v1/intake?name=half.pdf HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n%PDF-1.4")
    eventually(lambda: inbox(office))
    office.server.send_signal(signal.SIGKILL)
    office.server.wait()
    stream.close()
    office.open()
    eventually(lambda: not inbox(office))
    assert all(f["name"] != "half.pdf" for f in Person(office).get("intake").json["files"])


@contextlib.contextmanager
def watching(office):
    """The process of a watcher that has its folder."""
    os.makedirs(f"{office.folder}/watched", exist_ok=True)
    watcher = subprocess.Popen([LUUTRU, "--archive", office.archive, "watch", "--set=settle=1",
                                f"{office.folder}/watched"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        eventually(lambda: Person(office).get("intake").json["watcher"]["running"])
        yield watcher
    finally:
        watcher.send_signal(signal.SIGTERM)
        watcher.wait(60)


def watched(office):
    """beside a watcher that holds the archive a dropped file is filed by way of it"""
    with watching(office) as watcher:
        number = drop(office, "second.pdf", "6/STTTT-VP", "báo cáo quý")
        eventually(lambda: file_of(office, number)["state"] == "filed")
        assert watcher.poll() is None
        office.dispatch(f"{office.folder}/watched/third.pdf", "7/STTTT-VP", "giao nhiệm vụ")
        eventually(lambda: Person(office).get("search?q=so:7/STTTT-VP").json["total"] == 1)
    eventually(lambda: not inbox(office))


def walled(office):
    """who wants every wall takes no file for a watcher that was begun without, and files what comes behind walls"""
    office.close()
    office.open("--require-sandbox")
    with watching(office):
        answer = Person(office).call("POST", "intake?name=lax.pdf", b"%PDF-1.4")
        assert answer.status == 503 and "--require-sandbox" in answer.json["detail"], answer.body
    eventually(lambda: not inbox(office))
    number = drop(office, "walled.pdf", "9/STTTT-VP", "sau mọi bức tường")
    filed = eventually(lambda: file_of(office, number)["state"] == "filed" and file_of(office, number))
    assert Person(office).get(f"documents/{filed['document']}/pages/1/picture").status == 200
    office.close()
    office.open()


def removed(office):
    """what somebody removed is not filed again, and its copy does not stay where uploads wait"""
    filed = next(f for f in Person(office).get("intake").json["files"] if f["name"] == "first.pdf")
    office.luutru("remove", f"#{filed['document']}", "--reason", "filed by mistake")
    number = drop_made(office, "first.pdf")
    eventually(lambda: file_of(office, number)["state"] == "skipped")
    eventually(lambda: not inbox(office))


def full(office):
    """when more is asked than there is room for in line, the rest is told to come again, and all of the line is served"""
    archive = sqlite3.connect(f"{office.archive}/archive.db", isolation_level=None)
    archive.execute("BEGIN IMMEDIATE")  # whoever writes waits
    body = json.dumps({"revision": 1, "accept": ["number"]})
    people = [http.client.HTTPConnection("127.0.0.1", office.port, timeout=120) for _ in range(60)]
    for connection in people:
        connection.request("POST", "/api/v1/documents/1/corrections", body, {"Content-Type": "application/json"})
    # One is at work and 32 are in line.
    told = eventually(lambda: len(ready := [p for p in people if select.select([p.sock], [], [], 0)[0]]) >= 27 and ready)
    archive.execute("ROLLBACK")
    answers = {connection: connection.getresponse() for connection in people}
    for connection in told:
        answer = answers[connection]
        assert answer.status == 503 and answer.headers["Retry-After"] == "1", answer.status
        assert answer.headers["Content-Type"] == "application/problem+json"
    rest = sorted(answer.status for connection, answer in answers.items() if connection not in told)
    assert rest == [200] + [409] * 32, rest
    for connection in people:
        connection.close()
    office.close()


def linked(office):
    """an archive that is reached by a link knows its uploads all the same"""
    office.close()
    link = f"{office.folder}/link"
    os.symlink(office.archive, link)
    office.archive = link
    office.open()
    number = drop(office, "linked.pdf", "8/STTTT-VP", "qua liên kết")
    eventually(lambda: file_of(office, number)["state"] == "filed")
    eventually(lambda: not inbox(office))
    # From the moment it leads elsewhere it is that archive which is served.
    office.luutru("backup", f"{office.folder}/backup")
    os.unlink(link)
    office.archive = f"{office.folder}/second"
    office.luutru("restore", f"{office.folder}/backup")
    os.symlink(office.archive, link)
    revision = Person(office).get("documents/1").json["revision"]
    right = {"revision": revision, "values": {"subject": "sau khi phục hồi"}}
    assert Person(office).call("POST", "documents/1/corrections", right).status == 200
    assert "sau khi phục hồi" in office.luutru("show", "id:1").stdout
    number = drop(office, "turned.pdf", "10/STTTT-VP", "vào kho mới")
    eventually(lambda: file_of(office, number)["state"] == "filed")
    assert "10/STTTT-VP" in office.luutru("search", "so:10/STTTT-VP").stdout


main([killed, half, watched, walled, removed, full, linked])
