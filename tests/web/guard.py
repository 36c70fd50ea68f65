"""What strangers try: paths, headers, methods, hosts, ranges, slowness, other sites."""
import http.client
import os
import socket
import subprocess
import time

from office import LUUTRU, PATIENCE, Person, eventually, main


def paths(office):
    """no path leads out of what is served"""
    office.open()
    for path in ("/assets/../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fetc%2fpasswd",
                 "//etc/passwd", "/assets/", "/api/v1/", "/api/v1/documents/%00",
                 "/api/v1/documents/-1", "/api/v1/documents/99999999999999999999", "/api/v1/documents/1%27--",
                 "/%c0%ae%c0%ae/etc/passwd", "/archive.db", "/web.db"):
        got = office.raw(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert got.split(" ")[1] in ("400", "404"), (path, got[:200])
        assert "root:" not in got


def heads(office):
    """heads that are too long, broken or without a host are refused, and the server goes on"""
    for head in ("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a" * 200000 + "\r\n\r\n",
                 "GET /" + "a" * 100000 + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                 "GET / HTTP/1.1\r\n" + "X: y\r\n" * 50000 + "\r\n",
                 "\x00\x01\x02\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"):
        got = office.raw(head)
        assert not got.startswith("HTTP/1.1 200"), got[:200]
    assert office.get("session").status == 200


def methods(office):
    """methods that a path has not are refused, and said which it has"""
    for method in ("DELETE", "PUT", "PATCH", "TRACE", "OPTIONS", "XYZ"):
        got = office.call(method, "documents/1")
        assert got.status == 405 and got.headers["Allow"] == "GET, HEAD", (method, got.status)
    head = office.call("HEAD", "documents/1/original")
    whole = office.get("documents/1/original")
    assert head.status == 200 and head.body == b"" and head.headers["Content-Length"] == str(len(whole.body))


def hosts(office):
    """a host that is not this one is refused, whatever is asked for"""
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "169.254.1.1", ""):
        for path in ("/", "session", "documents/1"):
            assert office.get(path, host=host or " ").status in (400, 421), host
    assert office.get("session", host="LOCALHOST:1").status == 200


def ranges(office):
    """parts of an original, and parts that it has not"""
    whole = office.get("documents/1/original").body
    part = office.get("documents/1/original", headers={"Range": "bytes=10-19"})
    assert part.status == 206 and part.body == whole[10:20]
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole)}"
    assert office.get("documents/1/original", headers={"Range": f"bytes={len(whole)}-"}).status == 416
    many = ",".join(f"{i}-{i}" for i in range(1000))
    assert office.get("documents/1/original", headers={"Range": "bytes=" + many}).body == whole


def bodies(office):
    """bodies that are too large, of unknown length, or no JSON are refused"""
    assert office.raw("POST /api/v1/documents/1/undo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      "Content-Length: 99999999\r\n\r\n").split(" ")[1] == "413"
    assert office.raw("POST /api/v1/documents/1/undo HTTP/1.1\r\nHost: localhost\r\n"
                      "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n").split(" ")[1] == "411"
    assert office.raw("POST /api/v1/intake?name=a HTTP/1.1\r\nHost: localhost\r\n"
                      "Content-Length: 99999999999\r\n\r\n").split(" ")[1] == "413"
    for lengths in ("+5", "5\r\nContent-Length: 0"):
        assert office.raw(f"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {lengths}\r\n\r\nabcde"
                          "GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\n\r\n").split(" ")[1] == "400", lengths
    for body in (b"", b"[]", b"{", b"\xff", b"[" * 5000, b'{"revision": "1"}', b'{"revision": -1}'):
        got = office.call("POST", "documents/1/undo", body, {"Content-Type": "application/json"})
        assert got.status == 400, (body[:20], got.status)
    form = office.call("POST", "documents/1/undo", b"revision=1",
                       {"Content-Type": "application/x-www-form-urlencoded"})
    assert form.status == 400


def headers(office):
    """every answer says that nothing from elsewhere may run, load or look"""
    for path in ("/", "session", "documents/1", "documents/77", "/nothing", "documents/1/original"):
        got = office.get(path)
        assert "frame-ancestors 'none'" in got.headers["Content-Security-Policy"] or "sandbox" in got.headers[
            "Content-Security-Policy"]
        assert "unsafe" not in got.headers["Content-Security-Policy"] or path.endswith("original")
        for name, value in (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
                            ("Cross-Origin-Opener-Policy", "same-origin"),
                            ("Cross-Origin-Resource-Policy", "same-origin")):
            assert got.headers[name] == value, (path, name)
        assert got.headers["Server"] is None and len(got.headers.get_all("Content-Security-Policy")) == 1


def sites(office):
    """what changes anything must not come from another site's page"""
    body = {"revision": 1, "accept": ["number"]}
    for extra in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                  {"Sec-Fetch-Site": "same-site"}):
        assert office.call("POST", "documents/1/corrections", body, extra).status == 403, extra
    same = {"Origin": f"http://127.0.0.1:{office.port}", "Sec-Fetch-Site": "same-origin"}
    assert office.call("POST", "documents/1/corrections", body, same).status == 200


