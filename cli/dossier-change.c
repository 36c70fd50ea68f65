/* luutru dossier new, edit, add, remove, order and close. */
#include "cli/dossier.h"

#include <string.h>

#include "cli/find.h"

/* --- new and edit --- */

typedef struct {
    char *typed[LT_DOSSIER_N_FIELDS];
    char *by;
    char **words;
} Options;

static void
options_clear(Options *options)
{
    for (guint i = 0; i < LT_DOSSIER_N_FIELDS; i++)
        g_free(options->typed[i]);
    g_free(options->by);
    g_strfreev(options->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean
parse_values(LtCli *cli, char **argv, Options *options, const char *summary, GError **error)
{
    char **t = options->typed;
    const GOptionEntry entries[] = {
        {"title", 0, 0, G_OPTION_ARG_STRING, &t[LT_DOSSIER_TITLE], N_("title (tiêu đề)"),
         N_("TEXT")},
        {"code", 0, 0, G_OPTION_ARG_STRING, &t[LT_DOSSIER_CODE],
         N_("code (số và ký hiệu hồ sơ); edit: another one"), N_("CODE")},
        {"year", 0, 0, G_OPTION_ARG_STRING, &t[LT_DOSSIER_YEAR],
         N_("year of the list of dossiers that it stands in"), N_("YEAR")},
        {"organ-id", 0, 0, G_OPTION_ARG_STRING, &t[LT_DOSSIER_ORGAN_ID],
         N_("code of the agency that keeps this list"), N_("CODE")},
        {"retention", 0, 0, G_OPTION_ARG_STRING, &t[LT_DOSSIER_RETENTION],
         N_("how long it is kept: Vĩnh viễn, 20 năm"), N_("TIME")},
        {"access", 0, 0, G_OPTION_ARG_STRING, &t[LT_DOSSIER_ACCESS], N_("who may use it"),
         N_("TEXT")},
        {"creator", 0, 0, G_OPTION_ARG_STRING, &t[LT_DOSSIER_CREATOR], N_("who makes it"),
         N_("NAME")},
        {"language", 0, 0, G_OPTION_ARG_STRING, &t[LT_DOSSIER_LANGUAGE],
         N_("language of its documents"), N_("NAME")},
        {"start", 0, 0, G_OPTION_ARG_STRING, &t[LT_DOSSIER_START_DATE],
         N_("when it begins (the first day of its documents)"), N_("DATE")},
        {"end", 0, 0, G_OPTION_ARG_STRING, &t[LT_DOSSIER_END_DATE], N_("when it ends (the last)"),
         N_("DATE")},
        {"description", 0, 0, G_OPTION_ARG_STRING, &t[LT_DOSSIER_DESCRIPTION], N_("note"),
         N_("TEXT")},
        {"by", 0, 0, G_OPTION_ARG_STRING, &options->by, N_("who says so (the user's name)"),
         N_("NAME")},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->words, NULL, N_("CODE")},
        G_OPTION_ENTRY_NULL,
    };

    return lt_cli_parse(
        cli, argv, entries, summary,
        _("Values have the lengths of Decree 30/2020/NĐ-CP, Appendix VI; what is too "
          "long is refused."),
        error);
}

static GArray *
given_values(const Options *options)
{
    GArray *values = g_array_new(FALSE, FALSE, sizeof(LtDossierValue));

    for (guint i = 0; i < LT_DOSSIER_N_FIELDS; i++) {
        const LtDossierValue value = {i, options->typed[i]};
        if (options->typed[i] != NULL)
            g_array_append_val(values, value);
    }
    return values;
}

static void
say_made(LtStore *store, gint64 id)
{
    g_autoptr(LtDossier) dossier = lt_store_dossier(store, id, NULL);
    g_autofree char *name = dossier != NULL ? lt_cli_dossier_name(dossier) : NULL;

    if (name != NULL)
        printf(_("Dossier %s is id:%" PRId64 "\n"), name, id);
}

LtExit
lt_command_dossier_new(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {0};
    g_autoptr(LtStore) store = NULL;
    g_autoptr(GArray) values = NULL;
    gint64 id;

    if (!parse_values(cli, argv, &options, _("Begins a dossier (hồ sơ)."), error))
        return LT_EXIT_USAGE;
    if (options.words != NULL && options.words[1] == NULL && options.typed[LT_DOSSIER_CODE] == NULL)
        options.typed[LT_DOSSIER_CODE] = g_strdup(options.words[0]);
    else if (options.words != NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'dossier new' wants one code, and the title with --title"));
        return LT_EXIT_USAGE;
    }
    values = given_values(&options);
    store = lt_cli_open(cli, LT_STORE_WRITE, error);
    if (store == NULL || !lt_store_dossier_new(store, (const LtDossierValue *)(void *)values->data,
                                               values->len, lt_cli_person(options.by), &id, error))
        return LT_EXIT_IO;
    say_made(store, id);
    return LT_EXIT_DONE;
}

LtExit
lt_command_dossier_edit(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {0};
    g_autoptr(LtStore) store = NULL;
    g_autoptr(GArray) values = NULL;
    gint64 id;

    if (!parse_values(cli, argv, &options, _("Changes what is said of a dossier."), error))
        return LT_EXIT_USAGE;
    values = given_values(&options);
    if (values->len == 0) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'dossier edit' wants at least one value, such as --title TEXT"));
        return LT_EXIT_USAGE;
    }
    if (!lt_cli_dossier_open(cli, LT_STORE_WRITE, options.words, &store, &id, error) ||
        !lt_store_dossier_edit(store, id, (const LtDossierValue *)(void *)values->data, values->len,
                               error))
        return LT_EXIT_IO;
    say_made(store, id);
    return LT_EXIT_DONE;
}

