"""Every operation of docs/openapi.json against the running server: status, type, required keys, and none that is not
documented."""
import json
import sys

from office import TOP, Person, eventually, main, quote

SPEC = json.load(open(f"{TOP}/docs/openapi.json", encoding="utf-8"))
called = set()


def resolve(schema):
    while "$ref" in schema:
        node = SPEC
        for part in schema["$ref"].lstrip("#/").split("/"):
            node = node[part]
        schema = node
    return schema


TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}


def fits(value, schema, at="$"):
    schema = resolve(schema)
    if "oneOf" in schema:
        # By what tells them apart, so that a fault is told of the one that is meant.
        named = [one for one in map(resolve, schema["oneOf"])
                 if all(key in value for key, member in one.get("properties", {}).items() if "const" in member)]
        return fits(value, named[-1], at)
    if value is None:
        assert schema.get("nullable") or not schema.get("type"), f"{at} is null"
        return
    if "type" in schema:
        assert isinstance(value, TYPES[schema["type"]]), f"{at}: {value!r} is no {schema['type']}"
    if "enum" in schema:
        assert value in schema["enum"], f"{at}: {value!r}"
    if isinstance(value, dict):
        for key in schema.get("required", []):
            assert key in value, f"{at} lacks {key}"
        for key, member in value.items():
            known = schema.get("properties", {}).get(key)
            assert known is not None or schema.get("additionalProperties", True) is not False, f"{at}.{key} is not documented"
            if known is not None:
                fits(member, known, f"{at}.{key}")
    if isinstance(value, list):
        for number, item in enumerate(value):
            fits(item, schema.get("items", {}), f"{at}[{number}]")


def ask(who, status, method, pattern, path=None, body=None, **headers):
    operation = SPEC["paths"][pattern][method.lower()]
    answer = who.call(method, path or pattern.lstrip("/"), body, **headers)
    assert answer.status == status, (method, path, answer.status, answer.body[:300])
    response = resolve(operation["responses"][str(status)])
    kind = (answer.headers["Content-Type"] or "").split(";")[0]
    content = response.get("content", {})
    if pattern != "/documents/{id}/original" and content:
        assert kind in content, (pattern, kind)
    if kind.endswith("json"):
        fits(answer.json, content[kind]["schema"])
    called.add((method.lower(), pattern))
    return answer


def reads(office):
    """what is read: searches, documents, pictures, lists"""
    office.open()
    me = Person(office)
    ask(me, 200, "GET", "/session")
    found = ask(me, 200, "GET", "/search", "search?q=nhan+quyen&limit=1&hits=1&sort=date&year=2023").json
    assert found["total"] == 1 and found["results"][0]["hits"], found
    assert ask(me, 200, "GET", "/search", "search?q=&limit=0").json["results"] == []
    for bad in ("limit=x", "limit=201", "sort=up", "from=2023-02-30", "newest=-1"):
        ask(me, 400, "GET", "/search", f"search?{bad}")
    ask(me, 422, "GET", "/search", "search?status=odd")
    ask(me, 200, "GET", "/export", "export?format=csv&q=nhan+quyen")
    assert ask(me, 200, "GET", "/export", "export?format=xlsx").body[:2] == b"PK"
    ask(me, 400, "GET", "/export", "export?format=doc")
    assert ask(me, 200, "GET", "/agencies", "agencies?q=so+thong+tin").json["results"]
    assert "Quyết định" in ask(me, 200, "GET", "/types").json["results"]
    ask(me, 200, "GET", "/documents/{id}", "documents/1?text=1")
    ask(me, 404, "GET", "/documents/{id}", "documents/77")
    ask(me, 200, "GET", "/documents/{id}/refs", "documents/1/refs?depth=2")
    ask(me, 200, "GET", "/documents/{id}/similar", "documents/1/similar?limit=3")
    ask(me, 200, "GET", "/documents/{id}/original", "documents/1/original?inline=1")
    assert ask(me, 200, "GET", "/documents/{id}/hits", "documents/1/hits?q=nhan+quyen").json["hits"]
    ask(me, 200, "GET", "/documents/{id}/pages/{n}/words", "documents/1/pages/1/words")
    ask(me, 404, "GET", "/documents/{id}/pages/{n}/words", "documents/1/pages/2/words")
    first = ask(me, 200, "GET", "/documents/{id}/pages/{n}/picture", "documents/1/pages/1/picture?dpi=60")
    again = ask(me, 200, "GET", "/documents/{id}/pages/{n}/picture", "documents/1/pages/1/picture?dpi=60")
    assert first.body == again.body and first.body[:3] == b"\xff\xd8\xff"
    same = me.call("GET", "documents/1/pages/1/picture?dpi=60", **{"If-None-Match": first.headers["ETag"]})
    assert same.status == 304 and same.body == b""
    ask(me, 400, "GET", "/documents/{id}/pages/{n}/picture", "documents/1/pages/1/picture?dpi=301")
    crop = ask(me, 200, "GET", "/documents/{id}/pages/{n}/crop", "documents/1/pages/1/crop?box=0.1,0.1,0.3,0.2")
    assert crop.body[:4] == b"\x89PNG"
    ask(me, 400, "GET", "/documents/{id}/pages/{n}/crop", "documents/1/pages/1/crop?box=0.3,0,0.1,1")
    ask(me, 200, "GET", "/review")
    ask(me, 200, "GET", "/status")
    ask(me, 200, "GET", "/quarantine")


