"""How files come into a watched folder in the course of a day: each way is a generator that does one thing a step. What must
become of what it leaves is told to the Day's books, which are compared with the archive in the end."""
import hashlib
import io
import os
import socket

import cairo

A4 = (595.0, 842.0)
FILED, SPOILT, OTHER = "filed", "quarantined", "skipped"  # a duplicate counts as filed


def dispatch(number):
    """A dispatch of one page with a text layer, born digital. Its number is found nowhere else."""
    buffer = io.BytesIO()
    surface = cairo.PDFSurface(buffer, *A4)
    context = cairo.Context(surface)
    context.select_font_face("Tinos")
    context.set_font_size(13)
    for x, y, text in ((50, 70, "UBND TỈNH CAO BẰNG"), (50, 86, "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"),
                       (310, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (350, 86, "Độc lập - Tự do - Hạnh phúc"),
                       (90, 114, f"Số: {number}/STTTT-TTBCXB"), (330, 114, "Cao Bằng, ngày 18 tháng 9 năm 2023"),
                       (70, 136, "V/v tuyên truyền công tác năm 2023"),
                       (150, 190, "Kính gửi: Các cơ quan, đơn vị trong tỉnh."),
                       (80, 230, "Đề nghị các đơn vị triển khai thực hiện công tác tuyên truyền."),
                       (380, 560, "GIÁM ĐỐC"), (370, 640, "Nguyễn Văn An")):
        context.move_to(x, y)
        context.show_text(text)
    surface.finish()
    return buffer.getvalue()


def unreadable(number):
    """Whole, as far as its ends tell, and yet no document."""
    body = f"%PDF-1.4\n% {number}\n"
    return f"{body}xref\n0 1\n0000000000 65535 f \ntrailer\n<<>>\nstartxref\n{len(body)}\n%%EOF\n".encode()


def put(path, data, mode="wb"):
    with open(path, mode) as file:
        file.write(data)


def parts(day, data):
    cuts = sorted(day.random.sample(range(200, len(data) - 40), 4))
    return [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)])]


# --- whole in the end: each is to be filed once ---


def at_once(day, folder, name):
    path, data = f"{folder}/{name}.pdf", day.document()
    put(path, data)
    day.expect(path, FILED, data)
    yield


def slowly(day, folder, name):
    """A scanner that keeps the file open."""
    path, data = f"{folder}/{name}.pdf", day.document()
    with open(path, "wb") as file:
        for part in parts(day, data):
            file.write(part)
            file.flush()
            yield
    day.expect(path, FILED, data)


def bit_by_bit(day, folder, name):
    """A scanner that closes the file after each page."""
    path, data = f"{folder}/{name}.pdf", day.document()
    for part in parts(day, data):
        put(path, part, "ab")
        yield
    day.expect(path, FILED, data)


def saved(day, folder, name):
    """Written under another name, then renamed."""
    path, data = f"{folder}/{name}.pdf", day.document()
    first = f"{folder}/.{name}.tmp"
    put(first, data[:500])
    yield
    put(first, data[500:], "ab")
    os.rename(first, path)
    day.expect(path, FILED, data)


def moved_in(day, folder, name):
    path, data = f"{folder}/{name}.pdf", day.document()
    put(f"{day.outside}/{name}.pdf", data)
    yield
    os.rename(f"{day.outside}/{name}.pdf", path)
    day.expect(path, FILED, data)


def linked(day, folder, name):
    """A name of a file that has another one elsewhere."""
    path, data = f"{folder}/{name}.pdf", day.document()
    put(f"{day.outside}/{name}.pdf", data)
    os.link(f"{day.outside}/{name}.pdf", path)
    day.expect(path, FILED, data)
    yield


def folder_moved_in(day, folder, name):
    os.makedirs(f"{day.outside}/{name}/deep")
    inside = {f"{name}/a.pdf": day.document(), f"{name}/deep/b.pdf": day.document()}
    for path, data in inside.items():
        put(f"{day.outside}/{path}", data)
    yield
    os.rename(f"{day.outside}/{name}", f"{folder}/{name}")
    for path, data in inside.items():
        day.expect(f"{folder}/{path}", FILED, data)


