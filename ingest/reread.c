/* The fields of filed documents read again, without recognising their pages again. */
#include "ingest/reread.h"

#include <string.h>

#define OUT_OF_ORDER 0.8 /* left of the confidence of a number and a day that do not go together */
#define LIKELY 0.7       /* confidence of a day that its neighbours may confirm */
#define MAX_TRIES 5u     /* of a document that others change at the same time */

typedef struct {
    LtStore *store;
    const LtRules *rules;
    gboolean dry_run;
    LtRereadReport report;
    gpointer user_data;
} Rereading;

/* Doubts that come from the file and not from its text: reading the text again does not answer
 * them. */
static void
keep_file_doubts(LtRecord *after, const LtRecord *before)
{
    for (guint i = 0; i < before->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(before->doubts, i);

        if (!doubt->field &&
            (g_str_has_prefix(doubt->code, "damaged") ||
             g_str_has_prefix(doubt->code, "too-large") || g_str_has_prefix(doubt->code, "unread")))
            lt_record_add_doubt(after, NULL, doubt->code);
    }
}

/* A mark that only the present rules see: the document is filed already, and a person must decide. */
static gboolean
doubt_secrecy(LtStore *store, LtRecord *after, GError **error)
{
    gboolean released = FALSE;

    if (!after->fields[LT_FIELD_SECRECY].value)
        return TRUE;
    if (!lt_store_is_released(store, after->sha256, &released, error))
        return FALSE;
    if (!released)
        lt_record_add_doubt(after, lt_field_name(LT_FIELD_SECRECY), "secret");
    return TRUE;
}

/* Numbers run with the days: what the documents with the next numbers say of this one's day. */
static gboolean
count_order(LtStore *store, LtRecord *after, GError **error)
{
    LtField *date = &after->fields[LT_FIELD_ISSUED_DATE];
    LtField *number = &after->fields[LT_FIELD_NUMBER];
    LtNumberOrder order;

    if (!number->value || !date->value)
        return TRUE;
    if (!lt_store_number_order(store, after, &order, error))
        return FALSE;
    if (order == LT_NUMBER_OUT_OF_ORDER) {
        date->confidence *= OUT_OF_ORDER;
        number->confidence *= OUT_OF_ORDER;
        lt_record_add_doubt(after, lt_field_name(LT_FIELD_ISSUED_DATE), "mismatch");
    } else if (order == LT_NUMBER_IN_ORDER && date->confidence >= LIKELY) {
        /* Half of what was left to doubt. */
        date->confidence = (1 + date->confidence) / 2;
    }
    return TRUE;
}

/* What the store knows and the pages do not say is no difference. */
static char *
dup_comparable(LtRecord *record)
{
    for (guint i = 0; i < record->references->len; i++)
        ((LtReference *)g_ptr_array_index(record->references, i))->document = 0;
    g_ptr_array_set_size(record->duplicates, 0);
    return lt_record_to_json(record, FALSE);
}

gboolean
lt_reread_settle(LtStore *store, LtRecord *after, const LtRecord *before, GError **error)
{
    if (!doubt_secrecy(store, after, error) || !lt_order_settle(store, after, error) ||
        !count_order(store, after, error))
        return FALSE;
    lt_record_keep_corrections(after, before);
    return TRUE;
}

/* (transfer full) *ret_changed: whether the fields are others than those of before. NULL on error. */
static LtRecord *
read_again(const Rereading *rereading, LtRecord *before, gboolean *ret_changed, GError **error)
{
    g_autoptr(LtRecord) after = lt_store_document(rereading->store, before->id, TRUE, error);
    g_autofree char *old = NULL;
    g_autofree char *new = NULL;

    if (!after)
        return NULL;
    lt_record_forget(after);
    lt_fields_read(rereading->rules, after->pages, after);
    keep_file_doubts(after, before);
    if (!lt_reread_settle(rereading->store, after, before, error))
        return NULL;
    old = dup_comparable(before);
    new = dup_comparable(after);
    *ret_changed = strcmp(old, new) != 0;
    return g_steal_pointer(&after);
}