def changes(office):
    """what changes: searches that are kept, corrections, taking back"""
    me = Person(office)
    ask(me, 204, "PUT", "/saved/{name}", "saved/nh%C3%A2n%20quy%E1%BB%81n", {"query": "nhan quyen"})
    assert ask(me, 200, "GET", "/saved").json["results"][0]["name"] == "nhân quyền"
    ask(me, 400, "PUT", "/saved/{name}", "saved/x", {"other": 1})
    ask(me, 204, "DELETE", "/saved/{name}", "saved/nh%C3%A2n%20quy%E1%BB%81n")
    ask(me, 404, "DELETE", "/saved/{name}", "saved/x")
    here = "/documents/{id}/corrections"
    before = me.get("documents/2").json
    right = {"revision": before["revision"], "values": {"subject": "báo cáo năm"}, "accept": ["number"]}
    after = ask(me, 200, "POST", here, "documents/2/corrections", right).json
    assert after["subject"] == "báo cáo năm" and after["revision"] == before["revision"] + 1
    late = ask(me, 409, "POST", here, "documents/2/corrections", right).json
    assert late["document"]["revision"] == after["revision"]
    wrong = {"revision": after["revision"], "values": {"issued_date": "32/13/2023"}}
    assert ask(me, 422, "POST", here, "documents/2/corrections", wrong).json["field"] == "issued_date"
    ask(me, 400, "POST", here, "documents/2/corrections", {"values": {}})
    ask(me, 404, "POST", here, "documents/77/corrections", right)
    undo = "/documents/{id}/undo"
    back = ask(me, 200, "POST", undo, "documents/2/undo", {"revision": after["revision"]}).json
    assert back["subject"] == before["subject"] and back["needs_review"]
    ask(me, 409, "POST", undo, "documents/2/undo", {"revision": after["revision"]})
    ask(me, 422, "POST", undo, "documents/3/undo", {"revision": 1})
    # An issuer stays one of the authority file, also when it is taken back; lists are put right whole.
    known = back["issuer_id"]
    right = {"revision": back["revision"], "values": {
        "issuer": "Sở Nội vụ", "recipients": "Như trên; Lưu: VT", "references": "20/CV-BCĐ, 2023-09-05, thực hiện"}}
    other = ask(me, 200, "POST", here, "documents/2/corrections", right).json
    assert known and other["issuer_id"] and other["issuer_id"] != known, (known, other["issuer_id"])
    assert other["recipients"] == ["Như trên", "Lưu: VT"], other["recipients"]
    assert [(r["number"], r["date"]) for r in other["references"]] == [("20/CV-BCĐ", "2023-09-05")], other["references"]
    back = ask(me, 200, "POST", undo, "documents/2/undo", {"revision": other["revision"]}).json
    assert (back["issuer_id"], back["recipients"], back["references"]) == (
        known, before["recipients"], before["references"]), back


