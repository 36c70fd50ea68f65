/* What becomes of a source whose bytes are in the archive. It goes only after the commit that files it,
 * and only if it is still the file that was filed. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ingest/move.h"
#include "ingest/run.h"

#define MAX_STAYING 100000u /* sources that are counted */

/* What lies in an archive is an original, whoever named it: 'verify' gives a row to one that had none. Only its
 * inbox is a folder like others. */
static LtSourceAction
action_on(LtIngest *run, const char *path, char **ret_folder)
{
    LtSourceAction action = run->feed.action(run, path, ret_folder, run->feed.user_data);

    return action != LT_SOURCE_KEEP && lt_walk_is_in_archive(path) ? LT_SOURCE_KEEP : action;
}

static const char earlier_state[] = N_("an earlier state of this file");

/* Its bytes are not those that were filed: nobody has taken them yet. */
static char *
take_again(LtIngest *run, const LtSource *source)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtLedgerRow) row =
        lt_store_ledger_find(run->store, source->path, source->size, source->mtime_ns, &error);

    if (row)
        lt_store_ledger_take_again(run->store, row->id, _(earlier_state), &error);
    if (error)
        lt_run_fail(run, g_steal_pointer(&error));
    return g_strdup(
        _("filed, but the source holds other bytes by now: it stays, to be taken anew"));
}

static gboolean
looks_as_taken(const LtSource *source, const struct stat *info)
{
    return (guint64)info->st_size == source->size && lt_mtime_ns(info) == source->mtime_ns;
}

/* Why the source stays, or what else is to be said of it. (transfer full) (nullable) *ret_stays: it was to go. */
static char *
settle(LtIngest *run, const LtSource *source, const char *sha256, gboolean *ret_stays)
{
    g_autofree char *folder = NULL;
    g_autoptr(GError) error = NULL;
    LtSourceAction action = action_on(run, source->path, &folder);
    const LtMoveLook look = {source->size, source->mtime_ns, sha256};
    LtMoved moved;
    struct stat info;

    if (action == LT_SOURCE_KEEP || lstat(source->path, &info) != 0)
        return NULL;
    if (!lt_store_check_in_place(run->store, &error)) {
        lt_run_fail(run, g_steal_pointer(&error));
        return NULL;
    }
    if (S_ISLNK(info.st_mode))
        return g_strdup(_("filed; the source is a link and stays where it is"));
    /* Another file may lie under that name by now: it has not been filed. */
    if (!looks_as_taken(source, &info))
        return NULL;
    *ret_stays = TRUE;
    if (action == LT_SOURCE_MOVE && !folder)
        return g_strdup(_("filed, but the source stays until the disk of the folder for filed "
                          "sources is mounted again"));
    moved = action == LT_SOURCE_MOVE ? lt_move_file(source->path, &look, folder, &error)
                                     : lt_move_delete(source->path, &look, &error);
    if (moved == LT_MOVE_CHANGED)
        return take_again(run, source);
    if (moved == LT_MOVE_LEFT && lstat(source->path, &info) == 0 && looks_as_taken(source, &info))
        return g_strdup(_("filed, but the source stays: somebody has it open for writing, or it "
                          "cannot be read"));
    *ret_stays = error != NULL;
    return error ? g_strdup_printf(_("filed, but the source %s"), error->message) : NULL;
}

/* A watcher tries sources that stay again: each counts once, as long as it does. */
char *
lt_source_settle(LtIngest *run, const LtSource *source, const char *sha256)
{
    gboolean stays = FALSE;
    char *why = settle(run, source, sha256, &stays);

    if (!stays)
        g_hash_table_remove(run->staying, source->path);
    else if (g_hash_table_size(run->staying) < MAX_STAYING)
        g_hash_table_add(run->staying, g_strdup(source->path));
    run->progress.stayed = g_hash_table_size(run->staying);
    return why;
}

/* Who is said to have begun a dossier that a folder names. */
#define WATCHER "watch"

static char *
dossier_of(LtIngest *run, const LtSource *source)
{
    return run->feed.dossier ? run->feed.dossier(run, source->path, run->feed.user_data) : NULL;
}

/* "filed, but not put into the dossier '01': ...". (transfer full) */
static char *
take_problem(LtDossierEntry *entry)
{
    g_autofree char *problem = entry->problem;

    entry->problem = NULL;
    return problem ? g_strdup_printf(_("filed, but not into the dossier '%s': %s"), entry->dossier,
                                     problem)
                   : NULL;
}

gboolean
lt_source_enter(LtIngest *run, const LtSource *source, gint64 document, char **ret_problem,
                GError **error)
{
    g_autofree char *dossier = dossier_of(run, source);
    LtDossierEntry entry = {.dossier = dossier, .by = WATCHER};

    if (!dossier)
        return TRUE;
    if (!lt_store_dossier_enter(run->store, &entry, document, error))
        return FALSE;
    *ret_problem = take_problem(&entry);
    return TRUE;
}

gboolean
lt_source_file(LtIngest *run, const LtSource *source, LtRecord *record, char **ret_problem,
               GError **error)
{
    g_autofree char *dossier = dossier_of(run, source);
    LtDossierEntry entry = {.dossier = dossier, .by = WATCHER};

    if (!lt_store_file_into(run->store, record, source->row, dossier ? &entry : NULL, error))
        return FALSE;
    *ret_problem = take_problem(&entry);
    return TRUE;
}

/* Whether the archive's copy is what its name says. */
static gboolean
is_kept(LtIngest *run, const char *sha256)
{
    int fd = lt_store_open_original(run->store, sha256, NULL);
    g_autofree char *sum = fd >= 0 ? lt_store_sum(fd) : NULL;

    if (fd >= 0)
        close(fd);
    return g_strcmp0(sum, sha256) == 0;
}

gboolean
lt_source_is_wanted(LtIngest *run, const LtLedgerRow *row, int fd)
{
    g_autofree char *folder = NULL;
    g_autofree char *sum = NULL;
    g_autoptr(GError) error = NULL;
    LtSourceAction action;
    gboolean same;

    if ((row->state != LT_LEDGER_FILED && row->state != LT_LEDGER_DUPLICATE) || !row->sha256)
        return FALSE;
    action = action_on(run, row->path, &folder);
    if (action == LT_SOURCE_KEEP || (action == LT_SOURCE_MOVE && !folder))
        return FALSE;
    sum = lt_store_sum(fd);
    same = g_strcmp0(sum, row->sha256) == 0;
    if (!sum || (same && is_kept(run, row->sha256)))
        return FALSE;
    if (!(same ? lt_store_ledger_set(run->store, row->id, LT_LEDGER_SEEN, NULL, "", 0, &error)
               : lt_store_ledger_take_again(run->store, row->id, _(earlier_state), &error)))
        lt_run_fail(run, g_steal_pointer(&error));
    return TRUE;
}
