/* Putting right: corrections, and taking them back. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "web/body.h"
#include "web/route.h"

#define MOST_CHANGES 64u

/* A problem with the document as it is now, so that nobody has to ask for it to decide anew. */
static LtAnswer *
conflict(LtDesk *desk, gint64 id, const GError *error)
{
    g_autoptr(LtRecord) record = lt_store_document(lt_desk_store(desk, NULL), id, FALSE, NULL);
    g_autofree char *json = record != NULL ? lt_record_to_json(record, FALSE) : NULL;

    return lt_answer_problem_with(409, error->message, "document", json != NULL ? json : "null");
}

static LtAnswer *
failed(LtDesk *desk, gint64 id, const GError *error)
{
    return g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_CONFLICT)
               ? conflict(desk, id, error)
               : lt_answer_error(error);
}

/* The document that the request is about, which the visitor must be able to see. FALSE with *ret_answer. */
static gboolean
find_document(LtDesk *desk, const LtRequest *request, gint64 *ret_id, LtAnswer **ret_answer)
{
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_store(desk, &error);
    g_autoptr(LtRecord) record = NULL;

    if (store != NULL && lt_request_capture(request, 0, G_MAXINT64, ret_id))
        record = lt_store_document_brief(store, *ret_id, &error);
    if (record == NULL)
        *ret_answer = error != NULL ? lt_answer_error(error)
                                    : lt_answer_problem(404, _("there is no such document"));
    return record != NULL;
}

static char *
list_fields(const LtChange *changes, guint n)
{
    GString *list = g_string_new(NULL);

    for (guint i = 0; i < n; i++)
        g_string_append_printf(list, "%s%s", i > 0 ? " " : "", changes[i].field);
    return g_string_free(list, FALSE);
}

/* An issuer that is put right is one of the authority file, where it has it. */
static LtAmendment
begin(LtDesk *desk)
{
    LtRules *rules = lt_site_rules(lt_desk_site(desk), NULL);

    return (LtAmendment){
        .by = lt_visitor_name(lt_desk_visitor(desk)),
        .identify = rules != NULL ? lt_agency_identify_issuer : NULL,
        .user_data = rules,
    };
}

/* A value that will not do is said of its field: each is tried alone to find which one it was. */
static LtAnswer *
name_field(const LtChange *changes, guint n, const GError *error)
{
    for (guint i = 0; i < n; i++) {
        LtFieldId field;
        g_autoptr(GError) why = NULL;
        g_autofree char *value = NULL;
        g_autoptr(GString) name = g_string_new(NULL);
        if (changes[i].value == NULL || *changes[i].value == '\0' ||
            !lt_field_from_name(changes[i].field, &field))
            continue;
        value = lt_value_normalise(field, changes[i].value, &why);
        if (value != NULL)
            continue;
        lt_json_append_string(name, changes[i].field);
        return lt_answer_problem_with(422, why->message, "field", name->str);
    }
    return lt_answer_error(error);
}

/* A change that hides the document from who made it is done all the same. */
static LtAnswer *
as_hidden(gint64 id)
{
    GString *json = g_string_new("{");

    lt_json_put_id(json, "id", id);
    lt_json_put_bool(json, "hidden", TRUE);
    lt_json_put_string(json, "detail", _("that is saved; the document cannot be shown to you now"));
    g_string_append_c(json, '}');
    return lt_answer_json(200, g_string_free(json, FALSE));
}

/* Without what is hidden from who asks: who writes sees all. */
static LtAnswer *
as_seen(LtDesk *desk, gint64 id)
{
    LtStore *store = lt_desk_store(desk, NULL);
    g_autoptr(LtRecord) record = store != NULL ? lt_store_document(store, id, FALSE, NULL) : NULL;

    return record != NULL ? lt_answer_json(200, lt_record_to_json(record, FALSE)) : as_hidden(id);
}

static LtAnswer *
correct(LtDesk *desk, const LtRequest *request, gint64 id, const LtAmendment *amendment)
{
    g_autofree char *fields = list_fields(amendment->changes, amendment->n_changes);
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_writing_store(desk, &error);

    if (store != NULL && lt_store_correct(store, id, amendment, NULL, &error)) {
        lt_desk_note(desk, request, "correct", id, fields);
        return as_seen(desk, id);
    }
    return g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID)
               ? name_field(amendment->changes, amendment->n_changes, error)
               : failed(desk, id, error);
}

LtAnswer *
lt_handle_correct(LtDesk *desk, const LtRequest *request)
{
    g_autoptr(LtBody) body = lt_body_read(request);
    g_autofree const char **fields = body != NULL ? lt_body_members(body, "values") : NULL;
    g_autofree const char **accept = body != NULL ? lt_body_strings(body, "accept") : NULL;
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(LtChange));
    LtAmendment amendment = begin(desk);
    LtAnswer *answer = NULL;
    gint64 id = 0;

    if (fields == NULL || accept == NULL ||
        !lt_body_count(body, "revision", &amendment.if_revision) || amendment.if_revision == 0)
        return lt_answer_problem(
            400, _("a correction wants 'revision', and 'values' or fields to 'accept'"));
    for (guint i = 0; fields[i] != NULL; i++) {
        const char *value = lt_body_member(body, "values", fields[i]);
        const LtChange change = {fields[i], value != NULL ? value : ""};
        g_array_append_val(changes, change);
    }
    for (guint i = 0; accept[i] != NULL; i++) {
        const LtChange change = {accept[i], NULL};
        g_array_append_val(changes, change);
    }
    if (changes->len == 0 || changes->len > MOST_CHANGES)
        return lt_answer_problem(422, _("there is nothing to put right"));
    if (!find_document(desk, request, &id, &answer))
        return answer;
    amendment.changes = (const LtChange *)(void *)changes->data;
    amendment.n_changes = changes->len;
    return correct(desk, request, id, &amendment);
}

LtAnswer *
lt_handle_undo(LtDesk *desk, const LtRequest *request)
{
    g_autoptr(LtBody) body = lt_body_read(request);
    g_autoptr(GError) error = NULL;
    LtAnswer *answer = NULL;
    LtAmendment amendment = begin(desk);
    LtStore *store;
    gint64 id = 0;

    if (body == NULL || !lt_body_count(body, "revision", &amendment.if_revision) ||
        amendment.if_revision == 0)
        return lt_answer_problem(400, _("taking back wants the 'revision' that was looked at"));
    if (!find_document(desk, request, &id, &answer))
        return answer;
    store = lt_desk_writing_store(desk, &error);
    if (store == NULL || !lt_store_undo(store, id, &amendment, NULL, &error))
        return failed(desk, id, error);
    lt_desk_note(desk, request, "undo", id, NULL);
    return as_seen(desk, id);
}
