#include <string.h>

#include "ingest/ingest.h"
#include "ingest/reasons.h"

static void
test_every_failure(void)
{
    for (guint code = 0; code < LT_OCR_N_ERRORS; code++) {
        g_autofree char *document = lt_reason_for_failure((LtOcrError)code, 0, NULL);
        g_autofree char *page = lt_reason_for_failure((LtOcrError)code, 12, NULL);

        g_assert_cmpuint(strlen(document), >, 20);
        g_assert_true(g_str_has_prefix(page, "page 12: "));
        g_assert_true(g_str_has_suffix(page, document));
    }
}

/* What a worker says is shown on one line, short, and cannot steer a terminal. */
static void
test_strangers_words(void)
{
    g_autofree char *long_words = g_strnfill(5000, 'x');
    g_autofree char *cut = lt_reason_for_failure(LT_OCR_ERROR_INTERNAL, 0, long_words);
    g_autofree char *cleaned =
        lt_reason_for_failure(LT_OCR_ERROR_INTERNAL, 0, "two\nlines \033[31mred \xFF\n");

    g_assert_cmpuint(strlen(cut), <, 300);
    g_assert_null(strpbrk(cleaned, "\n\033\xFF"));
    g_assert_nonnull(strstr(cleaned, "(two lines"));
    g_assert_true(g_utf8_validate(cleaned, -1, NULL));
}

static void
test_ends(void)
{
    static const struct {
        LtWorkerEndKind kind;
        int status;
        const char *detail;
        const char *expected;
    } cases[] = {
        {LT_WORKER_EXITED, 7, NULL, "exit code 7"},
        {LT_WORKER_SIGNALLED, 11, NULL, "Segmentation fault"},
        {LT_WORKER_STALLED, 90, NULL, "90 seconds"},
        {LT_WORKER_LIED, 0, "bad frame", "bad frame"},
        {LT_WORKER_FAILED, LT_OCR_ERROR_SETUP, "no vie", "no vie"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const LtWorkerEnd end = {cases[i].kind, cases[i].status, cases[i].detail, "", TRUE};
        g_autofree char *reason = lt_reason_for_end(&end, 3);

        g_assert_true(g_str_has_prefix(reason, "page 3: "));
        g_assert_nonnull(strstr(reason, cases[i].expected));
    }
}

/* The last words of a worker that does not come up matter most. */
static void
test_start(void)
{
    const LtWorkerEnd end = {LT_WORKER_EXITED, 1, NULL, "no models\nin /x\n", FALSE};
    g_autoptr(GError) error = lt_reason_for_start("/y/worker", &end);

    g_assert_error(error, LT_INGEST_ERROR, LT_INGEST_ERROR_WORKER);
    g_assert_nonnull(strstr(error->message, "'/y/worker'"));
    g_assert_nonnull(strstr(error->message, "no models in /x"));
}

static void
test_paths(void)
{
    g_autofree char *shown = lt_reason_show_path("/a/b\n\033c\xFF.pdf");

    g_assert_null(strpbrk(shown, "\n\033\xFF"));
    g_assert_true(g_str_has_prefix(shown, "/a/b"));
}

int
main(int argc, char **argv)
{
    g_setenv("LC_ALL", "C.UTF-8", TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reasons/every-failure", test_every_failure);
    g_test_add_func("/reasons/strangers-words", test_strangers_words);
    g_test_add_func("/reasons/ends", test_ends);
    g_test_add_func("/reasons/start", test_start);
    g_test_add_func("/reasons/paths", test_paths);
    return g_test_run();
}
