/* Hiding what not everybody may see. A view takes the place of the table document on a connection: whatever reads
 * documents there, by whichever way, finds only those that are open. The search table has no columns to ask, so
 * that searches leave out the rows with the term that documents marked secret have, and the members of closed
 * dossiers. */
#include "store/search.h"

/* What an archivist writes into a dossier's chế độ sử dụng where anybody may use it; any other word closes it. */
#define OPEN_WORDS                                                                                              \
    "'', 'không hạn chế', 'Không hạn chế', 'KHÔNG HẠN CHẾ', 'công khai', 'Công khai', 'CÔNG " \
    "KHAI',"                                                                                                    \
    " 'tự do', 'Tự do', 'rộng rãi', 'Rộng rãi', 'open', 'Open', 'public', 'Public'"

#define CLOSED                                                                                     \
    "SELECT document FROM main.dossier_document WHERE dossier IN"                                  \
    " (SELECT id FROM main.dossier WHERE access IS NOT NULL AND trim(access) NOT IN (" OPEN_WORDS  \
    "))"

gboolean
lt_store_hide_restricted(LtStore *store, GError **error)
{
    g_autofree char *secret = lt_term(LT_TERM_STATE, LT_TERM_SECRET);

    /* The connection is for reading alone; its temporary tables are no part of the archive. */
    if (!lt_sql_script(store,
                       "PRAGMA query_only = OFF;"
                       "CREATE TEMP VIEW document AS SELECT * FROM main.document"
                       " WHERE secrecy IS NULL AND id NOT IN (" CLOSED ");"
                       "PRAGMA query_only = ON",
                       error))
        return FALSE;
    store->restriction = g_strdup_printf(
        " AND rowid NOT IN (SELECT rowid FROM search WHERE search MATCH '\"%s\"' UNION ALL " CLOSED
        ")",
        secret);
    return TRUE;
}

const char *
lt_restrict_condition(const LtStore *store)
{
    return store->restriction != NULL ? store->restriction : "";
}
