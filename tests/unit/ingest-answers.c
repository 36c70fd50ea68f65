/* Who asks whether a folder answers never waits for it. */
#include "ingest/answers.h"

static void
test_answers(void)
{
    g_autoptr(GMainContext) context = g_main_context_new();
    LtAnswers *answers = lt_answers_new(context, 60);

    /* That nothing is there is an answer, too. */
    for (const char *const *folder = (const char *const[]){"/", "/no/such/folder", NULL}; *folder;
         folder++) {
        LtAnswer answer = lt_answers_ask(answers, *folder);

        g_assert_cmpint(answer, !=, LT_ANSWER_MISSING);
        while ((answer = lt_answers_ask(answers, *folder)) == LT_ANSWER_AWAITED)
            g_main_context_iteration(context, TRUE);
        g_assert_cmpint(answer, ==, LT_ANSWER_CAME);
        g_assert_true(lt_answers_came(answers, *folder) && lt_answers_once(*folder));
    }
    lt_answers_free(answers);
}

/* Who answers more slowly than usual is left out once, and then given more time. */
static void
test_slow(void)
{
    g_autoptr(GMainContext) context = g_main_context_new();
    LtAnswers *answers = lt_answers_new(context, 0);

    g_assert_cmpint(lt_answers_ask(answers, "/"), !=, LT_ANSWER_CAME);
    while (lt_answers_ask(answers, "/") != LT_ANSWER_CAME)
        g_main_context_iteration(context, TRUE);
    lt_answers_free(answers);
}

/* The folder may be asked still when nobody wants to know any more. */
static void
test_forgotten(void)
{
    g_autoptr(GMainContext) context = g_main_context_new();

    for (guint i = 0; i < 100; i++) {
        LtAnswers *answers = lt_answers_new(context, 60);

        lt_answers_ask(answers, "/");
        lt_answers_free(answers);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/answers/come", test_answers);
    g_test_add_func("/answers/slow", test_slow);
    g_test_add_func("/answers/forgotten", test_forgotten);
    return g_test_run();
}