def slowness(office):
    """who sends a head bit by bit, or nothing, or takes no answer, is cut; others are served meanwhile"""
    began = time.monotonic()
    slow = [socket.create_connection(("127.0.0.1", office.port)) for _ in range(20)]
    for stream in slow:
        stream.sendall(b"GET / HTTP/1.1\r\nHost: loc")
    eventually(lambda: serves(office))

    def is_cut(stream):
        stream.setblocking(False)
        try:
            stream.send(b"a")
            return stream.recv(1000) == b""
        except BlockingIOError:
            return False
        except (BrokenPipeError, ConnectionResetError):
            return True

    eventually(lambda: all([is_cut(stream) for stream in slow]), 120)
    assert time.monotonic() - began >= PATIENCE - 0.5
    for stream in slow:
        stream.close()


def crowds(office):
    """one address cannot take all places"""
    streams = []
    for _ in range(80):
        stream = socket.create_connection(("127.0.0.1", office.port), timeout=5)
        stream.sendall(b"GET /api/v1/sess")
        streams.append(stream)

    def closed():
        n = 0
        for stream in streams:
            stream.setblocking(False)
            try:
                n += stream.recv(1) == b""
            except BlockingIOError:
                pass
            except OSError:
                n += 1
        return n >= 16

    eventually(closed, 120)
    for stream in streams:
        stream.close()
    eventually(lambda: serves(office), 120)


def sockets(office):
    """How many sockets the server has open."""
    count = 0
    for fd in os.listdir(f"/proc/{office.server.pid}/fd"):
        try:
            count += os.readlink(f"/proc/{office.server.pid}/fd/{fd}").startswith("socket:")
        except FileNotFoundError:
            pass
    return count


def ask(connection, path):
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer, answer.read()


def keeping(office):
    """a connection serves several requests, and has no place any more when it is closed"""
    at_rest = eventually(lambda: sockets(office) == 1) and 1
    for _ in range(3):
        kept = [http.client.HTTPConnection("127.0.0.1", office.port, timeout=60) for _ in range(50)]
        for connection in kept:
            for path in ("/api/v1/session", "/nothing", "/api/v1/documents/1/original", "/"):
                stream = connection.sock
                answer, _ = ask(connection, path)
                assert not answer.will_close and stream in (None, connection.sock), path
        assert sockets(office) == at_rest + 50
        for connection in kept:
            connection.close()
        eventually(lambda: sockets(office) == at_rest)


