/* PDF documents, whole and broken: words, boxes, pictures of pages, and what is refused. */
#include <sys/wait.h>

#include "ocr/document.h"
#include "ocr/lines.h"
#include "ocr/pdf-words.h"
#include "ocr/sandbox.h"

#include "tests/unit/ocr-checks.h"

#define A4 "/MediaBox[0 0 595 842]"
#define MODELS "/usr/share/tesseract-ocr/5/tessdata"

/* Words' boxes lie on the ink of the page as it is shown, however it is turned and cropped. */
static void
test_boxes_on_ink(void)
{
    static const char *const CROPS[] = {"", "/CropBox[50 100 500 800]"};

    for (guint i = 0; i < 8; i++) {
        g_autofree char *attributes = g_strdup_printf(A4 "%s/Rotate %u", CROPS[i / 4], i % 4 * 90);
        g_autoptr(GString) pdf = input_pdf(&(PdfInput){
            .page = attributes, .n_pages = 1, .content = "BT /F 24 Tf 120 600 Td (1758) Tj ET"});
        g_autoptr(LtDocument) document = open_whole(pdf);
        g_auto(LtPagePicture) picture = {0};
        g_autoptr(LtPage) page = NULL;
        LtLayerVerdict verdict;
        LtBox box, ink;

        g_assert_true(lt_document_read_layer(document, 1, &page, &verdict, NULL));
        g_assert_nonnull(page);
        g_assert_cmpuint(page->n_words, ==, 1);
        read_picture(document, 1, &picture);
        g_assert_cmpfloat_with_epsilon(page->width, picture.width, 0.01);
        g_assert_cmpfloat_with_epsilon(page->height, picture.height, 0.01);
        g_assert_true((page->width > page->height) == (i % 2 == 1));
        box = page->words[0].box;
        ink = ink_box(picture.pix);
        assert_inside(&ink, &box);
        g_assert_cmpfloat((box.x1 - box.x0) * (box.y1 - box.y0), <, 0.01);
    }
}

static GArray *
collect(const char *content)
{
    g_autoptr(GString) pdf = input_pdf(&(PdfInput){.page = A4, .n_pages = 1, .content = content});
    g_autoptr(GBytes) bytes = g_bytes_new(pdf->str, pdf->len);
    g_autoptr(PopplerDocument) document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    g_autoptr(PopplerPage) page = poppler_document_get_page(document, 0);
    g_autofree char *text = poppler_page_get_text(page);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(guint));
    GArray *words = lt_raw_words_new();

    lt_pdf_collect_words(page, text, 595, 842, words, places);
    g_assert_cmpuint(places->len, ==, words->len);
    for (guint i = 0; i < words->len; i++) {
        const char *word = g_array_index(words, LtRawWord, i).text;
        const char *there = g_utf8_offset_to_pointer(text, g_array_index(places, guint, i));
        g_assert_true(g_str_has_prefix(there, word));
    }
    return words;
}

static void
expect_words(const char *content, const char *expected)
{
    g_autoptr(GArray) words = collect(content);
    g_autoptr(GString) joined = g_string_new(NULL);

    for (guint i = 0; i < words->len; i++) {
        const LtRawWord *word = &g_array_index(words, LtRawWord, i);

        g_string_append_printf(joined, "%s%s", i > 0 ? "|" : "", word->text);
        g_assert_cmpfloat(word->box.x0, <=, word->box.x1);
        g_assert_cmpfloat(word->box.y0, <=, word->box.y1);
    }
    g_assert_cmpstr(joined->str, ==, expected);
}

