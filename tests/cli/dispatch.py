#!/usr/bin/python3
"""Makes inputs for the tests: dispatch.py FILE.pdf NUMBER [BODY [SUBJECT]]: one page, born digital, typeset with cairo."""
import sys

import cairo

A4 = (595.0, 842.0)


def write(context, x, y, text, size=13, bold=False):
    weight = cairo.FONT_WEIGHT_BOLD if bold else cairo.FONT_WEIGHT_NORMAL
    context.select_font_face("Tinos", cairo.FONT_SLANT_NORMAL, weight)
    context.set_font_size(size)
    context.move_to(x, y)
    context.show_text(text)


def main():
    path, number = sys.argv[1:3]
    body = sys.argv[3] if len(sys.argv) > 3 else "Đề nghị các đơn vị triển khai thực hiện công tác tuyên truyền."
    subject = sys.argv[4] if len(sys.argv) > 4 else "tuyên truyền công tác năm 2023"
    surface = cairo.PDFSurface(path, *A4)
    context = cairo.Context(surface)
    write(context, 60, 70, "UBND TỈNH CAO BẰNG", 12)
    write(context, 50, 86, "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", 12, True)
    write(context, 310, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True)
    write(context, 350, 86, "Độc lập - Tự do - Hạnh phúc", 13, True)
    write(context, 90, 114, f"Số: {number}")
    write(context, 330, 114, "Cao Bằng, ngày 18 tháng 9 năm 2023")
    write(context, 70, 136, f"V/v {subject}", 12)
    write(context, 150, 190, "Kính gửi: Các cơ quan, đơn vị trong tỉnh.", 14)
    for row, line in enumerate(body.split("|")):
        write(context, 80, 230 + 22 * row, line, 14)
    write(context, 380, 560, "GIÁM ĐỐC", 13, True)
    write(context, 370, 640, "Nguyễn Văn An", 13, True)
    surface.finish()


main()
