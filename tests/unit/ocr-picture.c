/* Picture files, whole and broken: formats, pages, orientation, resolution, and what is refused. */
#include "tests/unit/ocr-checks.h"

static void
test_not_documents(void)
{
    static const char *const TEXTS[] = {"Xin chào, đây là một tệp văn bản.",
                                        "II is no number of a TIFF file",
                                        "MM either, whatever follows it",
                                        "BM begins a bitmap, or a text",
                                        "P1 begins a pixmap, or a plan",
                                        "%!PS-Adobe-3.0 is another thing",
                                        "short"};
    g_autoptr(GString) empty = g_string_new("");

    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        g_autoptr(GString) text = g_string_new(TEXTS[i]);

        expect_open_fails(text, LT_OCR_ERROR_UNSUPPORTED);
    }
    expect_open_fails(empty, LT_OCR_ERROR_DAMAGED);
}

static void
test_picture_formats(void)
{
    static const int FORMATS[] = {IFF_BMP, IFF_JFIF_JPEG, IFF_PNG, IFF_TIFF_LZW, IFF_TIFF_ZIP,
                                  IFF_PNM, IFF_GIF,       IFF_JP2, IFF_WEBP,     IFF_TIFF_JPEG};

    for (guint i = 0; i < G_N_ELEMENTS(FORMATS); i++) {
        g_autoptr(PIX) pix = input_marked_pix(320, 400, 32);
        g_autoptr(GString) file = input_picture(pix, FORMATS[i]);
        g_autoptr(LtDocument) document = open_whole(file);
        g_auto(LtPagePicture) picture = {0};
        LtBox ink;

        g_test_message("format %d", FORMATS[i]);
        g_assert_cmpuint(lt_document_n_pages(document), ==, 1);
        g_assert_false(lt_document_is_damaged(document));
        read_picture(document, 1, &picture);
        g_assert_cmpint(pixGetWidth(picture.pix), ==, 320);
        ink = ink_box(picture.pix);
        assert_inside(&ink, &(LtBox){0, 0, 0.25, 0.125});
    }
}

static void
test_bomb(void)
{
    g_autoptr(PIX) pix = pixCreate(10000, 10000, 1);
    g_autoptr(GString) bomb = input_picture(pix, IFF_PNG);
    g_autoptr(LtDocument) document = open_whole(bomb);
    g_auto(LtPagePicture) picture = {0};
    g_autoptr(GError) error = NULL;

    g_assert_cmpuint(bomb->len, <, 100000);
    expect_layer_fails(document, 1, LT_OCR_ERROR_TOO_LARGE);
    g_assert_false(lt_document_picture(document, 1, &picture, &error));
    g_assert_error(error, LT_OCR_ERROR, LT_OCR_ERROR_TOO_LARGE);
}

static void
test_tiff_pages(void)
{
    g_autoptr(PIX) pix = input_marked_pix(800, 1100, 1);
    g_autoptr(GString) tiff = input_tiff(pix, 3);
    g_autoptr(LtDocument) document = open_whole(tiff);

    g_assert_cmpuint(lt_document_n_pages(document), ==, 3);
    for (guint number = 1; number <= 3; number++) {
        g_auto(LtPagePicture) picture = {0};
        LtBox ink;

        read_picture(document, number, &picture);
        g_assert_cmpint(pixGetDepth(picture.pix), ==, 1);
        ink = ink_box(picture.pix);
        assert_inside(&ink, &(LtBox){0, 0, 0.25, 0.125});
    }
}

/* However it is cut, some page is missing and said to be damaged; the file is never taken for
 * whole. */