static void
test_words_end_at_gaps(void)
{
    /* two columns on one line with no blank between them */
    expect_words("BT /F 12 Tf 50 700 Td [(NAM) -9000 (CONG)] TJ ET", "NAM|CONG");
    expect_words("BT /F 12 Tf 50 700 Td (VIET NAM) Tj 250 0 Td (CONG HOA) Tj ET",
                 "VIET|NAM|CONG|HOA");
    /* a blank set so narrow that the words touch, and a kerned word in two pieces */
    expect_words("BT /F 12 Tf -3.3 Tw 50 700 Td (VIET NAM) Tj ET", "VIET|NAM");
    expect_words("BT /F 12 Tf 50 700 Td [(KH) 30 (AN)] TJ ET", "KHAN");
    /* spacing between letters is no gap */
    expect_words("BT /F 12 Tf 1.5 Tc 50 700 Td (KHAN) Tj ET", "KHAN");
    /* what is off the page is not there */
    expect_words("BT /F 12 Tf 50 700 Td (in) Tj 2000 0 Td (out) Tj ET", "in");
    expect_words("", "");
}

static void
test_page_counts(void)
{
    g_autoptr(GString) none = input_pdf(&(PdfInput){.page = A4, .n_pages = 0, .content = ""});
    g_autoptr(GString) three = input_pdf(&(PdfInput){.page = A4, .n_pages = 3, .content = ""});
    g_autoptr(LtDocument) document = open_whole(three);
    g_autoptr(LtDocument) refused = NULL;
    g_autoptr(GError) error = NULL;

    expect_open_fails(none, LT_OCR_ERROR_NO_PAGES);
    g_assert_cmpuint(lt_document_n_pages(document), ==, 3);
    g_assert_false(lt_document_is_damaged(document));
    expect_layer_fails(document, 0, LT_OCR_ERROR_PROTOCOL);
    expect_layer_fails(document, 4, LT_OCR_ERROR_PROTOCOL);
    refused = lt_document_open(input_fd_of(three), 2, &error);
    g_assert_null(refused);
    g_assert_error(error, LT_OCR_ERROR, LT_OCR_ERROR_TOO_MANY_PAGES);
    g_assert_nonnull(strstr(error->message, "3"));
}

/* Cut off anywhere, a PDF is refused or said to be damaged, never taken for whole. */
static void
test_cut_pdf(void)
{
    g_autoptr(GString) pdf = input_pdf(&(PdfInput){
        .page = A4, .n_pages = 2, .content = "BT /F 12 Tf 50 700 Td (Quyet dinh) Tj ET"});
    guint readable = 0;

    for (gsize size = 8; size + 8 < pdf->len; size += 16) {
        g_autoptr(GString) cut = g_string_new_len(pdf->str, (gssize)size);
        g_autoptr(GError) error = NULL;
        g_autoptr(LtDocument) document = open_bytes(cut, &error);

        if (document) {
            readable++;
            g_assert_true(lt_document_is_damaged(document));
        } else {
            g_assert_error(error, LT_OCR_ERROR, LT_OCR_ERROR_DAMAGED);
        }
    }
    g_assert_cmpuint(readable, >, 0);
}

/* A tail of zeros and junk, a wrong startxref, junk before the header. */
static void
test_pdf_tails(void)
{
    g_autoptr(GString) pdf = input_pdf(&(PdfInput){.page = A4, .n_pages = 1, .content = ""});
    g_autoptr(GString) wrong = g_string_new_len(pdf->str, (gssize)pdf->len);
    g_autoptr(GString) shifted = g_string_new("junk from a mail program\n");
    g_autoptr(LtDocument) with_zeros = NULL, with_wrong = NULL, with_junk = NULL;

    g_string_append_len(shifted, pdf->str, (gssize)pdf->len);
    g_string_replace(wrong, "startxref\n", "startxref\n9", 1);
    g_string_append_len(pdf, "\0\0\0\r\n", 5);
    with_zeros = open_whole(pdf);
    g_assert_false(lt_document_is_damaged(with_zeros));
    with_wrong = open_whole(wrong);
    g_assert_true(lt_document_is_damaged(with_wrong));
    with_junk = open_whole(shifted);
    g_assert_false(lt_document_is_damaged(with_junk));
}

