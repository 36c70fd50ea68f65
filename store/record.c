/* A document in memory. */
#include "store/private.h"

#include <string.h>

static const char *const field_names[LT_N_FIELDS] = {
    [LT_FIELD_NUMBER] = "number",
    [LT_FIELD_CODE_NUMBER] = "code_number",
    [LT_FIELD_CODE_NOTATION] = "code_notation",
    [LT_FIELD_ISSUED_DATE] = "issued_date",
    [LT_FIELD_PLACE] = "place",
    [LT_FIELD_ISSUER] = "issuer",
    [LT_FIELD_PARENT_ISSUER] = "parent_issuer",
    [LT_FIELD_TYPE] = "type",
    [LT_FIELD_SUBJECT] = "subject",
    [LT_FIELD_SIGNER] = "signer",
    [LT_FIELD_SIGNER_TITLE] = "signer_title",
    [LT_FIELD_TO] = "to",
    [LT_FIELD_URGENCY] = "urgency",
    [LT_FIELD_SECRECY] = "secrecy",
};

const char *
lt_field_name(LtFieldId field)
{
    g_return_val_if_fail((guint)field < LT_N_FIELDS, NULL);
    return field_names[field];
}

gboolean
lt_field_from_name(const char *name, LtFieldId *ret_field)
{
    for (guint i = 0; i < LT_N_FIELDS; i++)
        if (strcmp(field_names[i], name) == 0) {
            *ret_field = i;
            return TRUE;
        }
    return FALSE;
}

static void
candidate_free(LtCandidate *candidate)
{
    g_free(candidate->value);
    g_free(candidate);
}

static void
field_clear(LtField *field)
{
    g_clear_pointer(&field->value, g_free);
    g_clear_pointer(&field->as_printed, g_free);
    g_clear_pointer(&field->rule, g_free);
    g_clear_pointer(&field->candidates, g_ptr_array_unref);
}

void
lt_field_set(LtField *field, const char *value, const char *as_printed, double confidence,
             guint page, const LtBox *box, const char *rule)
{
    /* The arguments may be the field's own strings. */
    char *new_value = g_strdup(value);
    char *new_printed = g_strdup(as_printed);
    char *new_rule = g_strdup(rule);

    g_free(field->value);
    g_free(field->as_printed);
    g_free(field->rule);
    field->value = new_value;
    field->as_printed = new_printed;
    field->rule = new_rule;
    field->confidence = CLAMP(confidence, 0.0, 1.0);
    field->page = page;
    field->box = box != NULL ? *box : (LtBox){0};
}

void
lt_field_add_candidate(LtField *field, const char *value, double confidence)
{
    LtCandidate *candidate = g_new0(LtCandidate, 1);

    candidate->value = g_strdup(value);
    candidate->confidence = CLAMP(confidence, 0.0, 1.0);
    if (field->candidates == NULL)
        field->candidates = g_ptr_array_new_with_free_func((GDestroyNotify)candidate_free);
    g_ptr_array_add(field->candidates, candidate);
}

static void
reference_free(LtReference *reference)
{
    g_free(reference->number);
    g_free(reference->date);
    g_free(reference->relation);
    g_free(reference);
}

static void
doubt_free(LtDoubt *doubt)
{
    g_free(doubt->field);
    g_free(doubt->code);
    g_free(doubt);
}

LtRecord *
lt_record_new(void)
{
    LtRecord *record = g_new0(LtRecord, 1);

    record->recipients = g_ptr_array_new_with_free_func(g_free);
    record->references = g_ptr_array_new_with_free_func((GDestroyNotify)reference_free);
    record->doubts = g_ptr_array_new_with_free_func((GDestroyNotify)doubt_free);
    record->duplicates = g_ptr_array_new_with_free_func(g_free);
    record->pages = g_ptr_array_new_with_free_func((GDestroyNotify)lt_page_free);
    return record;
}

void
lt_record_free(LtRecord *record)
{
    if (record == NULL)
        return;
    g_free(record->sha256);
    g_free(record->source);
    g_free(record->status);
    g_free(record->format);
    g_free(record->filed_at);
    g_free(record->issuer_id);
    for (guint i = 0; i < LT_N_FIELDS; i++)
        field_clear(&record->fields[i]);
    g_ptr_array_unref(record->recipients);
    g_ptr_array_unref(record->references);
    g_ptr_array_unref(record->doubts);
    g_ptr_array_unref(record->duplicates);
    g_ptr_array_unref(record->pages);
    g_free(record);
}

void
lt_record_add_reference(LtRecord *record, const char *number, const char *date,
                        const char *relation, guint page, const LtBox *box)
{
    LtReference *reference = g_new0(LtReference, 1);

    reference->number = g_strdup(number);
    reference->date = g_strdup(date);
    reference->relation = g_strdup(relation);
    reference->page = page;
    if (box != NULL)
        reference->box = *box;
    g_ptr_array_add(record->references, reference);
}

void
lt_record_add_doubt(LtRecord *record, const char *field, const char *code)
{
    for (guint i = 0; i < record->doubts->len; i++) {
        const LtDoubt *there = g_ptr_array_index(record->doubts, i);
        if (g_strcmp0(there->field, field) == 0 && strcmp(there->code, code) == 0)
            return;
    }

    LtDoubt *doubt = g_new0(LtDoubt, 1);
    doubt->field = g_strdup(field);
    doubt->code = g_strdup(code);
    g_ptr_array_add(record->doubts, doubt);
}

char *
lt_time_now(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();

    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
}
