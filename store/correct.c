/* Corrections: what a person says a field is. The old value, who and when are kept for good. */
#include "store/private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define RULE "corrected"
#define DOUBTED 0.5 /* confidence of what was taken back */

/* One amendment on its way into a document. */
typedef struct {
    LtRecord *record;
    const char *by;
    char *at;
    guint n_old; /* corrections that were there before */
    gboolean other_issuer;
} Amending;

static void
note(Amending *amending, const char *field, const char *old_value, const char *new_value)
{
    const LtCorrection correction = {
        .field = (char *)field,
        .old_value = (char *)old_value,
        .new_value = (char *)new_value,
        .by = (char *)amending->by,
        .at = amending->at,
        .revision = amending->record->revision + 1,
    };

    lt_record_add_correction(amending->record, &correction);
}

/* What stands on the page is kept, for a corrected value is still read from there; a field that is
 * emptied stands nowhere. */
static void
decide(Amending *amending, LtFieldId id, const char *value)
{
    LtField *field = &amending->record->fields[id];
    g_autofree char *old_value = g_strdup(field->value);

    if (value != NULL)
        lt_field_set(field, value, field->as_printed, 1, field->page, &field->box, RULE);
    else
        lt_field_set(field, NULL, NULL, 1, 0, NULL, RULE);
    g_clear_pointer(&field->candidates, g_ptr_array_unref);
    /* The name may be another agency's now, or one that the authority file does not know. */
    if (id == LT_FIELD_ISSUER && g_strcmp0(old_value, value) != 0) {
        g_clear_pointer(&amending->record->issuer_id, g_free);
        amending->other_issuer = TRUE;
    }
    lt_record_drop_doubts(amending->record, lt_field_name(id));
    note(amending, lt_field_name(id), old_value, value);
}

/* When all else is as it will be: the place and what stands above it tell which of a name it is. */
static void
identify_issuer(const Amending *amending, const LtAmendment *amendment)
{
    LtRecord *record = amending->record;

    if (amending->other_issuer && amendment->identify != NULL &&
        record->fields[LT_FIELD_ISSUER].value != NULL)
        record->issuer_id = amendment->identify(record, amendment->user_data);
}

static void
decide_number(Amending *amending, const char *number)
{
    g_autofree char *code = NULL;
    g_autofree char *notation = NULL;

    if (number != NULL)
        lt_value_split_number(number, &code, &notation);
    decide(amending, LT_FIELD_NUMBER, number);
    decide(amending, LT_FIELD_CODE_NUMBER, code);
    decide(amending, LT_FIELD_CODE_NOTATION, notation);
}

static gboolean
fail_part(const LtRecord *record, LtFieldId field, GError **error)
{
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("'%s' is part of the number '%s': give 'number'"), lt_field_name(field),
                record->fields[LT_FIELD_NUMBER].value);
    return FALSE;
}

static gboolean
set_field(Amending *amending, LtFieldId id, const char *typed, GError **error)
{
    gboolean empty = typed[0] == '\0';
    g_autofree char *value = empty ? NULL : lt_value_normalise(id, typed, error);

    if (!empty && value == NULL)
        return FALSE;
    if ((id == LT_FIELD_CODE_NUMBER || id == LT_FIELD_CODE_NOTATION) &&
        amending->record->fields[LT_FIELD_NUMBER].value != NULL)
        return fail_part(amending->record, id, error);
    if (id == LT_FIELD_NUMBER)
        decide_number(amending, value);
    else
        decide(amending, id, value);
    return TRUE;
}

static char *
codes_of_whole(const LtRecord *record)
{
    g_autoptr(GString) codes = g_string_new(NULL);

    for (guint i = 0; i < record->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i);
        if (doubt->field == NULL)
            g_string_append_printf(codes, "%s%s", codes->len > 0 ? " " : "", doubt->code);
    }
    return g_string_free(g_steal_pointer(&codes), FALSE);
}

/* What stands there is right; also that nothing does. */
static void
accept_field(Amending *amending, LtFieldId id)
{
    g_autofree char *value = g_strdup(amending->record->fields[id].value);

    if (id == LT_FIELD_NUMBER && value != NULL)
        decide_number(amending, value);
    else
        decide(amending, id, value);
}

static void
accept_whole(Amending *amending)
{
    g_autofree char *codes = codes_of_whole(amending->record);

    lt_record_drop_doubts(amending->record, NULL);
    note(amending, LT_FIELD_WHOLE, codes, NULL);
}

