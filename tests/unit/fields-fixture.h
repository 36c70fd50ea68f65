/* What the tests of the field readers share: rules loaded once, dispatches read from text or words.
 */
#pragma once

#include <glib/gstdio.h>
#include <string.h>

#include "ingest/fields/fields.h"

#define RULES_DIRECTORY "ingest/fields"

static inline LtRules *
load_rules(void)
{
    g_autoptr(GError) error = NULL;
    LtRules *rules = lt_rules_load(RULES_DIRECTORY, &error);
    g_assert_no_error(error);
    return rules;
}

static inline LtRecord *
read_page(LtPage *page)
{
    g_autoptr(LtRules) rules = load_rules();
    g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func((GDestroyNotify)lt_page_free);
    g_ptr_array_add(pages, page);
    LtRecord *record = lt_record_new();
    lt_fields_read(rules, pages, record);
    return record;
}

static inline LtRecord *
read_text(const char *text)
{
    return read_page(lt_page_new_from_text(1, text));
}

static inline const char *
value_of(const LtRecord *record, LtFieldId field)
{
    return record->fields[field].value;
}

static inline gboolean
is_doubted(const LtRecord *record, LtFieldId field, const char *code)
{
    for (guint i = 0; i < record->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i);
        if (g_strcmp0(doubt->field, lt_field_name(field)) == 0 && g_str_equal(doubt->code, code))
            return TRUE;
    }
    return FALSE;
}