/* --- add --- */

/* What decides the order in which documents that a query found are put in. */
typedef struct {
    gint64 id;
    char *date, *notation;
    gint64 number;
} Found;

static void
found_free(Found *found)
{
    g_free(found->date);
    g_free(found->notation);
    g_free(found);
}

static int
compare_found(gconstpointer a, gconstpointer b)
{
    const Found *left = *(Found *const *)a, *right = *(Found *const *)b;
    int order = (left->date == NULL) - (right->date == NULL);

    if (order == 0)
        order = g_strcmp0(left->date, right->date);
    if (order == 0)
        order = g_strcmp0(left->notation, right->notation);
    if (order == 0)
        order = (left->number > right->number) - (left->number < right->number);
    return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

static gboolean
keep_found(const LtRecord *record, gpointer user_data, GError **error)
{
    GPtrArray *list = user_data;
    const char *code = record->fields[LT_FIELD_CODE_NUMBER].value;
    Found *found = g_new0(Found, 1);

    *found = (Found){record->id, g_strdup(record->fields[LT_FIELD_ISSUED_DATE].value),
                     g_strdup(record->fields[LT_FIELD_CODE_NOTATION].value),
                     code != NULL ? g_ascii_strtoll(code, NULL, 10) : 0};
    g_ptr_array_add(list, found);
    if (list->len <= LT_DOSSIER_MAX_DOCUMENTS)
        return TRUE;
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
                _("the query finds more than the %u documents that a dossier can hold: narrow it"),
                LT_DOSSIER_MAX_DOCUMENTS);
    return FALSE;
}

static GArray *
find_documents(LtStore *store, LtFind *find, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)found_free);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    LtSearch search;

    if (!lt_find_exactly(find, &search, error) ||
        !lt_store_each(store, &search, FALSE, keep_found, list, error))
        return NULL;
    g_ptr_array_sort(list, compare_found);
    for (guint i = 0; i < list->len; i++)
        g_array_append_val(ids, ((const Found *)g_ptr_array_index(list, i))->id);
    return g_steal_pointer(&ids);
}