static GString *
encrypt(const GString *pdf, const char *user_password)
{
    g_autofree char *plain = NULL, *locked = NULL, *bytes = NULL;
    gsize size = 0;
    int fd = g_file_open_tmp("luutru-XXXXXX.pdf", &plain, NULL);
    gboolean ran;

    g_assert_cmpint(write(fd, pdf->str, pdf->len), ==, (gssize)pdf->len);
    close(fd);
    locked = g_strconcat(plain, ".locked", NULL);
    {
        const char *argv[] = {"qpdf", "--encrypt", user_password, "owner", "256",
                              "--",   plain,       locked,        NULL};

        ran = g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                           NULL, NULL);
    }
    g_assert_true(ran && g_file_get_contents(locked, &bytes, &size, NULL));
    unlink(plain);
    unlink(locked);
    return g_string_new_len(bytes, (gssize)size);
}

static void
test_encrypted(void)
{
    g_autoptr(GString) pdf = input_pdf(
        &(PdfInput){.page = A4, .n_pages = 1, .content = "BT /F 12 Tf 50 700 Td (1758) Tj ET"});
    g_autoptr(GString) locked = NULL, protected = NULL;
    g_autofree char *qpdf = g_find_program_in_path("qpdf");
    g_autoptr(LtDocument) document = NULL;
    g_autoptr(LtPage) page = NULL;
    LtLayerVerdict verdict;

    if (!qpdf) {
        g_test_skip("qpdf is not installed");
        return;
    }
    locked = encrypt(pdf, "secret");
    expect_open_fails(locked, LT_OCR_ERROR_ENCRYPTED);
    protected = encrypt(pdf, "");
    document = open_whole(protected);
    g_assert_true(lt_document_read_layer(document, 1, &page, &verdict, NULL));
    g_assert_cmpstr(page->text, ==, "1758\n");
}

