/* Handwriting that a person put right: kept for the reader to learn an office's hands from. */
#include "store/private.h"

#include <string.h>

#define SWITCH "keep-samples" /* a note: "off" where the office wants none kept */

gboolean
lt_store_keep_samples(LtStore *store, gboolean keep, GError **error)
{
    return lt_sql_run(store, error, "INSERT OR REPLACE INTO note VALUES (?, ?)", "ss", SWITCH,
                      keep ? "on" : "off") &&
           (keep || lt_sql_run(store, error, "DELETE FROM written_sample", ""));
}

/* What a hand wrote at a place, given what the field is; NULL: nothing that a reader can learn. */
static char *
dup_truth(const LtRecord *record, LtWrittenPart part)
{
    const char *number = record->fields[LT_FIELD_CODE_NUMBER].value;
    const char *date = record->fields[LT_FIELD_ISSUED_DATE].value;

    if (part == LT_WRITTEN_NUMBER)
        return number != NULL ? g_ascii_strdown(number, -1) : NULL;
    if (date == NULL || strlen(date) != 10)
        return NULL;
    switch (part) {
    case LT_WRITTEN_DAY:
        return g_strdup(date + 8);
    case LT_WRITTEN_MONTH:
        return g_strndup(date + 5, 2);
    default:
        return g_strndup(date, 4);
    }
}

static gboolean
keep(LtStore *store, const LtRecord *record, guint page, const LtWritten *written, const char *by,
     const char *at, GError **error)
{
    g_autofree char *truth = dup_truth(record, written->part);

    return truth == NULL || written->printed ||
           lt_sql_run(store, error,
                      "INSERT OR REPLACE INTO written_sample VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      "issiddddss", record->id, lt_written_part_name(written->part), truth,
                      (gint64)page, written->box.x0, written->box.y0, written->box.x1,
                      written->box.y1, by, at);
}

gboolean
lt_sample_keep(LtStore *store, const LtRecord *record, LtFieldId field, const char *by,
               const char *at, GError **error)
{
    gint64 off = 0;

    if (field != LT_FIELD_NUMBER && field != LT_FIELD_ISSUED_DATE)
        return TRUE;
    if (!lt_sql_integer(store, &off, error,
                        "SELECT count(*) FROM note WHERE name = ? AND value = 'off'", "s", SWITCH))
        return FALSE;
    for (guint i = 0; off == 0 && i < record->pages->len; i++) {
        const LtPage *page = g_ptr_array_index(record->pages, i);

        for (guint k = 0; page->written != NULL && k < page->written->len; k++) {
            const LtWritten *written = &g_array_index(page->written, LtWritten, k);
            gboolean number = written->part == LT_WRITTEN_NUMBER;

            if (number == (field == LT_FIELD_NUMBER) &&
                record->fields[field].page == page->number &&
                !keep(store, record, page->number, written, by, at, error))
                return FALSE;
        }
    }
    return TRUE;
}
