/* Candidates of a field that several witnesses speak about: the ink itself, recognition, the rest of the
 * document, the file's name, the numbers before and after. Each multiplies what a candidate has by how
 * much likelier it would say so of the right one; what each did stays with the candidate, apart. */
#include <math.h>
#include <string.h>

#include "ingest/fields/reading.h"

#define DISPUTED 0.85 /* what a number is worth at most that title or issuer speak against */
#define SPOKE 0.02    /* a witness whose factor is nearer to 1 said nothing */
#define KEPT 0.001    /* what a candidate must be worth to be kept */
#define MOST 8u       /* candidates that are kept */

static const LtCandidate *
best_of(const LtField *field)
{
    return field->candidates && field->candidates->len ? g_ptr_array_index(field->candidates, 0)
                                                       : NULL;
}

static int
compare_candidates(gconstpointer a, gconstpointer b)
{
    const LtCandidate *x = *(LtCandidate *const *)a, *y = *(LtCandidate *const *)b;
    return (x->confidence < y->confidence) - (x->confidence > y->confidence);
}

/* What is left to 1 is for values that nobody thought of. */
static void
level(LtField *field, double total)
{
    for (guint i = 0; i < field->candidates->len; i++)
        ((LtCandidate *)g_ptr_array_index(field->candidates, i))->confidence /= total;
    g_ptr_array_sort(field->candidates, compare_candidates);
    for (guint i = field->candidates->len; i > 0; i--)
        if (i > MOST ||
            ((LtCandidate *)g_ptr_array_index(field->candidates, i - 1))->confidence < KEPT)
            g_ptr_array_remove_index(field->candidates, i - 1);
}

void
lt_candidates_hear(LtField *field, const char *witness, LtWitness ask, gpointer user_data)
{
    double rest = 1, total;
    if (!best_of(field))
        return;
    for (guint i = 0; i < field->candidates->len; i++)
        rest -= ((LtCandidate *)g_ptr_array_index(field->candidates, i))->confidence;
    total = MAX(rest, 0);
    for (guint i = 0; i < field->candidates->len; i++) {
        LtCandidate *candidate = g_ptr_array_index(field->candidates, i);
        double factor = ask(candidate->value, user_data);
        candidate->confidence *= factor;
        total += candidate->confidence;
        if (fabs(factor - 1) > SPOKE)
            lt_candidate_note(candidate, witness, factor);
    }
    if (total > 0)
        level(field, total);
}

gboolean
lt_candidates_are_written(const LtField *field)
{
    const LtCandidate *best = best_of(field);
    return best && best->because && g_str_has_prefix(best->because, LT_WITNESS_INK ":");
}

static void
set_part(LtRecord *record, LtFieldId id, const LtField *whole, const char *value)
{
    lt_field_set(&record->fields[id], value, value, whole->confidence, whole->page, &whole->box,
                 whole->rule);
}

/* The printed title or issuer contradicts the notation: the ink may be read right, and yet this number be
 * another document's. */
static gboolean
is_disputed(const LtRecord *record)
{
    for (guint i = 0; i < record->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i);
        if (g_str_equal(doubt->code, "mismatch") &&
            (g_strcmp0(doubt->field, lt_field_name(LT_FIELD_TYPE)) == 0 ||
             g_strcmp0(doubt->field, lt_field_name(LT_FIELD_ISSUER)) == 0))
            return TRUE;
    }
    return FALSE;
}

static void
take(LtRecord *record, LtFieldId id, const LtCandidate *best)
{
    LtField *field = &record->fields[id];
    lt_record_drop_doubts(record, lt_field_name(id));
    g_free(field->value);
    field->value = g_strdup(best->value);
    field->confidence = best->confidence;
    if (id != LT_FIELD_NUMBER)
        return;
    g_autofree char *digits = g_strndup(best->value, strcspn(best->value, "/-"));
    if (is_disputed(record))
        field->confidence = MIN(field->confidence, DISPUTED);
    set_part(record, LT_FIELD_CODE_NUMBER, field, digits);
    /* The whole is no surer than the notation that goes with the digits. */
    field->confidence = MIN(field->confidence, record->fields[LT_FIELD_CODE_NOTATION].confidence);
}

static void
withhold(LtRecord *record, LtFieldId id)
{
    LtField *field = &record->fields[id];
    g_clear_pointer(&field->value, g_free);
    field->confidence = 0;
    if (id == LT_FIELD_NUMBER)
        lt_field_set(&record->fields[LT_FIELD_CODE_NUMBER], NULL, NULL, 0, 0, NULL, NULL);
    lt_record_drop_doubts(record, lt_field_name(id));
    lt_record_add_doubt(record, lt_field_name(id), "unreadable");
}

void
lt_candidates_decide(LtRecord *record, LtFieldId id)
{
    const LtCandidate *best = best_of(&record->fields[id]);
    if (best && best->confidence >= LT_INK_SURE &&
        (id != LT_FIELD_NUMBER || record->fields[LT_FIELD_CODE_NOTATION].confidence >= LT_DOUBTFUL))
        take(record, id, best);
    else
        withhold(record, id);
}