static guint
count_descriptors(void)
{
    guint n = 0;

    for (int fd = 0; fd < 256; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

/* A worker lives long and may have few descriptors: no document, good or bad, keeps one. */
static void
test_no_descriptor_is_kept(void)
{
    g_autoptr(PIX) pix = input_marked_pix(80, 110, 8);
    g_autoptr(GString) pdf = input_pdf(&(PdfInput){.page = A4, .n_pages = 1, .content = ""});
    g_autoptr(GString) png = input_picture(pix, IFF_PNG);
    g_autoptr(GString) cut = g_string_new_len(pdf->str, 60);
    g_autoptr(GString) empty = g_string_new(""), text = g_string_new("no document at all");
    const GString *const DOCUMENTS[] = {pdf, png, cut, empty, text};
    guint before = count_descriptors();

    for (guint i = 0; i < G_N_ELEMENTS(DOCUMENTS); i++) {
        g_autoptr(LtDocument) document = open_bytes(DOCUMENTS[i], NULL);

        g_test_message("document %u", i);
        g_clear_pointer(&document, lt_document_close);
        g_assert_cmpuint(count_descriptors(), ==, before);
    }
}

static void
test_huge_pages(void)
{
    const char *huge = "/MediaBox[0 0 14400 14400]";
    g_autoptr(GString) blank = input_pdf(&(PdfInput){.page = huge, .n_pages = 1, .content = ""});
    g_autoptr(GString) text = input_pdf(
        &(PdfInput){.page = huge, .n_pages = 1, .content = "BT /F 12 Tf 50 700 Td (1758) Tj ET"});
    g_autoptr(GString) poster =
        input_pdf(&(PdfInput){.page = "/MediaBox[0 0 2880 2880]", .n_pages = 1, .content = ""});
    g_autoptr(LtDocument) no_layer = open_whole(blank);
    g_autoptr(LtDocument) layer = open_whole(text);
    g_autoptr(LtDocument) lowered = open_whole(poster);
    g_auto(LtPagePicture) picture = {0}, none = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(LtPage) page = NULL;
    LtLayerVerdict verdict;

    expect_layer_fails(no_layer, 1, LT_OCR_ERROR_TOO_LARGE);
    g_assert_true(lt_document_read_layer(layer, 1, &page, &verdict, NULL));
    g_assert_nonnull(page);
    g_assert_false(lt_document_picture(layer, 1, &none, &error));
    g_assert_error(error, LT_OCR_ERROR, LT_OCR_ERROR_TOO_LARGE);
    g_assert_nonnull(strstr(error->message, "200 × 200"));
    read_picture(lowered, 1, &picture);
    g_assert_cmpuint(picture.dpi, >=, LT_DPI_LOWEST);
    g_assert_cmpuint(picture.dpi, <, LT_DPI_DEFAULT);
    g_assert_cmpfloat((double)pixGetWidth(picture.pix) * pixGetHeight(picture.pix), <=,
                      LT_OCR_MAX_PIXELS);
}

/* A page that is one image of so many pixels a side on two inches. */
static void
expect_native_dpi(guint pixels, guint expected)
{
    g_autofree char *content =
        g_strdup_printf("144 0 0 144 0 0 cm BI /W %u /H %u /BPC 1 /IM true ID ", pixels, pixels);
    g_autoptr(GString) pdf = NULL;
    g_autoptr(LtDocument) document = NULL;
    g_autoptr(GString) stream = g_string_new(content);
    g_auto(LtPagePicture) picture = {0};

    for (guint i = 0; i < (pixels + 7) / 8 * pixels; i++)
        g_string_append_c(stream, 'U');
    g_string_append(stream, " EI");
    pdf = input_pdf(
        &(PdfInput){.page = "/MediaBox[0 0 144 144]", .n_pages = 1, .content = stream->str});
    document = open_whole(pdf);
    read_picture(document, 1, &picture);
    g_assert_cmpuint(picture.dpi, ==, expected);
    g_assert_cmpint(pixGetWidth(picture.pix), ==, (int)expected * 2);
}

static void
test_rendering(void)
{
    g_autoptr(GString) grey = input_pdf(
        &(PdfInput){.page = "/MediaBox[0 0 72 72]", .n_pages = 1, .content = "0 0 36 36 re f"});
    g_autoptr(GString) red = input_pdf(&(PdfInput){
        .page = "/MediaBox[0 0 72 72]", .n_pages = 1, .content = "1 0 0 rg 0 0 36 36 re f"});
    g_autoptr(LtDocument) grey_document = open_whole(grey);
    g_autoptr(LtDocument) red_document = open_whole(red);
    g_auto(LtPagePicture) grey_picture = {0}, red_picture = {0};
    l_uint32 value = 0;

    read_picture(grey_document, 1, &grey_picture);
    g_assert_cmpint(pixGetDepth(grey_picture.pix), ==, 8);
    g_assert_cmpint(pixGetWidth(grey_picture.pix), ==, LT_DPI_DEFAULT);
    pixGetPixel(grey_picture.pix, 10, 10, &value);
    g_assert_cmpuint(value, ==, 255); /* paper */
    pixGetPixel(grey_picture.pix, 10, 290, &value);
    g_assert_cmpuint(value, ==, 0);
    read_picture(red_document, 1, &red_picture);
    g_assert_cmpint(pixGetDepth(red_picture.pix), ==, 32);
    pixGetPixel(red_picture.pix, 10, 290, &value);
    g_assert_cmphex(value & 0xffffff00, ==, 0xff000000);
    expect_native_dpi(400, 200);
    expect_native_dpi(200, LT_DPI_NATIVE_MIN);
    expect_native_dpi(1200, LT_DPI_NATIVE_MAX);
}

static guint
hash_pix(PIX *pix)
{
    gsize size = (gsize)pixGetHeight(pix) * (gsize)pixGetWpl(pix) * 4;
    g_autoptr(GBytes) bytes = g_bytes_new(pixGetData(pix), size);

    return g_bytes_hash(bytes);
}

/* Text and picture of a page as two numbers on stdout, from a process with or without walls. */
static void
describe_in_child(const GString *pdf, gboolean walls, guint ret_hashes[2])
{
    int ends[2];
    pid_t child;
    int status = 0;

    g_assert_cmpint(pipe(ends), ==, 0);
    child = fork();
    if (child == 0) {
        g_autoptr(LtDocument) document = open_whole(pdf);
        g_autoptr(LtPage) page = NULL;
        g_auto(LtPagePicture) picture = {0};
        LtLayerVerdict verdict;
        LtWalls built;
        guint hashes[2] = {0};

        dup2(ends[1], STDOUT_FILENO);
        if (walls && !lt_sandbox_enter(MODELS, &built, NULL))
            _exit(1);
        if (!lt_document_read_layer(document, 1, &page, &verdict, NULL) || !page ||
            !lt_document_picture(document, 1, &picture, NULL))
            _exit(2);
        hashes[0] = g_str_hash(page->text);
        hashes[1] = hash_pix(picture.pix);
        _exit(write(STDOUT_FILENO, hashes, sizeof hashes) == sizeof hashes ? 0 : 3);
    }
    close(ends[1]);
    g_assert_cmpint(read(ends[0], ret_hashes, 2 * sizeof(guint)), ==, 2 * sizeof(guint));
    close(ends[0]);
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
}

/* Fonts that are not embedded come from files, and so do the tables for CID fonts: the walls must
 * let both through, for Poppler goes on without them and says nothing. */
static void
test_same_inside_sandbox(void)
{
    static const char *const CONTENTS[] = {
        "BT /F 24 Tf 50 700 Td (Quyet dinh 1758) Tj ET",
        "BT /T 24 Tf 50 700 Td (Uy ban nhan dan) Tj ET",
        "BT /C 24 Tf 50 700 Td <65E5672C00410042> Tj ET",
    };

    for (guint i = 0; i < G_N_ELEMENTS(CONTENTS); i++) {
        g_autoptr(GString) pdf =
            input_pdf(&(PdfInput){.page = A4, .n_pages = 1, .content = CONTENTS[i]});
        guint inside[2] = {0}, outside[2] = {0};

        describe_in_child(pdf, TRUE, inside);
        describe_in_child(pdf, FALSE, outside);
        g_assert_cmpuint(inside[0], ==, outside[0]);
        g_assert_cmpuint(inside[1], ==, outside[1]);
        g_assert_cmpuint(inside[0], !=, g_str_hash(""));
    }
}

/* Poppler complains about each cut file. */
static void
drop_message(G_GNUC_UNUSED const char *domain, G_GNUC_UNUSED GLogLevelFlags level,
             G_GNUC_UNUSED const char *message, G_GNUC_UNUSED gpointer unused)
{
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    setMsgSeverity(L_SEVERITY_NONE);
    g_log_set_handler("Poppler", G_LOG_LEVEL_MASK, drop_message, NULL);
    g_test_add_func("/document/same-inside-sandbox",
                    test_same_inside_sandbox); /* before any font */
    g_test_add_func("/document/boxes-on-ink", test_boxes_on_ink);
    g_test_add_func("/document/words-end-at-gaps", test_words_end_at_gaps);
    g_test_add_func("/document/page-counts", test_page_counts);
    g_test_add_func("/document/cut-pdf", test_cut_pdf);
    g_test_add_func("/document/pdf-tails", test_pdf_tails);
    g_test_add_func("/document/encrypted", test_encrypted);
    g_test_add_func("/document/no-descriptor-is-kept", test_no_descriptor_is_kept);
    g_test_add_func("/document/huge-pages", test_huge_pages);
    g_test_add_func("/document/rendering", test_rendering);
    return g_test_run();
}
