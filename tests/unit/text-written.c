/* What a hand wrote, on its way as text: what goes in comes out, and nothing else is taken. */
#include "text/text.h"

static void
test_there_and_back(void)
{
    LtWritten number = {.part = LT_WRITTEN_NUMBER, .box = {0.125, 0.25, 0.5, 0.375}};
    LtWritten day = {.part = LT_WRITTEN_DAY, .printed = TRUE, .box = {0.5, 0.25, 0.75, 0.375}};
    g_autoptr(GArray) written = g_array_new(FALSE, FALSE, sizeof(LtWritten));
    g_autoptr(GArray) again = NULL;

    g_assert_true(lt_written_add(&number, "123a", 0.75));
    g_assert_true(lt_written_add(&number, "", 0.125));
    g_array_append_val(written, number);
    g_array_append_val(written, day);
    g_autofree char *text = lt_written_to_text(written);
    g_assert_cmpstr(text, ==,
                    "number ink 0.1250 0.2500 0.5000 0.3750 123a=0.7500 -=0.1250\n"
                    "day print 0.5000 0.2500 0.7500 0.3750\n");
    g_assert_true(lt_written_from_text(text, &again));
    g_assert_cmpuint(again->len, ==, 2);
    const LtWritten *first = &g_array_index(again, LtWritten, 0);
    g_assert_cmpfloat(lt_written_probability(first, "123a"), ==, 0.75);
    g_assert_cmpfloat(lt_written_probability(first, ""), ==, 0.125);
    g_assert_cmpfloat(lt_written_probability(first, "123"), ==, 0);
    g_assert_false(first->printed);
    g_assert_true(g_array_index(again, LtWritten, 1).printed);
    g_autofree char *same = lt_written_to_text(again);
    g_assert_cmpstr(same, ==, text);
}

static void
test_none(void)
{
    g_autofree char *text = lt_written_to_text(NULL);
    GArray *written = NULL;

    g_assert_cmpstr(text, ==, "");
    g_assert_true(lt_written_from_text("", &written));
    g_assert_null(written);
}

static void
test_add_checks(void)
{
    LtWritten written = {0};

    g_assert_false(lt_written_add(&written, "12 3", 0.5));
    g_assert_false(lt_written_add(&written, "12A", 0.5));
    g_assert_false(lt_written_add(&written, "1234567890123", 0.5));
    g_assert_false(lt_written_add(&written, "12", 1.5));
    for (guint i = 0; i < LT_WRITTEN_MAX_READINGS; i++)
        g_assert_true(lt_written_add(&written, "12", 0.01));
    g_assert_false(lt_written_add(&written, "12", 0.01));
}

static void
test_garbage(void)
{
    static const char *const texts[] = {
        "number ink 0.1 0.1 0.2 0.2",                                    /* not ended */
        "number ink 0.1 0.1 0.2 0.2\n\n",                                /* an empty line */
        "place ink 0.1 0.1 0.2 0.2\n",                                   /* no such part */
        "number pen 0.1 0.1 0.2 0.2\n",                                  /* neither ink nor print */
        "number ink 0.3 0.1 0.2 0.2\n",                                  /* box turned round */
        "number ink 0.1 0.1 0.2 1.2\n",                                  /* off the page */
        "number ink 0.1 0.1 0.2\n",                                      /* too short */
        "number ink 0.1 0.1 0.2 nan\n",                                  /* no number */
        "number ink 0.1 0.1 0.2 0.2 12\n",                               /* no probability */
        "number ink 0.1 0.1 0.2 0.2 =0.5\n",                             /* no reading */
        "number ink 0.1 0.1 0.2 0.2 12=0.5x\n",                          /* something behind it */
        "number ink 0.1 0.1 0.2 0.2 12=0.9 13=0.9\n",                    /* more than certain */
        "day ink 0.1 0.1 0.2 0.2\nday ink 0.1 0.1 0.2 0.2\n",            /* twice */
        "number ink 0.1 0.1 0.2 0.2 12=0.5  13=0.1\n",                   /* two blanks */
        "number ink 0.1 0.1 0.2 0.2 \xC4\x91=0.5\n",                     /* a foreign letter */
        "number ink 0.1 0.1 0.2 0.2 1=0 2=0 3=0 4=0 5=0 6=0 7=0 8=0 9=0" /* too many */
        " 10=0 11=0 12=0 13=0 14=0 15=0 16=0 17=0\n",
    };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        GArray *written = NULL;

        g_test_message("%s", texts[i]);
        g_assert_false(lt_written_from_text(texts[i], &written));
        g_assert_null(written);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/written/there-and-back", test_there_and_back);
    g_test_add_func("/text/written/none", test_none);
    g_test_add_func("/text/written/add-checks", test_add_checks);
    g_test_add_func("/text/written/garbage", test_garbage);
    return g_test_run();
}