/* NULL where a word is no id. */
static GArray *
parse_ids(char *const *words)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    for (; words != NULL && *words != NULL; words++) {
        gint64 id;
        if (!lt_cli_parse_id(*words, FALSE, &id))
            return NULL;
        g_array_append_val(ids, id);
    }
    return g_steal_pointer(&ids);
}

/* Cuts the first word, the dossier's, off; the others are the query. (transfer full) (nullable) */
static char *
cut_code(LtFind *find)
{
    char **words = find->words;
    char *code = words != NULL ? words[0] : NULL;

    if (code != NULL)
        memmove(words, words + 1, g_strv_length(words + 1) * sizeof *words + sizeof *words);
    return code;
}

LtExit
lt_command_dossier_fill(LtCli *cli, char **argv, GError **error)
{
    g_auto(LtFind) find = {0};
    const GOptionEntry entries[] = {G_OPTION_ENTRY_NULL};
    g_autoptr(LtStore) store = NULL;
    g_autoptr(GArray) ids = NULL;
    g_autofree char *code = NULL;
    guint added = 0;
    gint64 id;

    if (!lt_find_parse(&find, cli, argv, entries,
                       _("Puts documents into a dossier: those named as #ID or id:N, or all that a "
                         "query finds, by day and number."),
                       error))
        return LT_EXIT_USAGE;
    code = cut_code(&find);
    if (code != NULL && lt_find_is_empty(&find)) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("which documents? Name them, such as id:12, or give a query"));
        return LT_EXIT_USAGE;
    }
    if (!lt_cli_dossier_open(cli, LT_STORE_WRITE, code != NULL ? &code : NULL, &store, &id, error))
        return LT_EXIT_PARTLY;
    ids = find.words[0] != NULL && !lt_find_has_options(&find) ? parse_ids(find.words) : NULL;
    if (ids == NULL)
        ids = find_documents(store, &find, error);
    if (ids == NULL || !lt_store_dossier_add(store, id, ids, &added, error))
        return LT_EXIT_IO;
    printf(ngettext("%u document put in", "%u documents put in", added), added);
    if (added < ids->len)
        printf(ngettext(", %u was in it already", ", %u were in it already", ids->len - added),
               ids->len - added);
    putchar('\n');
    return ids->len > 0 ? LT_EXIT_DONE : LT_EXIT_PARTLY;
}

/* --- remove, order, close --- */

static GArray *
wanted_ids(char *const *words, GError **error)
{
    GArray *ids = parse_ids(words);

    if (ids == NULL)
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("documents are named as '#12' (in quotes) or id:12"));
    return ids;
}

LtExit
lt_command_dossier_remove(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = NULL;
    const GOptionEntry entries[] = {
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, N_("CODE [#ID…]")},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(LtStore) store = NULL;
    g_autoptr(GArray) ids = NULL;
    gint64 id;

    if (!lt_cli_parse(
            cli, argv, entries, _("Takes documents out of a dossier; they stay in the archive."),
            _("Without documents it takes the dossier itself away, if it is empty."), error))
        return LT_EXIT_USAGE;
    ids = wanted_ids(words != NULL ? words + 1 : NULL, error);
    if (ids == NULL)
        return LT_EXIT_USAGE;
    if (!lt_cli_dossier_open(cli, LT_STORE_WRITE, words, &store, &id, error) ||
        !(ids->len > 0 ? lt_store_dossier_drop(store, id, ids, error)
                       : lt_store_dossier_delete(store, id, error)))
        return LT_EXIT_IO;
    return LT_EXIT_DONE;
}

