/* luutru get: the original, byte for byte, checked against its name while it is copied. */
#include "cli/cli.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

#include "cli/output.h"

#define BLOCK (256u * 1024u)

static gboolean
copy(int from, const char *sha256, LtOutput *to, GError **error)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guchar *block = g_malloc(BLOCK);
    gssize got;

    while ((got = read(from, block, BLOCK)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_IO,
                        _("cannot read the original '%s': %s"), sha256, g_strerror(errno));
            return FALSE;
        }
        g_checksum_update(checksum, block, got);
        if (!lt_output_write(to, block, (gsize)got, error))
            return FALSE;
    }
    if (strcmp(g_checksum_get_string(checksum), sha256) == 0)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED,
                _("the original '%s' has changed in the archive: take it from a backup"), sha256);
    return FALSE;
}

static gboolean
get_original(LtCli *cli, gint64 id, const char *path, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_READ, error);
    g_autoptr(LtRecord) record = NULL;
    g_auto(LtOutput) output = LT_OUTPUT_INIT;
    gboolean done;
    int fd;

    if (store == NULL)
        return FALSE;
    record = lt_store_document(store, id, FALSE, error);
    if (record == NULL)
        return FALSE;
    fd = lt_store_open_original(store, record->sha256, error);
    if (fd < 0)
        return FALSE;
    done = lt_output_open(&output, path, error) && copy(fd, record->sha256, &output, error) &&
           lt_output_commit(&output, error);
    close(fd);
    return done;
}

LtExit
lt_command_get(LtCli *cli, char **argv, GError **error)
{
    g_autofree char *path = NULL;
    g_auto(GStrv) ids = NULL;
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_("write to this file"), N_("FILE")},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ids, NULL, N_("#ID")},
        G_OPTION_ENTRY_NULL,
    };
    gint64 id;

    if (!lt_cli_parse(cli, argv, entries, _("Copies out an original, byte for byte."),
                      _("A shell takes '#' for a comment: write '#12' in quotes, id:12 or 12."),
                      error))
        return LT_EXIT_USAGE;
    if (ids == NULL || ids[1] != NULL || !lt_cli_parse_id(ids[0], TRUE, &id)) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'get' wants the id of one document, such as '#12' (in quotes) or 12"));
        return LT_EXIT_USAGE;
    }
    if (path == NULL && isatty(STDOUT_FILENO)) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("an original is no text for a terminal: name a file with -o, or redirect"));
        return LT_EXIT_USAGE;
    }
    return get_original(cli, id, path, error) ? LT_EXIT_DONE : LT_EXIT_IO;
}
