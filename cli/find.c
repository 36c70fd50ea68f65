#include "cli/find.h"

#include <string.h>

void
lt_find_clear(LtFind *find)
{
    g_clear_pointer(&find->words, g_strfreev);
    g_clear_pointer(&find->from, g_free);
    g_clear_pointer(&find->to, g_free);
    g_clear_pointer(&find->issuer, g_free);
    g_clear_pointer(&find->type, g_free);
    g_clear_pointer(&find->query, g_free);
    g_clear_pointer(&find->from_day, g_free);
    g_clear_pointer(&find->to_day, g_free);
}

static void
append_entries(GArray *all, const GOptionEntry *entries)
{
    for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
        g_array_append_vals(all, entry, 1);
}

gboolean
lt_find_parse(LtFind *find, LtCli *cli, char **argv, const GOptionEntry *entries,
              const char *summary, GError **error)
{
    const GOptionEntry own[] = {
        {"from", 0, 0, G_OPTION_ARG_STRING, &find->from, N_("issued on this day or later"),
         N_("DATE")},
        {"to", 0, 0, G_OPTION_ARG_STRING, &find->to, N_("issued on this day or earlier"),
         N_("DATE")},
        {"issuer", 0, 0, G_OPTION_ARG_FILENAME, &find->issuer,
         N_("issued by: name, part of it, or letters (STTTT)"), N_("NAME")},
        {"type", 0, 0, G_OPTION_ARG_FILENAME, &find->type,
         N_("type of document: name or letters (QĐ)"), N_("TYPE")},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &find->words, NULL, N_("[QUERY…]")},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GArray) all = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));

    append_entries(all, entries);
    append_entries(all, own);
    return lt_cli_parse(cli, argv, (const GOptionEntry *)(void *)all->data, summary,
                        _("DATE is 2023-09-18, 18/09/2023, 2023-09, 09/2023 or 2023; a month or a "
                          "year counts whole.\nWords may be written without marks. Put '--' before "
                          "a query that begins with '-'."),
                        error);
}

static void
make_valid(char **text)
{
    char *valid;

    if (*text == NULL)
        return;
    valid = g_utf8_make_valid(*text, -1);
    g_free(*text);
    *text = valid;
}

gboolean
lt_find_search(LtFind *find, LtSearch *ret_search, GError **error)
{
    if (find->from != NULL &&
        !lt_cli_parse_day("--from", find->from, FALSE, &find->from_day, error))
        return FALSE;
    if (find->to != NULL && !lt_cli_parse_day("--to", find->to, TRUE, &find->to_day, error))
        return FALSE;
    if (find->from_day != NULL && find->to_day != NULL &&
        strcmp(find->from_day, find->to_day) > 0) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
                    _("--from '%s' is later than --to '%s'"), find->from_day, find->to_day);
        return FALSE;
    }
    find->query = find->words != NULL ? g_strjoinv(" ", find->words) : g_strdup("");
    make_valid(&find->query);
    make_valid(&find->issuer);
    make_valid(&find->type);
    *ret_search = (LtSearch){
        .query = find->query,
        .from = find->from_day,
        .to = find->to_day,
        .issuer = find->issuer,
        .type = find->type,
    };
    return TRUE;
}

gboolean
lt_find_window(LtSearch *search, int limit, int offset, GError **error)
{
    if (limit < 0 || offset < 0) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--limit and --offset cannot be less than 0"));
        return FALSE;
    }
    search->limit = (guint)limit;
    search->offset = (guint)offset;
    return TRUE;
}