static void
test_cut_tiff(void)
{
    g_autoptr(PIX) pix = input_marked_pix(80, 110, 8);
    g_autoptr(GString) tiff = input_tiff(pix, 3);

    for (gsize size = 16; size + 4 < tiff->len; size += 7) {
        g_autoptr(GString) cut = g_string_new_len(tiff->str, (gssize)size);
        g_autoptr(LtDocument) document = open_whole(cut);
        guint damaged = 0;

        for (guint number = 1; number <= lt_document_n_pages(document); number++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(LtPage) page = NULL;
            LtLayerVerdict verdict;

            if (lt_document_read_layer(document, number, &page, &verdict, &error))
                continue;
            g_assert_error(error, LT_OCR_ERROR, LT_OCR_ERROR_DAMAGED);
            damaged++;
        }
        g_assert_true(damaged > 0 || lt_document_is_damaged(document));
    }
}

/* The directory chain of one page, bent back to its own beginning. */
static void
test_tiff_loop(void)
{
    g_autoptr(PIX) pix = input_marked_pix(80, 110, 8);
    g_autoptr(GString) tiff = input_tiff(pix, 1);
    g_autoptr(LtDocument) document = NULL;
    guint8 *bytes = (guint8 *)tiff->str;
    guint32 directory;
    guint16 entries;

    g_assert_cmpint(bytes[0], ==, 'I');
    memcpy(&directory, bytes + 4, 4);
    memcpy(&entries, bytes + directory, 2);
    memcpy(bytes + directory + 2 + entries * 12, &directory, 4);
    document = open_whole(tiff);
    g_assert_cmpuint(lt_document_n_pages(document), ==, 2);
    expect_layer_fails(document, 2, LT_OCR_ERROR_DAMAGED);
}

/* A JPEG with an EXIF block that says how it was held. */
static GString *
jpeg_held(PIX *pix, guint orientation)
{
    guint8 exif[] = {0xff, 0xe1, 0,   34,   'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                     0,    1,    0x1, 0x12, 0,   3,   0,   0,   0, 1, 0,   0,   0, 0,  0, 0, 0, 0};
    g_autoptr(GString) plain = input_picture(pix, IFF_JFIF_JPEG);
    GString *jpeg = g_string_new_len(plain->str, 2);

    exif[29] = (guint8)orientation;
    g_string_append_len(jpeg, (const char *)exif, sizeof exif);
    return g_string_append_len(jpeg, plain->str + 2, (gssize)plain->len - 2);
}

static void
test_jpeg_orientation(void)
{
    /* where row 0 and column 0 meet, by EXIF: left or right, top or bottom, sides exchanged */
    static const struct {
        gboolean right, bottom, turned;
    } CORNERS[] = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0},
                   {0, 0, 1}, {1, 0, 1}, {1, 1, 1}, {0, 1, 1}};
    g_autoptr(PIX) pix = input_marked_pix(320, 400, 8);

    for (guint i = 0; i < G_N_ELEMENTS(CORNERS); i++) {
        g_autoptr(GString) jpeg = jpeg_held(pix, i + 1);
        g_autoptr(LtDocument) document = open_whole(jpeg);
        g_auto(LtPagePicture) picture = {0};
        double across = CORNERS[i].turned ? 0.125 : 0.25, down = CORNERS[i].turned ? 0.25 : 0.125;
        double x = CORNERS[i].right ? 1 - across : 0, y = CORNERS[i].bottom ? 1 - down : 0;
        LtBox ink;

        g_test_message("orientation %u", i + 1);
        read_picture(document, 1, &picture);
        g_assert_cmpint(pixGetWidth(picture.pix), ==, CORNERS[i].turned ? 400 : 320);
        ink = ink_box(picture.pix);
        assert_inside(&ink, &(LtBox){x, y, x + across, y + down});
    }
}

static void
test_cut_pictures(void)
{
    g_autoptr(PIX) pix = input_marked_pix(320, 400, 8);
    g_autoptr(GString) jpeg = input_picture(pix, IFF_JFIF_JPEG);
    g_autoptr(GString) png = input_picture(pix, IFF_PNG);
    g_autoptr(LtDocument) cut_jpeg = NULL, cut_png = NULL;
    g_auto(LtPagePicture) picture = {0}, none = {0};
    g_autoptr(GError) error = NULL;

    g_string_truncate(jpeg, jpeg->len * 3 / 4);
    cut_jpeg = open_whole(jpeg);
    g_assert_true(lt_document_is_damaged(cut_jpeg));
    read_picture(cut_jpeg, 1, &picture);
    g_string_truncate(png, png->len / 2);
    cut_png = open_whole(png);
    g_assert_false(lt_document_picture(cut_png, 1, &none, &error));
    g_assert_error(error, LT_OCR_ERROR, LT_OCR_ERROR_DAMAGED);
}

