/* luutru register: the registers of Decree 30/2020/NĐ-CP. */
#include "cli/cli.h"

#include <string.h>

#include "cli/find.h"
#include "cli/sheet.h"

typedef struct {
    char *format, *path, *dossier, *office, *parent;
    int year;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->format);
    g_free(options->path);
    g_free(options->dossier);
    g_free(options->office);
    g_free(options->parent);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* Cuts the first word, the register's name, off the query. */
static gboolean
take_kind(LtFind *find, LtRegisterKind *ret_kind, GError **error)
{
    char **words = find->words;
    g_autofree char *name = words != NULL ? words[0] : NULL;
    g_autoptr(GString) names = g_string_new(NULL);

    if (words != NULL)
        memmove(words, words + 1, (g_strv_length(words + 1) + 1) * sizeof *words);
    if (name != NULL && lt_register_from_name(name, ret_kind))
        return TRUE;
    for (guint i = 0; i < LT_REGISTER_N_KINDS; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", lt_register_name(i));
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                _("'register' wants one of these names: %s"), names->str);
    return FALSE;
}

static gboolean
check_options(const Options *options, const LtFind *find, LtRegisterKind kind, GError **error)
{
    if (options->year < 0 || options->year > 9999)
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--year wants a year, such as 2023"));
    else if (options->dossier != NULL && kind != LT_REGISTER_DOCUMENTS)
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("only 'muc-luc-van-ban' takes --dossier"));
    else if (options->dossier != NULL && !lt_find_is_empty(find))
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--dossier and a query exclude each other"));
    else if (kind == LT_REGISTER_DOSSIERS && !lt_find_is_empty(find))
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'muc-luc-ho-so' lists dossiers, not documents: it takes --year and no "
                      "query"));
    else
        return TRUE;
    return FALSE;
}

static void
say_left_out(const LtSheet *sheet, LtRegisterKind kind)
{
    if (sheet->secret > 0)
        fprintf(stderr,
                ngettext("%u document is marked secret and left out\n",
                         "%u documents are marked secret and left out\n", sheet->secret),
                sheet->secret);
    if (sheet->left_out == 0)
        return;
    if (kind == LT_REGISTER_INCOMING)
        fprintf(stderr,
                ngettext("%u document found is none of those that came in, and left out\n",
                         "%u documents found are none of those that came in, and left out\n",
                         sheet->left_out),
                sheet->left_out);
    else
        fprintf(stderr,
                ngettext("%u document found is none of those that went out, and left out\n",
                         "%u documents found are none of those that went out, and left out\n",
                         sheet->left_out),
                sheet->left_out);
}

static LtExit
run_register(LtCli *cli, const Options *options, LtRegisterRequest *request,
             const LtSheetFormat *format, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_READ, error);
    g_autoptr(LtSheet) sheet = NULL;
    LtOutput output = LT_OUTPUT_INIT;
    gboolean done;

    if (store == NULL ||
        (options->dossier != NULL &&
         !lt_store_find_dossier(store, options->dossier, &request->dossier, error)))
        return LT_EXIT_ARCHIVE;
    sheet = lt_store_register(store, request, error);
    if (sheet == NULL)
        return LT_EXIT_IO;
    done = lt_output_open(&output, options->path, error) && format->write(sheet, &output, error) &&
           lt_output_commit(&output, error);
    lt_output_clear(&output);
    if (!done)
        return LT_EXIT_IO;
    say_left_out(sheet, request->kind);
    if (options->path != NULL)
        fprintf(stderr, ngettext("%u row written\n", "%u rows written\n", sheet->rows->len),
                sheet->rows->len);
    return sheet->rows->len > 0 ? LT_EXIT_DONE : LT_EXIT_PARTLY;
}

LtExit
lt_command_register(LtCli *cli, char **argv, GError **error)
{
    g_auto(LtFind) find = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"format", 'f', 0, G_OPTION_ARG_STRING, &options.format, N_("csv (default), xlsx or pdf"),
         N_("FORMAT")},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.path, N_("write to this file"),
         N_("FILE")},
        {"dossier", 0, 0, G_OPTION_ARG_STRING, &options.dossier,
         N_("muc-luc-van-ban: of this dossier, in its order"), N_("CODE")},
        {"year", 0, 0, G_OPTION_ARG_INT, &options.year, N_("of this year alone"), N_("YEAR")},
        {"office", 0, 0, G_OPTION_ARG_STRING, &options.office,
         N_("whose register it is: it issued what went out, others what came in"), N_("NAME")},
        {"parent", 0, 0, G_OPTION_ARG_STRING, &options.parent,
         N_("the body above it, for the head of the page"), N_("NAME")},
        G_OPTION_ENTRY_NULL,
    };
    const LtSheetFormat *format;
    LtRegisterKind kind;
    LtSearch search;

    if (!lt_find_parse(&find, cli, argv, entries,
                       _("Writes a register as Decree 30/2020/NĐ-CP prescribes it: "
                         "muc-luc-van-ban, muc-luc-ho-so, so-van-ban-den or so-van-ban-di."),
                       error) ||
        !take_kind(&find, &kind, error) || !check_options(&options, &find, kind, error) ||
        !lt_find_exactly(&find, &search, error))
        return LT_EXIT_USAGE;
    format = lt_sheet_format(options.format, options.path, error);
    if (format == NULL)
        return LT_EXIT_USAGE;
    LtRegisterRequest request = {.kind = kind,
                                 .search = &search,
                                 .year = (guint)options.year,
                                 .office = options.office,
                                 .parent = options.parent};
    return run_register(cli, &options, &request, format, error);
}
