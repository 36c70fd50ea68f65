/* Recipients and references as one line of text, for whoever puts them right: items parted by semicolons, a
 * reference as "20/CV-BCĐ, 2023-09-05, thực hiện", where day and relation may be left out. */
#include "store/private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ITEMS 500u

static const char *const relations[] = {"căn cứ",   "thực hiện", "sửa đổi", "thay thế", "bãi bỏ",
                                        "kèm theo", "trả lời",   "theo",    NULL};

gboolean
lt_list_is(const char *name)
{
    return strcmp(name, LT_LIST_RECIPIENTS) == 0 || strcmp(name, LT_LIST_REFERENCES) == 0;
}

static void
append_item(GString *text, const char *item)
{
    g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", item);
}

char *
lt_list_join(const LtRecord *record, const char *name)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (strcmp(name, LT_LIST_RECIPIENTS) == 0) {
        for (guint i = 0; i < record->recipients->len; i++) {
            g_autofree char *item = g_strdup(g_ptr_array_index(record->recipients, i));
            gsize length = strlen(item);
            if (length > 0 && item[length - 1] == ';')
                item[length - 1] = '\0';
            append_item(text, item);
        }
        return g_string_free(g_steal_pointer(&text), FALSE);
    }
    for (guint i = 0; i < record->references->len; i++) {
        const LtReference *reference = g_ptr_array_index(record->references, i);
        g_autofree char *item = g_strdup_printf(
            "%s%s%s%s%s", reference->number, reference->date != NULL ? ", " : "",
            reference->date != NULL ? reference->date : "", reference->relation != NULL ? ", " : "",
            reference->relation != NULL ? reference->relation : "");
        append_item(text, item);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* What stands there already of the same number, NULL for none. */
static const LtReference *
find_reference(GPtrArray *references, const char *number)
{
    g_autofree char *key = lt_text_number_key(number);

    for (guint i = 0; i < references->len; i++) {
        const LtReference *known = g_ptr_array_index(references, i);
        g_autofree char *other = lt_text_number_key(known->number);
        if (strcmp(key, other) == 0)
            return known;
    }
    return NULL;
}

/* A day or a relation. */
static gboolean
take_detail(const char *detail, char **date, const char **relation, GError **error)
{
    if (g_strv_contains(relations, detail)) {
        *relation = relations[0];
        for (guint i = 0; relations[i] != NULL; i++)
            if (strcmp(relations[i], detail) == 0)
                *relation = relations[i];
        return TRUE;
    }
    if (g_ascii_isdigit(detail[0])) {
        g_free(*date);
        *date = lt_value_normalise(LT_FIELD_ISSUED_DATE, detail, error);
        return *date != NULL;
    }
    g_set_error(
        error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
        _("'%s' is neither a day nor a relation: one is 'thực hiện', 'căn cứ', 'thay thế' …"),
        detail);
    return FALSE;
}

/* Where it was read, and what else is known of it, stays. */
static gboolean
add_reference(LtRecord *record, GPtrArray *before, char *item, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(item, ",", 4);
    g_autofree char *number =
        lt_value_normalise(LT_FIELD_NUMBER, parts[0] != NULL ? parts[0] : "", error);
    const LtReference *known = number != NULL ? find_reference(before, number) : NULL;
    g_autofree char *date = known != NULL ? g_strdup(known->date) : NULL;
    const char *relation = known != NULL ? known->relation : NULL;
    const LtBox nowhere = {0, 0, 0, 0};

    if (number == NULL)
        return FALSE;
    for (guint i = 1; parts[i] != NULL; i++)
        if (!take_detail(g_strstrip(parts[i]), &date, &relation, error))
            return FALSE;
    LtReference *reference =
        lt_record_add_reference(record, number, date, relation, known != NULL ? known->page : 0,
                                known != NULL ? &known->box : &nowhere);
    reference->type = known != NULL ? g_strdup(known->type) : NULL;
    reference->issuer = known != NULL ? g_strdup(known->issuer) : NULL;
    return TRUE;
}

static gboolean
fail_many(const char *name, GError **error)
{
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID, _("'%s' takes at most %u items"),
                name, MAX_ITEMS);
    return FALSE;
}

static gboolean
set_items(LtRecord *record, const char *name, char **items, GPtrArray *before, GError **error)
{
    for (guint i = 0; items[i] != NULL; i++) {
        char *item = g_strstrip(items[i]);
        if (item[0] == '\0')
            continue;
        if (before == NULL)
            g_ptr_array_add(record->recipients, g_strdup(item));
        else if (!add_reference(record, before, item, error))
            return FALSE;
        if (MAX(record->recipients->len, record->references->len) > MAX_ITEMS)
            return fail_many(name, error);
    }
    return TRUE;
}

gboolean
lt_list_set(LtRecord *record, const char *name, const char *typed, GError **error)
{
    g_autofree char *line = typed[0] != '\0' ? lt_value_line(name, typed, error) : g_strdup("");
    g_auto(GStrv) items = line != NULL ? g_strsplit(line, ";", 0) : NULL;
    g_autoptr(LtRecord) fresh = lt_record_new();
    gboolean recipients = strcmp(name, LT_LIST_RECIPIENTS) == 0;

    if (items == NULL ||
        !set_items(fresh, name, items, recipients ? NULL : record->references, error))
        return FALSE;
    GPtrArray **old = recipients ? &record->recipients : &record->references;
    GPtrArray **new = recipients ? &fresh->recipients : &fresh->references;
    GPtrArray *swapped = *old;
    *old = *new;
    *new = swapped;
    return TRUE;
}

void
lt_list_copy(LtRecord *record, const LtRecord *from, const char *name)
{
    if (strcmp(name, LT_LIST_RECIPIENTS) == 0) {
        g_ptr_array_set_size(record->recipients, 0);
        for (guint i = 0; i < from->recipients->len; i++)
            g_ptr_array_add(record->recipients, g_strdup(g_ptr_array_index(from->recipients, i)));
        return;
    }
    g_ptr_array_set_size(record->references, 0);
    for (guint i = 0; i < from->references->len; i++) {
        const LtReference *old = g_ptr_array_index(from->references, i);
        LtReference *reference = lt_record_add_reference(record, old->number, old->date,
                                                         old->relation, old->page, &old->box);
        reference->type = g_strdup(old->type);
        reference->issuer = g_strdup(old->issuer);
    }
}