/* FALSE with LT_STORE_ERROR_CONFLICT when another program changed the document meanwhile. */
static gboolean
reread_document(const Rereading *rereading, gint64 id, GError **error)
{
    g_autoptr(LtRecord) before = lt_store_document(rereading->store, id, TRUE, error);
    g_autoptr(LtRecord) after = NULL;
    LtReread reread = {.id = id, .before = before};

    if (!before)
        return FALSE;
    after = read_again(rereading, before, &reread.changed, error);
    if (!after)
        return FALSE;
    reread.after = after;
    if (reread.changed && !rereading->dry_run &&
        !lt_store_revise(rereading->store, after, FALSE, error))
        return FALSE;
    return rereading->report(&reread, rereading->user_data, error);
}

static gboolean
visit(const LtRecord *record, gpointer user_data, GError **error)
{
    const Rereading *rereading = user_data;

    for (guint i = 0;; i++) {
        g_autoptr(GError) failure = NULL;

        if (reread_document(rereading, record->id, &failure))
            return TRUE;
        if (i + 1 < MAX_TRIES && g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_CONFLICT))
            continue;
        /* It was removed meanwhile: there is nothing to be done for it. */
        if (g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND))
            return TRUE;
        if (g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED))
            return rereading->report(&(LtReread){.id = record->id, .trouble = failure->message},
                                     rereading->user_data, error);
        if (failure)
            g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
}

gboolean
lt_reread(LtStore *store, const LtRules *rules, const LtSearch *search, gboolean dry_run,
          LtRereadReport report, gpointer user_data, GError **error)
{
    Rereading rereading = {store, rules, dry_run, report, user_data};

    if (!dry_run && !lt_agencies_tell(rules, store, error))
        return FALSE;
    return lt_store_each(store, search, FALSE, visit, &rereading, error);
}

#define MOST_UNSETTLED 1000u /* of the latest; the others wait for 'reread' */
#define SETTLE_ROUNDS 3u

static gboolean
count_settled(const LtReread *reread, gpointer user_data, G_GNUC_UNUSED GError **error)
{
    guint *settled = user_data;

    /* What is damaged 'verify' tells, and no file shall wait for that. */
    *settled += !reread->trouble && reread->after->doubts->len < reread->before->doubts->len;
    return TRUE;
}

struct LtSettling {
    Rereading rereading;
    GArray *ids; /* (nullable) of gint64: of this round */
    guint next, round;
    guint settled; /* in this round */
};

LtSettling *
lt_settling_new(LtStore *store, const LtRules *rules)
{
    LtSettling *settling = g_new0(LtSettling, 1);

    settling->rereading = (Rereading){store, rules, FALSE, count_settled, &settling->settled};
    return settling;
}

void
lt_settling_free(LtSettling *settling)
{
    if (!settling)
        return;
    g_clear_pointer(&settling->ids, g_array_unref);
    g_free(settling);
}

static gboolean
begin_round(LtSettling *settling, GError **error)
{
    g_clear_pointer(&settling->ids, g_array_unref);
    settling->ids = lt_store_unsettled(settling->rereading.store, MOST_UNSETTLED, error);
    settling->next = settling->settled = 0;
    settling->round++;
    return settling->ids != NULL;
}

gboolean
lt_settling_step(LtSettling *settling, gboolean *ret_more, GError **error)
{
    *ret_more = FALSE;
    if (!settling->ids && !begin_round(settling, error))
        return FALSE;
    if (settling->next < settling->ids->len) {
        LtRecord record = {.id = g_array_index(settling->ids, gint64, settling->next++)};

        if (!visit(&record, &settling->rereading, error))
            return FALSE;
    }
    if (settling->next == settling->ids->len && settling->settled > 0 &&
        settling->round < SETTLE_ROUNDS && !begin_round(settling, error))
        return FALSE;
    *ret_more = settling->next < settling->ids->len;
    return TRUE;
}
