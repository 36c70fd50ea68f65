/* Cuts out what a hand may have written into the letterheads of documents, as luutru-worker does:
 *
 *   cut-digits DIR FILE...
 *
 * Of each first page the strips that the reader of digits would be given are written to DIR as
 * NAME-number.png, NAME-day.png, NAME-month.png and NAME-year.png; a line of each goes to standard output:
 * the strip's file, NAME, and what part it is, parted by tabs. */
#include <fcntl.h>
#include <stdio.h>

#include "ocr/document.h"
#include "ocr/scan.h"
#include "ocr/strip.h"

static const char *folder, *name;

/* The linker puts these around lt_strip_cut (--wrap), so that the strips are the program's own. */
gboolean __real_lt_strip_cut(PIX *pix, double slope, const LtGap *gap, LtStrip *ret_strip);
gboolean __wrap_lt_strip_cut(PIX *pix, double slope, const LtGap *gap, LtStrip *ret_strip);

gboolean
__wrap_lt_strip_cut(PIX *pix, double slope, const LtGap *gap, LtStrip *ret_strip)
{
    const char *part = lt_written_part_name(gap->part);
    g_autofree char *file = g_strdup_printf("%s-%s.png", name, part);
    g_autofree char *path = g_build_filename(folder, file, NULL);
    gboolean cut = __real_lt_strip_cut(pix, slope, gap, ret_strip);

    if (!cut || !ret_strip->pix)
        return cut;
    if (pixWrite(path, ret_strip->pix, IFF_PNG) != 0)
        g_error("'%s' cannot be written", path);
    printf("%s\t%s\t%s\n", file, name, part);
    return cut;
}

static gboolean
cut_page(LtEngine *engine, const char *path, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    g_autoptr(LtDocument) document = fd < 0 ? NULL : lt_document_open(fd, G_MAXUINT, error);
    g_auto(LtPagePicture) picture = {0};
    g_autoptr(LtPage) page = NULL;

    if (document && lt_document_picture(document, 1, &picture, error))
        page = lt_scan_read(engine, &picture, 1, error);
    return page != NULL;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtEngine) engine = NULL;

    if (argc < 3) {
        fprintf(stderr, "usage: cut-digits DIR FILE...\n");
        return 2;
    }
    engine = lt_engine_open(&error);
    if (!engine)
        g_error("%s", error->message);
    folder = argv[1];
    for (int i = 2; i < argc; i++) {
        g_autofree char *base = g_path_get_basename(argv[i]);
        char *end = strrchr(base, '.');

        if (end)
            *end = '\0';
        name = base;
        g_clear_error(&error);
        if (!cut_page(engine, argv[i], &error))
            fprintf(stderr, "%s: %s\n", argv[i], error ? error->message : "cannot be opened");
    }
    return 0;
}
