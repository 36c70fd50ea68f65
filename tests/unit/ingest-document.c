#include <string.h>

#include "ingest/document.h"

static LtPage *
make_page(guint number, LtPageSource source)
{
    LtPageBuilder *builder = lt_page_builder_new(number, source, 595, 842);
    const LtBox box = {0.1, 0.1, 0.2, 0.2};

    lt_page_builder_add_word(builder, "word", &box, 90, 0);
    lt_page_builder_end_line(builder);
    return lt_page_builder_finish(builder);
}

static LtDocument *
make_document(guint staged)
{
    GPtrArray *pages = g_ptr_array_new_with_free_func((GDestroyNotify)lt_page_free);

    for (guint i = 1; i <= staged; i++)
        g_ptr_array_add(pages, make_page(i, LT_PAGE_FROM_OCR));
    return lt_document_new(1, lt_source_new(1, "/a", 10, 20), "ab", "pdf", pages);
}

static void
test_mixed(void)
{
    g_autoptr(LtDocument) document = make_document(0);

    g_assert_false(lt_document_tell_page(document, make_page(1, LT_PAGE_FROM_TEXT_LAYER)));
    g_assert_false(lt_document_begin(document, 0));
    g_assert_true(lt_document_begin(document, 3));
    g_assert_false(lt_document_begin(document, 3));
    g_assert_true(lt_document_tell_need(document, 1));
    g_assert_true(lt_document_tell_page(document, make_page(2, LT_PAGE_FROM_LEGACY)));
    g_assert_false(lt_document_all_told(document));
    g_assert_true(lt_document_tell_need(document, 3));
    g_assert_true(lt_document_all_told(document));
    g_assert_false(lt_document_is_read(document));
    g_assert_cmpuint(document->wanted.length, ==, 2);
    g_assert_true(lt_document_add_page(document, make_page(3, LT_PAGE_FROM_OCR)));
    lt_document_lose_page(document, 1, LT_OCR_ERROR_DAMAGED, "page 1: gone");
    g_assert_true(lt_document_is_read(document));
    g_assert_false(lt_document_is_lost(document));
    g_assert_cmpstr(document->lost_reason, ==, "page 1: gone");
    for (guint i = 0; i < 3; i++)
        g_assert_cmpuint(((LtPage *)g_ptr_array_index(document->pages, i))->number, ==, i + 1);
}

/* A worker is never trusted to tell things in order, once, and of the right kind. */
static void
test_lies(void)
{
    g_autoptr(LtDocument) document = make_document(0);

    g_assert_true(lt_document_begin(document, 2));
    g_assert_false(lt_document_tell_page(document, make_page(2, LT_PAGE_FROM_TEXT_LAYER)));
    g_assert_false(lt_document_tell_page(document, make_page(1, LT_PAGE_FROM_OCR)));
    g_assert_false(lt_document_tell_need(document, 2));
    g_assert_true(lt_document_tell_need(document, 1));
    g_assert_false(lt_document_tell_need(document, 1));
    g_assert_true(lt_document_tell_need(document, 2));
    g_assert_false(lt_document_tell_need(document, 3));
    g_assert_false(lt_document_tell_page(document, make_page(3, LT_PAGE_FROM_TEXT_LAYER)));
    g_assert_false(lt_document_add_page(document, make_page(1, LT_PAGE_FROM_TEXT_LAYER)));
    g_assert_false(lt_document_add_page(document, make_page(3, LT_PAGE_FROM_OCR)));
    g_assert_true(lt_document_add_page(document, make_page(1, LT_PAGE_FROM_OCR)));
    g_assert_false(lt_document_add_page(document, make_page(1, LT_PAGE_FROM_OCR)));
}

/* Pages read in an earlier run are not wanted again, also when opening has to be tried twice. */
static void
test_staged(void)
{
    g_autoptr(LtDocument) document = make_document(2);

    for (guint round = 0; round < 2; round++) {
        g_assert_true(lt_document_begin(document, 3));
        for (guint i = 1; i <= 3; i++)
            g_assert_true(lt_document_tell_need(document, i));
        g_assert_cmpuint(document->n_read, ==, 2);
        g_assert_cmpuint(document->wanted.length, ==, 1);
        g_assert_cmpuint(GPOINTER_TO_UINT(document->wanted.head->data), ==, 3);
        lt_document_restart(document);
        g_assert_false(lt_document_is_read(document));
    }
}

static void
test_retry(void)
{
    g_autoptr(LtDocument) document = make_document(0);

    g_assert_true(lt_document_may_retry(document, 0));
    g_assert_true(lt_document_may_retry(document, 5));
    g_assert_false(lt_document_may_retry(document, 5));
    g_assert_false(lt_document_may_retry(document, 0));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/document/mixed", test_mixed);
    g_test_add_func("/document/lies", test_lies);
    g_test_add_func("/document/staged", test_staged);
    g_test_add_func("/document/retry", test_retry);
    return g_test_run();
}
