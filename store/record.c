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
    [LT_FIELD_SIGNER_AUTHORITY] = "signer_authority",
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
    g_free(candidate->because);
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

void
lt_candidate_note(LtCandidate *candidate, const char *witness, double factor)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    char *before = candidate->because;

    g_ascii_formatd(number, sizeof number, "%.4g", factor);
    candidate->because = g_strdup_printf("%s%s%s:%s", before != NULL ? before : "",
                                         before != NULL ? " " : "", witness, number);
    g_free(before);
}

static void
reference_free(LtReference *reference)
{
    g_free(reference->number);
    g_free(reference->date);
    g_free(reference->relation);
    g_free(reference->type);
    g_free(reference->issuer);
    g_free(reference);
}

static void
stamp_free(LtStamp *stamp)
{
    g_free(stamp->type);
    g_free(stamp->number);
    g_free(stamp->date);
    g_free(stamp->agency);
    g_free(stamp->person);
    g_free(stamp);
}

static void
doubt_free(LtDoubt *doubt)
{
    g_free(doubt->field);
    g_free(doubt->code);
    g_free(doubt);
}

void
lt_correction_free(LtCorrection *correction)
{
    if (correction == NULL)
        return;
    g_free(correction->field);
    g_free(correction->old_value);
    g_free(correction->new_value);
    g_free(correction->by);
    g_free(correction->at);
    g_free(correction);
}

static void
successor_free(LtSuccessor *successor)
{
    g_free(successor->number);
    g_free(successor->date);
    g_free(successor->relation);
    g_free(successor);
}

static void
membership_free(LtMembership *membership)
{
    g_free(membership->code);
    g_free(membership->title);
    g_free(membership);
}

LtRecord *
lt_record_new(void)
{
    LtRecord *record = g_new0(LtRecord, 1);

    record->recipients = g_ptr_array_new_with_free_func(g_free);
    record->references = g_ptr_array_new_with_free_func((GDestroyNotify)reference_free);
    record->stamps = g_ptr_array_new_with_free_func((GDestroyNotify)stamp_free);
    record->doubts = g_ptr_array_new_with_free_func((GDestroyNotify)doubt_free);
    record->duplicates = g_ptr_array_new_with_free_func(g_free);
    record->corrections = g_ptr_array_new_with_free_func((GDestroyNotify)lt_correction_free);
    record->successors = g_ptr_array_new_with_free_func((GDestroyNotify)successor_free);
    record->dossiers = g_ptr_array_new_with_free_func((GDestroyNotify)membership_free);
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
    g_ptr_array_unref(record->stamps);
    g_ptr_array_unref(record->doubts);
    g_ptr_array_unref(record->duplicates);
    g_ptr_array_unref(record->corrections);
    g_ptr_array_unref(record->successors);
    g_ptr_array_unref(record->dossiers);
    g_ptr_array_unref(record->pages);
    g_free(record);
}

LtReference *
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
    return reference;
}

static const char *const stamp_kinds[LT_STAMP_N_KINDS] = {
    [LT_STAMP_ARRIVAL] = "arrival",
    [LT_STAMP_COPY] = "copy",
    [LT_STAMP_SIGNATURE] = "signature",
};

const char *
lt_stamp_kind_name(LtStampKind kind)
{
    g_return_val_if_fail((guint)kind < LT_STAMP_N_KINDS, NULL);
    return stamp_kinds[kind];
}

gboolean
lt_stamp_kind_from_name(const char *name, LtStampKind *ret_kind)
{
    for (guint i = 0; i < LT_STAMP_N_KINDS; i++)
        if (g_strcmp0(stamp_kinds[i], name) == 0) {
            *ret_kind = i;
            return TRUE;
        }
    return FALSE;
}

LtStamp *
lt_record_add_stamp(LtRecord *record, LtStampKind kind, guint page, const LtBox *box)
{
    LtStamp *stamp = g_new0(LtStamp, 1);

    stamp->kind = kind;
    stamp->page = page;
    if (box != NULL)
        stamp->box = *box;
    g_ptr_array_add(record->stamps, stamp);
    return stamp;
}

const LtStamp *
lt_record_stamp(const LtRecord *record, LtStampKind kind)
{
    for (guint i = 0; i < record->stamps->len; i++) {
        const LtStamp *stamp = g_ptr_array_index(record->stamps, i);
        if (stamp->kind == kind)
            return stamp;
    }
    return NULL;
}

guint
lt_record_number_year(const LtRecord *record)
{
    const char *notation = record->fields[LT_FIELD_CODE_NOTATION].value;
    gboolean year = notation != NULL && strspn(notation, "0123456789") == 4 && notation[4] == '/';

    return year ? (guint)g_ascii_strtoull(notation, NULL, 10) : 0;
}

gboolean
lt_record_is_doubted(const LtRecord *record, LtFieldId field)
{
    for (guint i = 0; i < record->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i);
        if (g_strcmp0(doubt->field, lt_field_name(field)) == 0)
            return TRUE;
    }
    return FALSE;
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

void
lt_record_drop_doubts(LtRecord *record, const char *field)
{
    for (guint i = record->doubts->len; i > 0; i--) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i - 1);
        if (g_strcmp0(doubt->field, field) == 0)
            g_ptr_array_remove_index(record->doubts, i - 1);
    }
}

void
lt_record_add_correction(LtRecord *record, const LtCorrection *correction)
{
    LtCorrection *copy = g_new0(LtCorrection, 1);

    copy->field = g_strdup(correction->field);
    copy->old_value = g_strdup(correction->old_value);
    copy->new_value = g_strdup(correction->new_value);
    copy->by = g_strdup(correction->by);
    copy->at = g_strdup(correction->at);
    copy->revision = correction->revision;
    g_ptr_array_add(record->corrections, copy);
}

