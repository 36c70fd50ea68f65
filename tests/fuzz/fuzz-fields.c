/* The field readers on any text: pages parted by form feeds. Rules come from the tree. */
#include "ingest/fields/fields.h"
#include "tests/fuzz/fuzz.h"

#define MOST_PAGES 20u
#define MOST_BYTES 20000u

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static LtRules
        *rules; /* loaded once a process: loading would be all that is fuzzed otherwise */

    if (rules == NULL)
        rules = lt_rules_load("ingest/fields", NULL);
    g_assert_nonnull(rules);
    if (length > MOST_BYTES)
        return 0;
    g_autofree char *raw = g_strndup((const char *)bytes, length);
    g_autofree char *text = g_utf8_make_valid(raw, -1);
    g_auto(GStrv) parts = g_strsplit(text, "\f", MOST_PAGES);
    g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func((GDestroyNotify)lt_page_free);
    g_autoptr(LtRecord) record = lt_record_new();

    for (guint i = 0; parts[i] != NULL; i++)
        g_ptr_array_add(pages, lt_page_new_from_text(i + 1, parts[i]));
    lt_fields_read(rules, pages, record);
    g_autofree char *json = lt_record_to_json(record, FALSE);
    g_assert_true(g_utf8_validate(json, -1, NULL));
    return 0;
}
