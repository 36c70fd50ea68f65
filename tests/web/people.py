"""Who may: roles, tokens, tries, sessions, and that restricted documents are nowhere for who is not cleared."""
import http.client
import json
import os
import socket

from office import Person, main, quote

WORD = "mot mat khau dai"


def passwords(office):
    """names and passwords that will not do are refused, and passwords are nowhere in the clear"""
    office.luutru("user", "list", wanted=1)
    office.luutru("user", "add", "lan", wanted=2, given="ngan\n")
    office.add("lan", WORD, "--role", "administrator", "--cleared")
    office.add("binh", WORD + "2", "--role", "archivist")
    office.add("chi", WORD + "3")
    office.luutru("user", "add", "lan", wanted=2, given=WORD + "\n")
    office.luutru("user", "role", "ai do", "--role", "reader", wanted=1)
    rows = [json.loads(line) for line in office.luutru("user", "list", "--json").stdout.splitlines()]
    assert [(r["name"], r["role"], r["cleared"]) for r in rows] == [
        ("binh", "archivist", False), ("chi", "reader", False), ("lan", "administrator", True)]
    for name in ("web.db", "web.db-wal"):
        try:
            assert WORD.encode() not in open(f"{office.archive}/{name}", "rb").read()
        except FileNotFoundError:
            pass
    office.open()


def roles(office):
    """each role may what is its own, and no more"""
    reader, archivist = Person(office, "chi", WORD + "3"), Person(office, "binh", WORD + "2")
    nobody = Person(office)
    for path in ("search?q=", "documents/1", "documents/1/original", "documents/1/pages/1/picture", "saved", "export?format=csv"):
        assert nobody.get(path).status == 401, path
        assert reader.get(path).status == 200, path
    for path in ("review", "intake", "quarantine", "status", "intake/events"):
        assert nobody.get(path).status == 401, path
        assert reader.get(path).status == 403, path
    for path in ("review", "intake", "quarantine", "status"):
        assert archivist.get(path).status == 200, path
    assert archivist.get("access").status == 403
    right = {"revision": 1, "accept": ["number"]}
    assert reader.call("POST", "documents/1/corrections", right).status == 403
    assert reader.call("POST", "intake?name=a.pdf", b"%PDF-").status == 403
    assert archivist.call("POST", "documents/1/corrections", right).status == 200
    assert reader.call("PUT", "saved/chung", {"query": "x"}).status == 204
    assert archivist.call("PUT", "saved/chung", {"query": "y"}).status == 204
    for name in ("chung", "chung%20", "%20chung"):
        assert reader.call("DELETE", f"saved/{name}").status == 403, name
        assert reader.call("PUT", f"saved/{name}", {"query": "z"}).status == 403, name


def tokens(office):
    """without the page's token nothing is changed; a made-up session is none"""
    archivist = Person(office, "binh", WORD + "2")
    right = {"revision": 2, "accept": ["number"]}
    for token in ({"X-CSRF-Token": ""}, {"X-CSRF-Token": "0" * 64}):
        assert archivist.call("POST", "documents/1/corrections", right, **token).status == 403
    assert archivist.call("DELETE", "session", **{"X-CSRF-Token": "x"}).status == 403
    for cookie in ("luutru=x", "luutru=", "luutru=" + "A" * 5000, "other=1"):
        assert office.get("documents/1", headers={"Cookie": cookie}).status == 401