def intake(office):
    """the intake: a file that is dropped gets filed, one that is no document is skipped, and the inbox is empty then"""
    me = Person(office)
    path = f"{office.folder}/new.pdf"
    office.dispatch(path, "5/STTTT-VP", "mời họp")
    file = ask(me, 202, "POST", "/intake", "intake?name=m%E1%BB%9Bi.pdf", open(path, "rb").read()).json
    ask(me, 400, "POST", "/intake", "intake", b"x")

    def ended():
        files = ask(me, 200, "GET", "/intake").json["files"]
        return next((f for f in files if f["id"] == file["id"] and f["state"] == "filed"), None)

    got = eventually(ended)
    assert got["name"] == "mới.pdf" and got["document"] == 4 and got["by"], got
    import os
    eventually(lambda: os.listdir(f"{office.archive}/inbox") == [])
    ask(me, 404, "POST", "/quarantine/{id}/retry", "quarantine/99/retry", b"")
    bad = me.call("POST", "intake?name=broken.pdf", b"%PDF-1.4\nbroken")
    assert bad.status == 202
    row = eventually(lambda: me.get("quarantine").json["results"])[0]
    assert row["name"] == "broken.pdf" and row["reason"], row
    ask(me, 200, "GET", "/quarantine")
    ask(me, 202, "POST", "/quarantine/{id}/retry", f"quarantine/{row['id']}/retry", b"")
    eventually(lambda: [r for r in me.get("quarantine").json["results"] if r["at"] >= row["at"]])


def events(office):
    """the intake tells what changes as it changes"""
    import http.client
    connection = http.client.HTTPConnection("127.0.0.1", office.port, timeout=60)
    connection.request("GET", "/api/v1/intake/events")
    stream = connection.getresponse()
    assert stream.status == 200 and stream.headers["Content-Type"] == "text/event-stream"
    called.add(("get", "/intake/events"))
    path = f"{office.folder}/event.pdf"
    office.dispatch(path, "6/STTTT-VP", "sự kiện")
    Person(office).call("POST", "intake?name=event.pdf", open(path, "rb").read())
    kinds = set()
    states = []
    while "counts" not in kinds or not states or states[-1] != "filed":
        line = stream.readline().decode()
        assert line, "the stream ended"
        if line.startswith("data: "):
            event = json.loads(line[6:])
            kinds.add(event["type"])
            if event["type"] == "file" and event["file"]["name"] == "event.pdf":
                fits(event["file"], {"$ref": "#/components/schemas/File"})
                states.append(event["file"]["state"])
    connection.close()


def people(office):
    """people: log-in, who is here, the log, log-out"""
    me = Person(office)
    ask(me, 409, "POST", "/session", None, {"user": "lan", "password": "khong phai the"})
    office.add("lan", "mot mat khau dai", "--role", "administrator", "--cleared")
    ask(me, 401, "GET", "/search", "search?q=")
    ask(me, 401, "POST", "/session", None, {"user": "lan", "password": "khong phai the"})
    ask(me, 400, "POST", "/session", None, {"user": "lan"})
    ask(me, 200, "POST", "/session", None, {"user": "lan", "password": "mot mat khau dai"})
    lan = Person(office, "lan", "mot mat khau dai")
    log = ask(lan, 200, "GET", "/access", "access?limit=100").json
    assert {"look", "correct", "undo", "upload", "retry", "login", "login-failed", "export"} <= {
        entry["action"] for entry in log["results"]}, log
    assert all(e["document"] == 2 for e in lan.get("access?document=2").json["results"])
    narrowed = ask(lan, 200, "GET", "/access", "access?action=login&user=lan").json["results"]
    assert narrowed and all((e["action"], e["user"]) == ("login", "lan") for e in narrowed)
    at = quote(log["results"][0]["at"])
    assert lan.get(f"access?to={at}").json["total"] < log["total"] == lan.get(f"access?from=2000-01-01T07:00:00%2B07").json["total"]
    assert lan.get(f"access?from={at}").json["total"] + lan.get(f"access?to={at}").json["total"] == lan.get("access").json["total"]
    ask(lan, 400, "GET", "/access", "access?from=hom+nay")
    ask(lan, 204, "DELETE", "/session")
    ask(lan, 401, "GET", "/search", "search?q=")


def complete(office):
    """every operation that is documented was called, and the server ends when it is told to"""
    documented = {(m, p) for p, methods in SPEC["paths"].items() for m in methods}
    assert documented == called, documented ^ called
    office.close()


main([reads, changes, intake, events, people, complete])
