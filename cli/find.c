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
    g_clear_pointer(&find->number, g_free);
    g_clear_pointer(&find->date, g_free);
    g_clear_pointer(&find->signer, g_free);
    g_clear_pointer(&find->recipient, g_free);
    g_clear_pointer(&find->status, g_free);
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

static gboolean
is_short_option(const GArray *entries, const char *word)
{
    for (guint i = 0; i < entries->len; i++)
        if (g_array_index(entries, GOptionEntry, i).short_name == word[1])
            return TRUE;
    return strcmp(word, "-h") == 0 || strcmp(word, "-?") == 0;
}

/* "-rét" is a word that is left out. With a blank before it, which a query does not mind, it is no option
 * to the parser. (transfer full) */
static char **
hide_excluded(char **argv, const GArray *entries)
{
    char **shown = g_strdupv(argv);
    gboolean words_only = FALSE;

    for (char **word = shown; *word != NULL && !words_only; word++) {
        words_only = strcmp(*word, "--") == 0;
        if ((*word)[0] != '-' || (*word)[1] == '-' || (*word)[1] == '\0' ||
            is_short_option(entries, *word))
            continue;
        char *hidden = g_strconcat(" ", *word, NULL);
        g_free(*word);
        *word = hidden;
    }
    return shown;
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
        {"number", 0, 0, G_OPTION_ARG_FILENAME, &find->number,
         N_("whose own number, or part of it, is that"), N_("NUMBER")},
        {"date", 0, 0, G_OPTION_ARG_FILENAME, &find->date,
         N_("issued then: 18/9/2023, 9/2023, 'quy 3/2023', 2022-2023"), N_("DATES")},
        {"signer", 0, 0, G_OPTION_ARG_FILENAME, &find->signer, N_("signed by"), N_("NAME")},
        {"recipient", 0, 0, G_OPTION_ARG_FILENAME, &find->recipient, N_("sent to"), N_("NAME")},
        {"status", 0, 0, G_OPTION_ARG_FILENAME, &find->status, N_("review, done, urgent or secret"),
         N_("STATUS")},
        {"successors", 0, 0, G_OPTION_ARG_NONE, &find->successors,
         N_("also by agencies that came after --issuer"), NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &find->words, NULL, N_("[QUERY…]")},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GArray) all = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));

    append_entries(all, entries);
    append_entries(all, own);
    g_auto(GStrv) shown = hide_excluded(argv, all);
    return lt_cli_parse(cli, shown, (const GOptionEntry *)(void *)all->data, summary,
                        _("DATE is 2023-09-18, 18/09/2023, 2023-09, 09/2023 or 2023; a month or a "
                          "year counts whole.\nWords may be written without marks. -word "
                          "leaves out what has it.\nFilters may stand in the query: so: ngay: "
                          "tu: den: coquan: loai: nguoiky: noinhan: trangthai:"),
                        error);
}

gboolean
lt_find_has_options(const LtFind *find)
{
    return find->from != NULL || find->to != NULL || find->issuer != NULL || find->type != NULL ||
           find->number != NULL || find->date != NULL || find->signer != NULL ||
           find->recipient != NULL || find->status != NULL || find->successors;
}

gboolean
lt_find_is_empty(const LtFind *find)
{
    return (find->words == NULL || find->words[0] == NULL) && !lt_find_has_options(find);
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
    make_valid(&find->number);
    make_valid(&find->date);
    make_valid(&find->signer);
    make_valid(&find->recipient);
    make_valid(&find->status);
    *ret_search = (LtSearch){
        .query = find->query,
        .from = find->from_day,
        .to = find->to_day,
        .issuer = find->issuer,
        .type = find->type,
        .number = find->number,
        .date = find->date,
        .signer = find->signer,
        .recipient = find->recipient,
        .status = find->status,
        .successors = find->successors,
    };
    return TRUE;
}

/* Signs and operators that are left over narrow nothing. */
static gboolean
is_left_over(const char *part)
{
    if (strcmp(part, "OR") == 0 || strcmp(part, "AND") == 0)
        return TRUE;
    for (const char *p = part; *p != '\0'; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

gboolean
lt_find_exactly(LtFind *find, LtSearch *ret_search, GError **error)
{
    if (!lt_find_search(find, ret_search, error))
        return FALSE;
    g_autoptr(GPtrArray) ignored = lt_search_ignored(find->query);
    for (guint i = 0; i < ignored->len; i++) {
        const char *part = g_ptr_array_index(ignored, i);
        if (is_left_over(part))
            continue;
        const char *reason = lt_search_ignored_reason(part);
        g_autofree char *shown = lt_cli_shown(part);
        g_autofree char *why = reason != NULL ? g_strdup_printf(" (%s)", reason) : g_strdup("");
        g_set_error(
            error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
            _("'%s' cannot be used in a query%s: without it other documents would be meant"), shown,
            why);
        return FALSE;
    }
    return TRUE;
}

char *
lt_find_query(const LtFind *find)
{
    const struct {
        const char *filter, *value;
    } options[] = {
        {"from", find->from_day}, {"to", find->to_day},           {"issuer", find->issuer},
        {"type", find->type},     {"number", find->number},       {"date", find->date},
        {"signer", find->signer}, {"recipient", find->recipient}, {"status", find->status},
    };
    GString *query = g_string_new(find->query);

    for (guint i = 0; i < G_N_ELEMENTS(options); i++) {
        if (options[i].value == NULL || *options[i].value == '\0')
            continue;
        g_autofree char *value = g_strdelimit(g_strdup(options[i].value), "\"", ' ');
        gboolean plus = find->successors && options[i].value == find->issuer;
        g_string_append_printf(query, "%s%s:\"%s%s\"", query->len > 0 ? " " : "", options[i].filter,
                               value, plus ? "+" : "");
    }
    return g_string_free(query, FALSE);
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