def folder_renamed(day, folder, name):
    """A new folder that gets its real name while the first file is being taken."""
    first, second = day.document(), day.document()
    os.makedirs(f"{folder}/New folder {name}")
    put(f"{folder}/New folder {name}/a.pdf", first)
    day.expect(f"{folder}/New folder {name}/a.pdf", FILED, first, moves=True)
    yield
    os.rename(f"{folder}/New folder {name}", f"{folder}/{name}")
    put(f"{folder}/{name}/b.pdf", second)
    day.expect(f"{folder}/{name}/b.pdf", FILED, second)


def renamed(day, folder, name):
    path, data = f"{folder}/Scan {name}.pdf", day.document()
    put(path, data)
    day.expect(path, FILED, data, moves=True)
    yield
    if os.path.exists(path):
        try:
            os.rename(path, f"{folder}/{name}.pdf")
        except FileNotFoundError:
            pass  # it was taken and deleted or moved in between


def mended(day, folder, name):
    """Cut off for long, then copied once more."""
    path, data = f"{folder}/{name}.pdf", day.document()
    put(path, data[: len(data) // 2])
    for _ in range(6):
        yield
    put(f"{folder}/.{name}.tmp", data)
    os.rename(f"{folder}/.{name}.tmp", path)
    day.expect(path, FILED, data)


def written_over(day, folder, name):
    """Put right in place: of the first writing nothing need be known, but it may."""
    path, first, second = f"{folder}/{name}.pdf", day.document(), day.document()
    put(path, first)
    day.may_be_filed(first)
    yield
    put(path, second)
    day.expect(path, FILED, second)


def copied_again(day, folder, name):
    path, data = f"{folder}/{name}.pdf", day.any_document()
    put(path, data)
    day.expect(path, FILED, data)
    yield


def gone_again(day, folder, name):
    """Deleted by hand: whoever was quick has it."""
    path, data = f"{folder}/{name}.pdf", day.document()
    put(path, data)
    day.may_be_filed(data)
    yield
    if os.path.exists(path):
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass
    day.forget(path)


# --- never a document ---


def cut_off(day, folder, name):
    path = f"{folder}/{name}.pdf"
    put(path, day.document()[:900])
    day.expect(path, SPOILT)
    yield


def not_readable(day, folder, name):
    path = f"{folder}/{name}.pdf"
    put(path, unreadable(name))
    day.expect(path, SPOILT)
    yield


def empty(day, folder, name):
    path = f"{folder}/{name}.pdf"
    put(path, b"")
    day.expect(path, SPOILT)
    yield


def no_document(day, folder, name):
    path = f"{folder}/{name}.txt"
    put(path, f"notes {name}\n".encode())
    day.expect(path, OTHER)
    yield


def link_out(day, folder, name):
    path = f"{folder}/{name}.pdf"
    put(f"{day.outside}/{name}.pdf", day.document())
    os.symlink(f"{day.outside}/{name}.pdf", path)
    day.expect(path, OTHER)
    yield


def pipe(day, folder, name):
    path = f"{folder}/{name}.pdf"
    os.mkfifo(path)
    day.expect(path, OTHER)
    yield


def listening(day, folder, name):
    path = f"{folder}/{name}.pdf"
    end = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(folder)  # a socket's name is short
    end.bind(os.path.basename(path))
    os.chdir(here)
    end.close()
    day.expect(path, OTHER)
    yield


def temporary(day, folder, name):
    path = f"{folder}/{name}.pdf.part"
    put(path, day.document())
    day.forget(path)
    yield


# How many of a hundred come in which way.
WAYS = {at_once: 20, slowly: 12, bit_by_bit: 10, saved: 10, moved_in: 6, linked: 2, folder_moved_in: 4, folder_renamed: 4,
        renamed: 6, mended: 4, written_over: 3, copied_again: 5, gone_again: 2, cut_off: 3, not_readable: 2, empty: 1,
        no_document: 2, link_out: 1, pipe: 1, listening: 1, temporary: 1}


def sum_of(data):
    return hashlib.sha256(data).hexdigest()
