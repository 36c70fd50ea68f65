/* The JSON of what is no document: the archive in figures, files of the ledger, trees of citations. */
#include "store/private.h"

static void
put_watcher(GString *json, const LtStoreActivity *activity)
{
    const LtWatchNote *note = &activity->watcher;

    if (note->state == NULL) {
        lt_json_put_string(json, "watcher", NULL);
        return;
    }
    lt_json_begin(json, "watcher", '{');
    lt_json_put_bool(json, "alive", activity->watched);
    lt_json_put_string(json, "state", note->state);
    lt_json_put_string(json, "reason", note->reason);
    lt_json_put_integer(json, "process", (guint64)note->process);
    lt_json_put_string(json, "started_at", note->started_at);
    lt_json_put_string(json, "noted_at", note->noted_at);
    lt_json_put_integer(json, "folders", note->folders);
    lt_json_put_integer(json, "waiting", note->waiting);
    g_string_append_c(json, '}');
}

static void
put_failures(GString *json, const GPtrArray *failures)
{
    lt_json_begin(json, "failures", '[');
    for (guint i = 0; i < failures->len; i++) {
        const LtFailure *failure = g_ptr_array_index(failures, i);
        lt_json_begin(json, NULL, '{');
        lt_json_put_string(json, "reason", failure->reason);
        lt_json_put_integer(json, "count", failure->count);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
put_activity(GString *json, const LtStoreActivity *activity)
{
    lt_json_begin(json, "rates", '{');
    lt_json_put_integer(json, "filed_last_hour", activity->filed_hour);
    lt_json_put_integer(json, "filed_last_day", activity->filed_day);
    lt_json_put_integer(json, "ended_last_hour", activity->ended_hour);
    lt_json_put_integer(json, "ended_last_day", activity->ended_day);
    g_string_append_c(json, '}');
    lt_json_begin(json, "backlog", '{');
    lt_json_put_integer(json, "unfinished", activity->unfinished);
    lt_json_put_integer(json, "put_off", activity->put_off);
    lt_json_put_integer(json, "queued", activity->queued);
    lt_json_put_path(json, "oldest_path", activity->oldest_path);
    lt_json_put_string(json, "oldest_since", activity->oldest_since);
    g_string_append_c(json, '}');
    put_failures(json, activity->failures);
    lt_json_put_string(json, "verified_at", activity->verified_at);
    lt_json_put_integer(json, "verify_faults", activity->verify_faults);
    lt_json_put_string(json, "backed_up_at", activity->backed_up_at);
    lt_json_put_integer(json, "backup_faults", activity->backup_faults);
    put_watcher(json, activity);
}

char *
lt_store_status_to_json(const LtStoreStatus *status, const LtStoreActivity *activity,
                        const char *archive)
{
    GString *json = g_string_new("{");

    lt_json_put_path(json, "archive", archive);
    lt_json_put_integer(json, "schema", status->schema);
    lt_json_put_integer(json, "documents", status->documents);
    lt_json_put_integer(json, "needs_review", status->needs_review);
    lt_json_put_integer(json, "pages", status->pages);
    lt_json_begin(json, "pages_by_source", '{');
    for (guint i = 0; i < LT_PAGE_N_SOURCES; i++)
        lt_json_put_integer(json, lt_page_source_name((LtPageSource)i), status->pages_by_source[i]);
    g_string_append_c(json, '}');
    lt_json_begin(json, "ledger", '{');
    for (guint i = 0; i < LT_LEDGER_N_STATES; i++)
        lt_json_put_integer(json, lt_ledger_state_name((LtLedgerState)i), status->ledger[i]);
    g_string_append_c(json, '}');
    lt_json_put_integer(json, "originals_bytes", status->originals_bytes);
    lt_json_put_integer(json, "database_bytes", status->database_bytes);
    put_activity(json, activity);
    g_string_append_c(json, '}');
    return g_string_free(json, FALSE);
}

char *
lt_ledger_row_to_json(const LtLedgerRow *row)
{
    GString *json = g_string_new("{");

    lt_json_put_integer(json, "file", (guint64)row->id);
    lt_json_put_string(json, "state", lt_ledger_state_name(row->state));
    lt_json_put_path(json, "path", row->path);
    lt_json_put_string(json, "reason", row->reason);
    lt_json_put_string(json, "sha256", row->sha256);
    lt_json_put_string(json, "changed_at", row->changed_at);
    g_string_append_c(json, '}');
    return g_string_free(json, FALSE);
}

/* --- trees of citations --- */

typedef struct {
    GString *json;
    LtRelationLabel label; /* (nullable) */
    gboolean cited_by;
} Tree;

static void put_children(const Tree *tree, const LtRefNode *node);

static void
put_node(const Tree *tree, const LtRefNode *node)
{
    GString *json = tree->json;

    lt_json_begin(json, NULL, '{');
    lt_json_put_id(json, "document", node->document);
    lt_json_put_string(json, "number", node->number);
    lt_json_put_string(json, "date", node->date);
    lt_json_put_string(json, "type", node->type);
    lt_json_put_string(json, "issuer", node->issuer);
    lt_json_put_string(json, "subject", node->subject);
    lt_json_put_string(json, "relation", node->relation);
    if (tree->label != NULL) {
        g_autofree char *label = tree->label(node->relation, tree->cited_by);
        lt_json_put_string(json, "label", label);
    }
    lt_json_put_string(json, "status", lt_validity_name(node->validity));
    lt_json_put_bool(json, "elsewhere", node->elsewhere);
    lt_json_put_integer(json, "left_out", node->left_out);
    put_children(tree, node);
    g_string_append_c(json, '}');
}

static void
put_children(const Tree *tree, const LtRefNode *node)
{
    lt_json_begin(tree->json, tree->cited_by ? "cited_by" : "cites", '[');
    for (guint i = 0; i < node->children->len; i++)
        put_node(tree, g_ptr_array_index(node->children, i));
    g_string_append_c(tree->json, ']');
}

char *
lt_ref_tree_to_json(const LtRefTree *tree, LtRelationLabel label)
{
    GString *json = g_string_new("{");
    const LtRefNode *root = tree->cites;

    lt_json_put_integer(json, "document", (guint64)root->document);
    lt_json_put_string(json, "number", root->number);
    lt_json_put_string(json, "date", root->date);
    lt_json_put_string(json, "subject", root->subject);
    lt_json_put_string(json, "status", lt_validity_name(root->validity));
    lt_json_put_integer(json, "cites_left_out", root->left_out);
    lt_json_put_integer(json, "cited_by_left_out", tree->cited_by->left_out);
    put_children(&(Tree){json, label, FALSE}, root);
    put_children(&(Tree){json, label, TRUE}, tree->cited_by);
    g_string_append_c(json, '}');
    return g_string_free(json, FALSE);
}