static gboolean
parse_order(const char *name, LtDossierOrder *ret_order, GError **error)
{
    static const char *const names[] = {
        [LT_DOSSIER_BY_DATE] = "date",
        [LT_DOSSIER_BY_NUMBER] = "number",
        [LT_DOSSIER_BY_FILING] = "filing",
    };

    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_strcmp0(names[i], name != NULL ? name : names[0]) == 0) {
            *ret_order = i;
            return TRUE;
        }
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                _("there is no order '%s': choose date, number or filing"), name);
    return FALSE;
}

/* "CODE" to sort, "CODE #ID PLACE" to move one. */
static gboolean
parse_move(char *const *words, gint64 *ret_document, guint *ret_place, GError **error)
{
    guint64 place = 0;

    *ret_document = 0;
    if (words == NULL || words[1] == NULL)
        return TRUE;
    if (lt_cli_parse_id(words[1], FALSE, ret_document) && words[2] != NULL && words[3] == NULL &&
        g_ascii_string_to_unsigned(words[2], 10, 1, G_MAXUINT, &place, NULL)) {
        *ret_place = (guint)place;
        return TRUE;
    }
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                _("to move a document, write CODE id:12 and its new place, such as 3"));
    return FALSE;
}

LtExit
lt_command_dossier_order(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = NULL;
    g_autofree char *by = NULL;
    const GOptionEntry entries[] = {
        {"by", 0, 0, G_OPTION_ARG_STRING, &by, N_("date (default), number or filing"), N_("ORDER")},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, N_("CODE [#ID PLACE]")},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(LtStore) store = NULL;
    LtDossierOrder order;
    gint64 id, document;
    guint place = 0;

    if (!lt_cli_parse(cli, argv, entries, _("Sorts the documents of a dossier, or moves one."),
                      NULL, error) ||
        !parse_order(by, &order, error) || !parse_move(words, &document, &place, error))
        return LT_EXIT_USAGE;
    if (!lt_cli_dossier_open(cli, LT_STORE_WRITE, words, &store, &id, error) ||
        !(document != 0 ? lt_store_dossier_move(store, id, document, place, error)
                        : lt_store_dossier_sort(store, id, order, error)))
        return LT_EXIT_IO;
    return LT_EXIT_DONE;
}

LtExit
lt_command_dossier_export(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = NULL;
    const GOptionEntry entries[] = {
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, N_("CODE DIR")},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(LtStore) store = NULL;
    gint64 id;

    if (!lt_cli_parse(
            cli, argv, entries,
            _("Writes a dossier as a folder: originals, an index as CSV and XML, checksums."),
            _("'sha256sum -c SHA256SUMS' checks it; 'luutru import' reads it back in."), error))
        return LT_EXIT_USAGE;
    if (words != NULL && (words[1] == NULL || words[2] != NULL)) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'dossier export' wants a dossier and a folder that is not there yet"));
        return LT_EXIT_USAGE;
    }
    if (!lt_cli_dossier_open(cli, LT_STORE_READ, words, &store, &id, error) ||
        !lt_store_export_dossier(store, id, words[1], error))
        return LT_EXIT_IO;
    return LT_EXIT_DONE;
}

LtExit
lt_command_dossier_close(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = NULL;
    g_autofree char *by = NULL;
    gboolean reopen = FALSE;
    const GOptionEntry entries[] = {
        {"reopen", 0, 0, G_OPTION_ARG_NONE, &reopen, N_("open it again"), NULL},
        {"by", 0, 0, G_OPTION_ARG_STRING, &by, N_("who says so (the user's name)"), N_("NAME")},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, N_("CODE")},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(LtStore) store = NULL;
    gint64 id;

    if (!lt_cli_parse(cli, argv, entries, _("Ends a dossier: nothing in it is changed any more."),
                      NULL, error))
        return LT_EXIT_USAGE;
    if (!lt_cli_dossier_open(cli, LT_STORE_WRITE, words, &store, &id, error) ||
        !lt_store_dossier_close(store, id, reopen ? NULL : lt_cli_person(by), error))
        return LT_EXIT_IO;
    return LT_EXIT_DONE;
}