/* value NULL: the list is right as it is. */
static gboolean
set_list(Amending *amending, const char *name, const char *value, GError **error)
{
    g_autofree char *old_value = lt_list_join(amending->record, name);

    if (value != NULL && !lt_list_set(amending->record, name, value, error))
        return FALSE;
    g_autofree char *new_value = lt_list_join(amending->record, name);
    lt_record_drop_doubts(amending->record, name);
    note(amending, name, old_value[0] != '\0' ? old_value : NULL,
         new_value[0] != '\0' ? new_value : NULL);
    return TRUE;
}

static gboolean
apply(Amending *amending, const LtChange *change, GError **error)
{
    LtFieldId field;

    if (lt_list_is(change->field))
        return set_list(amending, change->field, change->value, error);

    if (change->value == NULL && strcmp(change->field, LT_FIELD_WHOLE) == 0) {
        accept_whole(amending);
        return TRUE;
    }
    if (!lt_field_from_name(change->field, &field)) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("there is no field '%s': take one of the keys of 'show --json'"),
                    change->field);
        return FALSE;
    }
    if (change->value != NULL)
        return set_field(amending, field, change->value, error);
    accept_field(amending, field);
    return TRUE;
}

static gboolean
write_corrections(LtStore *store, const Amending *amending, GError **error)
{
    const LtRecord *record = amending->record;

    for (guint i = amending->n_old; i < record->corrections->len; i++) {
        const LtCorrection *new = g_ptr_array_index(record->corrections, i);
        if (!lt_sql_run(store, error,
                        "INSERT INTO correction (document, revision, field, old_value, new_value,"
                        " who, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        "iisssss", record->id, (gint64) new->revision, new->field, new->old_value,
                        new->new_value, new->by, new->at))
            return FALSE;
        LtFieldId field;
        if (lt_field_from_name(new->field, &field) &&
            !lt_sample_keep(store, record, field, new->by, new->at, error))
            return FALSE;
    }
    return TRUE;
}

/* Inside a transaction. Returns: (transfer full), NULL on error. */
static LtRecord *
amend(LtStore *store, gint64 id, const LtAmendment *amendment, const char *by, GError **error)
{
    g_autoptr(LtRecord) record = NULL;
    g_autofree char *now = lt_time_now();

    if (!lt_revise_check(store, id, amendment->if_revision, error) ||
        (record = lt_store_document(store, id, TRUE, error)) == NULL)
        return NULL;
    Amending amending = {record, by, now, record->corrections->len, FALSE};
    for (guint i = 0; i < amendment->n_changes; i++)
        if (!apply(&amending, &amendment->changes[i], error))
            return NULL;
    identify_issuer(&amending, amendment);
    if (!lt_revise_write(store, record, FALSE, error) ||
        !write_corrections(store, &amending, error))
        return NULL;
    /* Anew: citations that were put right point to other documents now. */
    return lt_store_document(store, id, TRUE, error);
}

gboolean
lt_store_correct(LtStore *store, gint64 id, const LtAmendment *amendment, LtRecord **ret_record,
                 GError **error)
{
    g_autofree char *by = lt_value_line("--by", amendment->by, error);
    g_autoptr(LtTransaction) transaction = by != NULL ? lt_transaction_begin(store, error) : NULL;
    g_autoptr(LtRecord) record =
        transaction != NULL ? amend(store, id, amendment, by, error) : NULL;

    if (record == NULL || !lt_transaction_commit(transaction, error))
        return FALSE;
    if (ret_record != NULL)
        *ret_record = g_steal_pointer(&record);
    return TRUE;
}

/* --- taking back --- */

/* As it was before the correction, and in doubt again: what was doubted then is not kept. */
static gboolean
take_back(Amending *amending, const LtCorrection *correction, GError **error)
{
    LtRecord *record = amending->record;
    const char *old_value = correction->old_value;
    LtFieldId id;

    if (lt_list_is(correction->field))
        return set_list(amending, correction->field, old_value != NULL ? old_value : "", error);
    if (lt_field_from_name(correction->field, &id)) {
        decide(amending, id, old_value);
        record->fields[id].confidence = old_value != NULL ? DOUBTED : 0;
        if (old_value != NULL || id == LT_FIELD_NUMBER || id == LT_FIELD_ISSUED_DATE)
            lt_record_add_doubt(record, correction->field,
                                old_value != NULL ? "low-confidence" : "missing");
        return TRUE;
    }
    g_auto(GStrv) codes = g_strsplit(old_value != NULL ? old_value : "", " ", -1);
    for (guint i = 0; codes[i] != NULL; i++)
        if (codes[i][0] != '\0')
            lt_record_add_doubt(record, NULL, codes[i]);
    note(amending, LT_FIELD_WHOLE, NULL, old_value);
    return TRUE;
}