/* The strongest stands first, and each document once; of equals the one that was found first. */
void
lt_record_add_successor(LtRecord *record, const LtSuccessor *successor)
{
    LtValidity validity = lt_relation_validity(successor->relation);
    guint at = 0;

    for (guint i = 0; i < record->successors->len; i++) {
        const LtSuccessor *there = g_ptr_array_index(record->successors, i);
        if (there->document != successor->document)
            continue;
        if (lt_relation_validity(there->relation) >= validity)
            return;
        g_ptr_array_remove_index(record->successors, i);
        break;
    }

    LtSuccessor *copy = g_new0(LtSuccessor, 1);
    *copy = (LtSuccessor){successor->document, g_strdup(successor->number),
                          g_strdup(successor->date), g_strdup(successor->relation)};
    while (at < record->successors->len) {
        const LtSuccessor *there = g_ptr_array_index(record->successors, at);
        if (lt_relation_validity(there->relation) < validity)
            break;
        at++;
    }
    g_ptr_array_insert(record->successors, (gint)at, copy);
}

void
lt_record_add_membership(LtRecord *record, const LtMembership *membership)
{
    LtMembership *copy = g_new0(LtMembership, 1);

    *copy = (LtMembership){membership->dossier, g_strdup(membership->code), membership->year,
                           g_strdup(membership->title), membership->ordinal};
    g_ptr_array_add(record->dossiers, copy);
}

LtValidity
lt_relation_validity(const char *relation)
{
    static const struct {
        const char *relation;
        LtValidity validity;
    } endings[] = {{"thay thế", LT_REPLACED}, {"bãi bỏ", LT_REPEALED}, {"sửa đổi", LT_AMENDED}};

    for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_strcmp0(endings[i].relation, relation) == 0)
            return endings[i].validity;
    return LT_IN_FORCE;
}

LtValidity
lt_record_validity(const LtRecord *record)
{
    const LtSuccessor *first =
        record->successors->len > 0 ? g_ptr_array_index(record->successors, 0) : NULL;

    return first != NULL ? lt_relation_validity(first->relation) : LT_IN_FORCE;
}

const char *
lt_validity_name(LtValidity validity)
{
    static const char *const names[] = {
        [LT_AMENDED] = "amended", [LT_REPEALED] = "repealed", [LT_REPLACED] = "replaced"};

    return names[validity];
}

void
lt_record_forget(LtRecord *record)
{
    for (guint i = 0; i < LT_N_FIELDS; i++) {
        field_clear(&record->fields[i]);
        record->fields[i] = (LtField){0};
    }
    g_clear_pointer(&record->issuer_id, g_free);
    g_ptr_array_set_size(record->recipients, 0);
    g_ptr_array_set_size(record->references, 0);
    g_ptr_array_set_size(record->stamps, 0);
    g_ptr_array_set_size(record->doubts, 0);
}

static void
copy_field(LtField *to, const LtField *from)
{
    lt_field_set(to, from->value, from->as_printed, from->confidence, from->page, &from->box,
                 from->rule);
    g_clear_pointer(&to->candidates, g_ptr_array_unref);
    for (guint i = 0; from->candidates != NULL && i < from->candidates->len; i++) {
        const LtCandidate *candidate = g_ptr_array_index(from->candidates, i);
        lt_field_add_candidate(to, candidate->value, candidate->confidence);
        LtCandidate *copy = g_ptr_array_index(to->candidates, i);
        copy->because = g_strdup(candidate->because);
    }
}

/* Doubts about the whole that were answered do not come back; new ones stand. */
static void
drop_answered(LtRecord *record, const char *codes)
{
    g_auto(GStrv) answered = g_strsplit(codes, " ", 0);

    for (guint i = record->doubts->len; i > 0; i--) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i - 1);
        if (doubt->field == NULL && g_strv_contains((const char *const *)answered, doubt->code))
            g_ptr_array_remove_index(record->doubts, i - 1);
    }
}

/* An answer that was taken back is none: what is in doubt since stays so. field NULL: of the whole, those codes. */
static void
keep_doubts(LtRecord *record, const LtRecord *before, const char *field, const char *codes)
{
    g_auto(GStrv) answered = g_strsplit(codes, " ", 0);

    for (guint i = 0; i < before->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(before->doubts, i);
        if (g_strcmp0(doubt->field, field) == 0 &&
            (field != NULL || g_strv_contains((const char *const *)answered, doubt->code)))
            lt_record_add_doubt(record, field, doubt->code);
    }
}

void
lt_record_keep_corrections(LtRecord *record, const LtRecord *before)
{
    g_ptr_array_set_size(record->corrections, 0);
    for (guint i = 0; i < before->corrections->len; i++) {
        const LtCorrection *correction = g_ptr_array_index(before->corrections, i);
        gboolean whole = strcmp(correction->field, LT_FIELD_WHOLE) == 0;
        const char *codes = whole && correction->old_value != NULL ? correction->old_value : "";
        LtFieldId field;

        lt_record_add_correction(record, correction);
        if (whole)
            drop_answered(record, codes);
        else
            lt_record_drop_doubts(record, correction->field);
        keep_doubts(record, before, whole ? NULL : correction->field, codes);
        if (lt_list_is(correction->field))
            lt_list_copy(record, before, correction->field);
        if (!lt_field_from_name(correction->field, &field))
            continue;
        copy_field(&record->fields[field], &before->fields[field]);
        if (field == LT_FIELD_ISSUER) {
            g_free(record->issuer_id);
            record->issuer_id = g_strdup(before->issuer_id);
        }
    }
}

char *
lt_time_now(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();

    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
}