def restricted(office):
    """a document marked secret, and one of a closed dossier, are nowhere for who is not cleared"""
    office.luutru("correct", "id:2", "secrecy=MẬT")
    office.luutru("dossier", "new", "07.TTr", "--year", "2023", "--title", "Thanh tra", "--access", "Hạn chế")
    office.luutru("dossier", "add", "07.TTr", "id:3")
    office.dispatch(f"{office.folder}/cites.pdf", "8/STTTT-VP", "trả lời",
                    "Căn cứ Công văn số 12/STTTT-VP ngày 18 tháng 9 năm 2023;")
    office.luutru("ingest", f"{office.folder}/cites.pdf")
    cleared, other = Person(office, "lan", WORD), Person(office, "binh", WORD + "2")
    seen = {r["id"] for r in cleared.get("search?q=").json["results"]}
    assert seen == {1, 2, 3, 4}, seen
    for query in ("", "chuyen doi so", "12/STTTT-VP", "buu chinh", "trangthai:mat", "so thong tin", "STTTT"):
        for sort in ("relevance", "date"):
            got = other.get(f"search?q={quote(query)}&sort={sort}&hits=1").json
            assert not {2, 3} & {r["id"] for r in got["results"]}, (query, sort)
            assert got["total"] <= 2 and all(f["count"] <= 2 for f in got["facets"]["issuer"]), (query, got["total"])
            assert all(f["value"] != "secret" for f in got["facets"]["status"]), query
    for document in (2, 3):
        for path in ("", "?text=1", "/refs", "/similar", "/original", "/pages/1/words", "/pages/1/picture",
                     "/pages/1/crop?box=0,0,1,1", "/hits?q=so"):
            got = other.get(f"documents/{document}{path}")
            assert got.status == 404, (document, path, got.status)
        assert other.call("POST", f"documents/{document}/corrections", {"revision": 1, "accept": ["number"]}).status == 404
        assert other.call("POST", f"documents/{document}/undo", {"revision": 2}).status == 404
    assert [r["document"] for r in cleared.get("documents/4").json["references"]] == [2]
    assert [r["document"] for r in other.get("documents/4").json["references"]] == [None]
    corrected = other.call("POST", "documents/4/corrections", {"revision": 1, "accept": ["subject"]})
    assert [r["document"] for r in corrected.json["references"]] == [None], corrected.json["references"]
    undone = other.call("POST", "documents/4/undo", {"revision": 2})
    assert [r["document"] for r in undone.json["references"]] == [None], undone.json["references"]
    assert "chuyển đổi" not in other.get("documents/4/refs").body.decode()
    assert not {2, 3} & {r["id"] for r in other.get("documents/1/similar").json["results"]}
    assert not {2, 3} & {r["id"] for r in other.get("review").json["results"]}
    assert "12/STTTT-VP" not in other.get("export?format=csv").body.decode().replace("trả lời", "").split("\r\n", 1)[1].split(",8/")[0]
    assert {2, 3} <= {r["id"] for r in cleared.get("search?q=STTTT").json["results"]}
    # Who hides a document from himself is told that it is done.
    revision = other.get("documents/1").json["revision"]
    done = other.call("POST", "documents/1/corrections", {"revision": revision, "values": {"secrecy": "MẬT"}})
    assert done.status == 200 and done.json["hidden"] and done.json["detail"], done.body
    assert other.get("documents/1").status == 404
    revision = cleared.get("documents/1").json["revision"]
    assert cleared.call("POST", "documents/1/undo", {"revision": revision}).status == 200
    assert other.get("documents/1").status == 200


def listen(office, person):
    """The connection, and the stream of the intake."""
    connection = http.client.HTTPConnection("127.0.0.1", office.port, timeout=60)
    connection.request("GET", "/api/v1/intake/events", headers=person.headers)
    stream = connection.getresponse()
    assert stream.status == 200, stream.status
    return connection, stream


def streamed(office):
    """who listens to the intake is told no more than who looks at it"""
    def counts(person):
        connection, stream = listen(office, person)
        line = ""
        while not line.startswith('data: {"type":"counts"'):
            line = stream.readline().decode()
            assert line, "the stream ended"
        connection.close()
        return json.loads(line[6:])["counts"]

    cleared, other = Person(office, "lan", WORD), Person(office, "binh", WORD + "2")
    assert counts(cleared)["documents"] == 4
    told = counts(other)["documents"]
    assert told < 4 and told == other.get("intake").json["counts"]["documents"], told


def spent(office):
    """Nanoseconds of the processor that the server took."""
    tasks = f"/proc/{office.server.pid}/task"
    return sum(int(open(f"{tasks}/{task}/schedstat").read().split()[0]) for task in os.listdir(tasks))


def tries(office):
    """after some tries that failed there is a pause, also for the right word; an unknown name takes as long"""
    for number in range(5):
        got = office.call("POST", "session", {"user": "chi", "password": f"sai {number}"})
        assert got.status == 401, got.status
    got = office.call("POST", "session", {"user": "chi", "password": WORD + "3"})
    assert got.status == 429 and got.headers["Retry-After"]
    times = []
    for name in ("binh", "khong co ai"):
        began = spent(office)
        assert office.call("POST", "session", {"user": name, "password": "sai"}).status == 401
        times.append(spent(office) - began)
    assert max(times) < 2 * min(times), times
    assert office.get("session").json["role"] is None


def locked(office):
    """who is locked, removed or given another role is out at once"""
    person = Person(office, "binh", WORD + "2")
    assert person.get("review").status == 200
    (theirs, stream), (mine, other) = listen(office, person), listen(office, Person(office, "lan", WORD))
    office.luutru("user", "lock", "binh")
    while stream.readline():
        pass
    theirs.close()
    with open(f"{office.folder}/hong.pdf", "wb") as broken:
        broken.write(b"%PDF-1.4")
    office.luutru("ingest", broken.name, wanted=1)
    while b"hong.pdf" not in (line := other.readline()):
        assert line, "the stream of another ended, too"
    mine.close()
    assert person.get("review").status == 401
    assert office.call("POST", "session", {"user": "binh", "password": WORD + "2"}).status == 401
    office.luutru("user", "unlock", "binh")
    person = Person(office, "binh", WORD + "2")
    office.luutru("user", "role", "binh", "--role", "reader")
    assert person.get("search?q=").status == 401
    person = Person(office, "binh", WORD + "2")
    assert person.get("review").status == 403
    office.luutru("user", "remove", "binh")
    assert person.get("search?q=").status == 401


