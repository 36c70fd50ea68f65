#include "cli/metadata.h"

#include <string.h>

#define MAX_TOLD 20u /* values too long that are named one by one */

typedef struct {
    LtStore *store;
    LtMetadataExport *export;
    GHashTable *dossiers; /* of gint64 -> LtDossier, as they are met */
} Writing;

static gboolean
put(const Writing *writing, const GString *text, GError **error)
{
    return lt_output_write(writing->export->output, text->str, text->len, error);
}

static void
tell_too_long(const LtMetadata *metadata, const LtMetadataField *field, guint length,
              gpointer user_data)
{
    LtMetadataExport *export = user_data;

    if (export->too_long++ >= MAX_TOLD)
        return;
    fprintf(stderr,
            _("document #%" PRId64 ": %s has %u signs, and Decree 30/2020/NĐ-CP allows %u\n"),
            metadata->record->id, field->name, length, field->length);
}

static gboolean
write_one(Writing *writing, const LtMetadata *metadata, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);

    lt_metadata_check(metadata, tell_too_long, writing->export);
    writing->export->written++;
    if (!writing->export->xml) {
        lt_metadata_csv(text, metadata);
        return put(writing, text, error);
    }
    g_string_append(text, "  <Document>\n");
    lt_metadata_xml(text, metadata, 2);
    g_string_append(text, "  </Document>\n");
    return put(writing, text, error);
}

/* (transfer none) */
static const LtDossier *
find_dossier(Writing *writing, gint64 id, GError **error)
{
    LtDossier *dossier = g_hash_table_lookup(writing->dossiers, &id);

    if (dossier != NULL)
        return dossier;
    dossier = lt_store_dossier(writing->store, id, error);
    if (dossier != NULL)
        g_hash_table_insert(writing->dossiers, &dossier->id, dossier);
    return dossier;
}

static gboolean
write_document(const LtRecord *record, gpointer user_data, GError **error)
{
    Writing *writing = user_data;
    gint64 only = writing->export->dossier;
    gboolean secret = FALSE;

    if (!lt_store_is_secret(writing->store, record, &secret, error))
        return FALSE;
    if (secret) {
        writing->export->secret++;
        return TRUE;
    }
    if (record->dossiers->len == 0)
        return write_one(writing, &(LtMetadata){record, NULL, 0}, error);
    for (guint i = 0; i < record->dossiers->len; i++) {
        const LtMembership *membership = g_ptr_array_index(record->dossiers, i);
        const LtDossier *dossier;
        if (only != 0 && membership->dossier != only)
            continue;
        dossier = find_dossier(writing, membership->dossier, error);
        if (dossier == NULL ||
            !write_one(writing, &(LtMetadata){record, dossier, membership->ordinal}, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
write_dossier(Writing *writing, gint64 id, GError **error)
{
    const LtDossier *dossier = find_dossier(writing, id, error);

    if (dossier == NULL)
        return FALSE;
    for (guint i = 0; i < dossier->ids->len; i++) {
        g_autoptr(LtRecord) record =
            lt_store_document(writing->store, g_array_index(dossier->ids, gint64, i), FALSE, error);
        if (record == NULL || !write_document(record, writing, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
write_documents(Writing *writing, GError **error)
{
    const LtMetadataExport *export = writing->export;

    if (export->dossier != 0)
        return write_dossier(writing, export->dossier, error);
    return lt_store_each(writing->store, export->search, FALSE, write_document, writing, error);
}

static gboolean
write_frame(Writing *writing, gboolean end, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (!writing->export->xml && !end) {
        g_string_append(text, LT_CSV_MARK);
        lt_metadata_csv_header(text);
    } else if (writing->export->xml) {
        g_string_append(text, end ? "</Documents>\n"
                                  : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Documents>\n");
    }
    return put(writing, text, error);
}

gboolean
lt_metadata_export(LtStore *store, LtMetadataExport *export, GError **error)
{
    g_autoptr(GHashTable) dossiers =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)lt_dossier_free);
    Writing writing = {store, export, dossiers};

    if (!write_frame(&writing, FALSE, error) || !write_documents(&writing, error) ||
        !write_frame(&writing, TRUE, error))
        return FALSE;
    if (export->too_long > MAX_TOLD)
        fprintf(stderr, _("… and %" PRIu64 " more values that are too long\n"),
                export->too_long - MAX_TOLD);
    if (export->secret > 0)
        fprintf(stderr,
                ngettext("%" PRIu64 " document is marked secret and left out\n",
                         "%" PRIu64 " documents are marked secret and left out\n", export->secret),
                export->secret);
    return TRUE;
}