static void
expect_resolution(int across, int down, int depth, guint expected_dpi, double expected_width)
{
    g_autoptr(PIX) pix = input_marked_pix(1654, 2339, depth);
    g_autoptr(GString) file = NULL;
    g_autoptr(LtDocument) document = NULL;
    g_auto(LtPagePicture) picture = {0};
    LtBox ink;

    pixSetResolution(pix, across, down);
    file = input_picture(pix, across > 0 ? IFF_TIFF_LZW
                                         : IFF_PNG); /* TIFF: Leptonica writes 300 for 0 */
    document = open_whole(file);
    read_picture(document, 1, &picture);
    g_assert_cmpuint(picture.dpi, ==, expected_dpi);
    g_assert_cmpfloat_with_epsilon(picture.width, expected_width, 1);
    g_assert_cmpfloat_with_epsilon(pixGetWidth(picture.pix) * 72.0 / expected_dpi, picture.width,
                                   1);
    g_assert_cmpfloat_with_epsilon(pixGetHeight(picture.pix) * 72.0 / expected_dpi, picture.height,
                                   1);
    ink = ink_box(picture.pix);
    assert_inside(&ink, &(LtBox){0, 0, 0.25, 0.125});
}

/* A strip of a drawing: as large as A1 at what scanners have, and no sheet at what they have not. */
static void
test_large_sheet(void)
{
    static const int DPIS[] = {300, 290};

    for (guint i = 0; i < G_N_ELEMENTS(DPIS); i++) {
        g_autoptr(PIX) pix = input_marked_pix(400, 9933, 1);
        g_auto(LtPagePicture) picture = {0};

        pixSetResolution(pix, DPIS[i], DPIS[i]);
        g_autoptr(GString) file = input_picture(pix, IFF_TIFF_G4);
        g_autoptr(LtDocument) document = open_whole(file);
        read_picture(document, 1, &picture);
        g_assert_cmpuint(picture.dpi, ==, 300);
        g_assert_cmpint(pixGetHeight(picture.pix), ==, DPIS[i] == 300 ? 9933 : 4966);
    }
}

static void
test_resolution(void)
{
    expect_resolution(200, 200, 8, 200, 595); /* as the file says */
    expect_resolution(0, 0, 8, 200, 595);     /* as A4 would have it */
    expect_resolution(72, 72, 8, 200, 595);   /* a program that knows nothing */
    expect_resolution(204, 98, 8, 204, 584);  /* a fax with flat pixels */
    expect_resolution(500, 500, 8, 300, 238); /* more than is needed */
    expect_resolution(500, 500, 1, 300, 238);
    expect_resolution(9999, 9999, 8, 200, 595); /* nonsense */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    setMsgSeverity(L_SEVERITY_NONE);
    g_test_add_func("/picture/not-documents", test_not_documents);
    g_test_add_func("/picture/picture-formats", test_picture_formats);
    g_test_add_func("/picture/bomb", test_bomb);
    g_test_add_func("/picture/tiff-pages", test_tiff_pages);
    g_test_add_func("/picture/cut-tiff", test_cut_tiff);
    g_test_add_func("/picture/tiff-loop", test_tiff_loop);
    g_test_add_func("/picture/jpeg-orientation", test_jpeg_orientation);
    g_test_add_func("/picture/cut-pictures", test_cut_pictures);
    g_test_add_func("/picture/resolution", test_resolution);
    g_test_add_func("/picture/large-sheet", test_large_sheet);
    return g_test_run();
}
