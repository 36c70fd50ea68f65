/* What people type into the search: no query is ever a syntax error. */
#include <glib/gstdio.h>

#include "store/store.h"
#include "tests/fuzz/fuzz.h"

static LtStore *
open_small_archive(void)
{
    g_autofree char *directory = g_dir_make_tmp("luutru-fuzz-XXXXXX", NULL);
    LtStore *store = lt_store_open(directory, LT_STORE_CREATE, NULL);

    g_assert_nonnull(store);
    for (guint i = 0; i < 3; i++) {
        g_autoptr(LtRecord) record = lt_record_new();
        g_autofree char *path = g_strdup_printf("/scans/%u.pdf", i);
        g_autofree char *number = g_strdup_printf("%u/QĐ-UBND", i + 10);
        g_autoptr(LtLedgerRow) row = lt_store_ledger_see(store, path, 1, i, NULL, NULL);

        record->sha256 = g_strdup_printf("%064u", i);
        record->source = g_strdup(path);
        lt_field_set(&record->fields[LT_FIELD_NUMBER], number, number, 1, 0, NULL, "fuzz");
        g_ptr_array_add(record->pages, lt_page_new_from_text(1, "Quyết định về đất đai\nhòa 10"));
        record->page_count = 1;
        g_assert_true(lt_store_file(store, record, row->id, NULL));
    }
    return store;
}

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static LtStore *store; /* made once a process */

    if (store == NULL)
        store = open_small_archive();
    g_autofree char *query = g_strndup((const char *)bytes, length);
    LtSearch search = {.query = query, .limit = 10, .places = TRUE};
    search.order = length % 3 == 0 ? LT_ORDER_NEWEST : LT_ORDER_RELEVANCE;
    g_autoptr(GError) error = NULL;
    g_autoptr(LtSearchResult) result = lt_store_search(store, &search, &error);

    g_assert_no_error(error);
    g_assert_nonnull(result);
    g_autofree char *json = lt_search_result_to_json(result);
    g_assert_true(g_utf8_validate(json, -1, NULL));
    return 0;
}