def kept(office):
    """who looked at and changed what is kept, over a restart as well; and so is the session"""
    lan = Person(office, "lan", WORD)
    lan.get("documents/2/original")
    office.close()
    office.open()
    log = lan.get("access?document=2").json
    assert [e for e in log["results"] if e["action"] == "original" and e["user"] == "lan" and e["address"] == "127.0.0.1"], log
    failed = [e for e in lan.get("access?limit=500").json["results"] if e["action"] == "login-failed"]
    assert failed and all(e["detail"] in ("chi", "binh", None) for e in failed)
    office.close()


def proxied(office):
    """behind a proxy the last address that it names counts, and a made-up one before it does not; else none does"""
    def log_in(forwarded, word="sai"):
        return office.call("POST", "session", {"user": "lan", "password": word},
                           {"X-Forwarded-For": forwarded, "Host": "kho.example"} if forwarded else {}).status

    def last():
        lan = {"Cookie": cookie, "Host": "kho.example"}
        return office.get("access?limit=1&action=login-failed", headers=lan).json["results"][0]["address"]

    office.open("--behind-proxy", "--host", "kho.example")
    answer = office.call("POST", "session", {"user": "lan", "password": WORD},
                         {"Host": "kho.example", "X-Forwarded-For": "198.51.100.1"})
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    assert answer.status == 200 and "Secure" in answer.headers["Set-Cookie"]
    for forwarded, address in (("203.0.113.7", "203.0.113.7"), ("10.0.0.1, 203.0.113.8", "203.0.113.8"),
                               ("2001:db8::1", "2001:db8::1"), ("nobody", "127.0.0.1")):
        assert log_in(forwarded) == 401 and last() == address, (forwarded, last())
    # Tries are counted for each of them; a crowd behind the proxy is no one address.
    for number in range(5):
        log_in(f"10.9.9.{number}, 203.0.113.9")
    assert log_in("203.0.113.9") == 429 and log_in("203.0.113.10") == 401
    crowd = [socket.create_connection(("127.0.0.1", office.port)) for _ in range(100)]
    for stream in crowd:
        stream.sendall(b"GET /api/v1/session HTTP/1.1\r\nHost: kho.example\r\n\r\n")
    assert all(stream.recv(9) == b"HTTP/1.1 " for stream in crowd)
    for stream in crowd:
        stream.close()
    office.close()
    office.open()
    assert log_in("198.51.100.9") == 421
    log_in(None)
    cookie = Person(office, "lan", WORD).headers["Cookie"]
    assert office.get("access?limit=1&action=login-failed", headers={"Cookie": cookie, "X-Forwarded-For": "198.51.100.9"}
                      ).json["results"][0]["address"] == "127.0.0.1"


def unreadable(office):
    """where the accounts cannot be opened nobody is let in as if there were none"""
    people = f"{office.archive}/web.db"
    office.close()
    os.rename(people, f"{office.folder}/away")
    os.symlink("/nowhere/web.db", people)
    office.open()
    assert office.get("documents/1").status >= 400
    office.close()
    os.unlink(people)
    os.rename(f"{office.folder}/away", people)
    office.open()
    assert office.get("documents/1").status == 401


def moved(office):
    """an archive that is moved away and restored under the server is the restored one from then on"""
    office.luutru("backup", f"{office.folder}/backup")
    before = Person(office, "lan", WORD)
    assert before.get("documents/1").status == 200
    os.rename(office.archive, f"{office.folder}/broken")
    os.mkdir(office.archive)
    for path in ("session", "documents/1", "intake"):
        assert before.get(path).status == 503, path
    assert before.call("POST", "intake?name=a.pdf", b"%PDF-1.4").status >= 400
    assert os.listdir(office.archive) == [], "what a restore would refuse was made"
    office.luutru("restore", f"{office.folder}/backup")
    assert before.get("documents/1").status == 401  # sessions are in no backup
    person = Person(office, "lan", WORD)
    revision = person.get("documents/1").json["revision"]
    assert person.call("POST", "documents/1/corrections", {"revision": revision, "values": {"subject": "sau khi phục hồi"}}).status == 200
    assert "sau khi phục hồi" in office.luutru("show", "id:1").stdout


main([passwords, roles, tokens, restricted, streamed, tries, locked, kept, proxied, unreadable, moved])