def turns(office):
    """bodies come and go on a kept connection; requests sent ahead of their answers end it, and nothing is mixed up"""
    connection = http.client.HTTPConnection("127.0.0.1", office.port, timeout=60)
    for _ in range(3):
        connection.request("POST", "/api/v1/documents/1/undo", b'{"revision": 77}', {"Content-Type": "application/json"})
        answer = connection.getresponse()
        assert answer.status == 409 and answer.read() and connection.sock is not None
        assert ask(connection, "/api/v1/documents/1")[0].status == 200
    connection.close()
    ahead = "GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\n\r\n"
    began = time.monotonic()
    got = office.raw(ahead + "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert got.startswith("HTTP/1.1 200") and got.count("HTTP/1.1") == 1, got
    assert time.monotonic() - began < PATIENCE
    assert office.raw(ahead.replace("1.1", "1.0")).startswith("HTTP/1.0 200")
    assert office.raw(ahead.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")).startswith("HTTP/1.1 200")
    assert time.monotonic() - began < PATIENCE


def takers(office):
    """who takes no answer, and whoever asks for nothing more on a kept connection, is cut"""
    path = f"{office.folder}/large.pdf"
    office.dispatch(path, "7/STTTT-VP", "gửi một tệp lớn")
    with open(path, "rb") as file:
        small = file.read()
    with open(path, "wb") as file:
        file.write(small + b"%" + b"x" * (24 << 20) + small[small.rindex(b"\nstartxref"):])
    office.luutru("ingest", "--jobs", "1", path)
    stream = socket.socket()
    stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stream.connect(("127.0.0.1", office.port))
    stream.sendall(b"GET /api/v1/documents/4/original HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert stream.recv(15) == b"HTTP/1.1 200 OK"
    began = time.monotonic()
    idle = http.client.HTTPConnection("127.0.0.1", office.port, timeout=60)
    ask(idle, "/")
    assert idle.sock.recv(1) == b"" and PATIENCE - 1 <= time.monotonic() - began < 3 * PATIENCE
    eventually(lambda: sockets(office) == 1)
    assert 3 * PATIENCE - 2 <= time.monotonic() - began
    stream.close()
    assert len(office.get("documents/4/original").body) > 24 << 20


def refusals(office):
    """who still sends when the answer is no gets that answer"""
    stream = socket.create_connection(("127.0.0.1", office.port), timeout=60)
    stream.sendall(b"POST /api/v1/intake?name=a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
    for _ in range(64):
        stream.sendall(b"x" * 65536)
    got = b""
    while chunk := stream.recv(65536):
        got += chunk
    assert got.startswith(b"HTTP/1.1 413"), got[:100]
    stream.close()
    # What has no address that can be read has no body that is waited for.
    assert office.raw("POST /a%2fb HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "5\r\nabcde\r\n").split(" ")[1] == "400"
    eventually(lambda: sockets(office) == 1)


def serves(office):
    try:
        return office.get("session").status == 200
    except OSError:
        return False


def starts(office):
    """for others than this machine it starts only with people, TLS and a name"""
    office.close()

    def refused(*options):
        return office.luutru("serve", "--port", "0", *options, wanted=2).stderr

    assert "user add" in refused("--listen", "0.0.0.0")
    office.add("lan", "mot mat khau dai", "--role", "archivist")
    assert "--tls-cert" in refused("--listen", "0.0.0.0")
    assert "--host" in refused("--listen", "0.0.0.0", "--behind-proxy")
    assert "go together" in refused("--tls-cert", "x")


def tls(office):
    """over TLS, with a cookie that is for TLS only"""
    import json
    import ssl
    certificate, key = f"{office.folder}/c.pem", f"{office.folder}/k.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-keyout", key, "-out", certificate], check=True, capture_output=True)
    os.environ["ASAN_OPTIONS"] = "detect_leaks=0"  # its search for leaks crashes on the threads of GnuTLS
    office.open("--tls-cert", certificate, "--tls-key", key)
    context = ssl.create_default_context(cafile=certificate)
    context.check_hostname = False
    connection = http.client.HTTPSConnection("127.0.0.1", office.port, timeout=30, context=context)
    connection.request("POST", "/api/v1/session", json.dumps({"user": "lan", "password": "mot mat khau dai"}),
                       {"Content-Type": "application/json", "Host": f"localhost:{office.port}"})
    answer = connection.getresponse()
    cookie = answer.headers["Set-Cookie"]
    assert answer.status == 200 and cookie.startswith("__Host-luutru="), cookie
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Secure", "Path=/")), cookie
    assert answer.headers["Strict-Transport-Security"]
    answer.read()
    for _ in range(3):
        assert ask(connection, "/")[0].status == 200 and connection.sock is not None
    connection.close()
    eventually(lambda: sockets(office) == 1)
    assert office.raw("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")[:4] != "HTTP"
    office.close()


main([paths, heads, methods, hosts, ranges, bodies, headers, sites, keeping, turns, refusals, slowness, crowds,
      takers, starts, tls])