/* Inside a transaction. Returns: (transfer full), NULL on error. */
static LtRecord *
undo(LtStore *store, gint64 id, const LtAmendment *amendment, const char *by, GError **error)
{
    g_autoptr(LtRecord) record = NULL;
    g_autofree char *now = lt_time_now();
    const LtCorrection *last;

    if (!lt_revise_check(store, id, amendment->if_revision, error) ||
        (record = lt_store_document(store, id, TRUE, error)) == NULL)
        return NULL;
    Amending amending = {record, by, now, record->corrections->len, FALSE};
    if (amending.n_old == 0) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("nothing of document #%" PRId64 " was corrected"), id);
        return NULL;
    }
    last = g_ptr_array_index(record->corrections, amending.n_old - 1);
    for (guint i = amending.n_old; i > 0; i--) {
        const LtCorrection *correction = g_ptr_array_index(record->corrections, i - 1);
        if (correction->revision != last->revision)
            break;
        if (!take_back(&amending, correction, error))
            return NULL;
    }
    identify_issuer(&amending, amendment);
    if (!lt_revise_write(store, record, FALSE, error) ||
        !write_corrections(store, &amending, error))
        return NULL;
    return lt_store_document(store, id, TRUE, error);
}

gboolean
lt_store_undo(LtStore *store, gint64 id, const LtAmendment *amendment, LtRecord **ret_record,
              GError **error)
{
    g_autofree char *who = lt_value_line("--by", amendment->by, error);
    g_autoptr(LtTransaction) transaction = who != NULL ? lt_transaction_begin(store, error) : NULL;
    g_autoptr(LtRecord) record =
        transaction != NULL ? undo(store, id, amendment, who, error) : NULL;

    if (record == NULL || !lt_transaction_commit(transaction, error))
        return FALSE;
    if (ret_record != NULL)
        *ret_record = g_steal_pointer(&record);
    return TRUE;
}

/* --- from another archive --- */

/* Whether the document had this correction before, or a later one of the same field. */
static gboolean
is_overtaken(const Amending *before, const LtCorrection *correction)
{
    for (guint i = 0; i < before->n_old; i++) {
        const LtCorrection *there = g_ptr_array_index(before->record->corrections, i);
        if (strcmp(there->field, correction->field) == 0 && strcmp(there->at, correction->at) >= 0)
            return TRUE;
    }
    return FALSE;
}

/* Parts of a number follow from it. */
static gboolean
follows(const LtRecord *record, const char *field)
{
    return strcmp(field, lt_field_name(LT_FIELD_CODE_NUMBER)) == 0 ||
           (strcmp(field, lt_field_name(LT_FIELD_CODE_NOTATION)) == 0 &&
            record->fields[LT_FIELD_NUMBER].value != NULL);
}

/* What stands there by then may be another value than the one that was corrected elsewhere. */
static gboolean
apply_foreign(LtRecord *record, const LtCorrection *correction, GError **error)
{
    g_autofree char *by = lt_value_line("by", correction->by, error);
    Amending amending = {record, by, correction->at, record->corrections->len, FALSE};
    const char *value = correction->new_value != NULL ? correction->new_value : "";
    const LtChange change = {correction->field,
                             strcmp(correction->field, LT_FIELD_WHOLE) == 0 ? NULL : value};

    return by != NULL && apply(&amending, &change, error);
}

gboolean
lt_correct_take_over(LtStore *store, gint64 id, const GPtrArray *corrections, guint *ret_taken,
                     GError **error)
{
    g_autoptr(LtRecord) record = NULL;

    if (corrections->len == 0)
        return TRUE;
    record = lt_store_document(store, id, TRUE, error);
    if (record == NULL)
        return FALSE;
    Amending amending = {record, NULL, NULL, record->corrections->len, FALSE};
    for (guint i = 0; i < corrections->len; i++) {
        const LtCorrection *correction = g_ptr_array_index(corrections, i);
        if (is_overtaken(&amending, correction) || follows(record, correction->field))
            continue;
        if (!apply_foreign(record, correction, error))
            return FALSE;
        (*ret_taken)++;
    }
    return *ret_taken == 0 || (lt_revise_write(store, record, FALSE, error) &&
                               write_corrections(store, &amending, error));
}
