/* luutru correct: what a person says a field is. */
#include "cli/cli.h"

#include <string.h>

#include "cli/record.h"

#define USUAL_CHANGES 16u

typedef struct {
    char **words;
    char *by, *samples;
    int if_revision;
    gboolean accept, json;
} Options;

static void
options_clear(Options *options)
{
    g_strfreev(options->words);
    g_free(options->by);
    g_free(options->samples);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* "number=1/X" or, with --accept, "number". Cuts the word in two. */
static gboolean
take_change(char *word, gboolean accept, LtChange *ret_change, GError **error)
{
    char *equals = strchr(word, '=');

    if (equals == NULL && !accept) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'%s' says no value: write %s=VALUE, or --accept where the value is right"),
                    word, word);
        return FALSE;
    }
    if (equals != NULL)
        *equals++ = '\0';
    *ret_change = (LtChange){word, equals};
    return TRUE;
}

static GArray *
take_changes(const Options *options, GError **error)
{
    g_autoptr(GArray) changes = g_array_sized_new(FALSE, FALSE, sizeof(LtChange), USUAL_CHANGES);

    for (char **word = options->words + 1; *word != NULL; word++) {
        LtChange change;
        if (!take_change(*word, options->accept, &change, error))
            return NULL;
        g_array_append_val(changes, change);
    }
    return g_steal_pointer(&changes);
}

static gboolean
check_options(const Options *options, gint64 *ret_id, GError **error)
{
    if (options->words == NULL || options->words[1] == NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'correct' wants a document, such as id:12, and FIELD=VALUE"));
        return FALSE;
    }
    if (!lt_cli_parse_id(options->words[0], TRUE, ret_id)) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'%s' is no id: write '#12' in quotes, or id:12"), options->words[0]);
        return FALSE;
    }
    if (options->if_revision < 0) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--if-revision takes the revision that 'show' tells"));
        return FALSE;
    }
    return TRUE;
}

static void
print_corrections(const LtRecord *record)
{
    for (guint i = 0; i < record->corrections->len; i++) {
        const LtCorrection *correction = g_ptr_array_index(record->corrections, i);
        g_autofree char *line = NULL;
        if (correction->revision != record->revision)
            continue;
        line = lt_record_correction(correction);
        printf("%s\n", line);
    }
    printf(_("Document #%" PRId64 " is at revision %u"), record->id, record->revision);
    if (record->doubts->len > 0)
        printf(ngettext("; %u doubt is left", "; %u doubts are left", record->doubts->len),
               record->doubts->len);
    putchar('\n');
}

static gboolean
has_new_secrecy(const LtRecord *record)
{
    for (guint i = 0; i < record->corrections->len; i++) {
        const LtCorrection *correction = g_ptr_array_index(record->corrections, i);
        if (correction->revision == record->revision && correction->new_value != NULL &&
            strcmp(correction->field, lt_field_name(LT_FIELD_SECRECY)) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean
changes_issuer(const GArray *changes)
{
    for (guint i = 0; i < changes->len; i++)
        if (strcmp(g_array_index(changes, LtChange, i).field, lt_field_name(LT_FIELD_ISSUER)) == 0)
            return TRUE;
    return FALSE;
}

static LtExit
run_correct(LtCli *cli, gint64 id, const Options *options, GError **error)
{
    g_autoptr(GArray) changes = take_changes(options, error);
    g_autoptr(LtStore) store = changes != NULL ? lt_cli_open(cli, LT_STORE_WRITE, error) : NULL;
    g_autoptr(LtRecord) record = NULL;
    g_autoptr(LtRules) rules = NULL;

    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    if (changes_issuer(changes) && (rules = lt_cli_archive_rules(cli, error)) == NULL)
        return LT_EXIT_IO;
    const LtAmendment amendment = {
        .changes = (const LtChange *)(void *)changes->data,
        .n_changes = changes->len,
        .by = lt_cli_person(options->by),
        .if_revision = (guint)options->if_revision,
        .identify = lt_agency_identify_issuer,
        .user_data = rules,
    };
    if (!lt_store_correct(store, id, &amendment, &record, error))
        return LT_EXIT_IO;
    if (options->json) {
        g_autofree char *json = lt_record_to_json(record, FALSE);
        puts(json);
    } else {
        print_corrections(record);
    }
    if (has_new_secrecy(record))
        fprintf(stderr,
                _("Its text stays in the archive and can be found: 'luutru remove id:%" PRId64
                  "' takes it out\n"),
                id);
    return LT_EXIT_DONE;
}

static LtExit
switch_samples(const LtCli *cli, const Options *options, GError **error)
{
    gboolean on = strcmp(options->samples, "on") == 0;
    g_autoptr(LtStore) store = NULL;

    if (options->words != NULL || (!on && strcmp(options->samples, "off") != 0)) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--samples takes 'on' or 'off', and stands alone"));
        return LT_EXIT_USAGE;
    }
    store = lt_cli_open(cli, LT_STORE_WRITE, error);
    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    return lt_store_keep_samples(store, on, error) ? LT_EXIT_DONE : LT_EXIT_IO;
}

LtExit
lt_command_correct(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"accept", 0, 0, G_OPTION_ARG_NONE, &options.accept,
         N_("the fields named without a value are right as they are"), NULL},
        {"by", 0, 0, G_OPTION_ARG_STRING, &options.by, N_("who says so (the user's name)"),
         N_("NAME")},
        {"if-revision", 0, 0, G_OPTION_ARG_INT, &options.if_revision,
         N_("only if the document is still at this revision"), "N"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("the document as one JSON object"),
         NULL},
        {"samples", 0, 0, G_OPTION_ARG_STRING, &options.samples,
         N_("from now on, keep handwriting that is put right to learn from, or none"),
         N_("on|off")},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.words, NULL,
         N_("#ID FIELD=VALUE…")},
        G_OPTION_ENTRY_NULL,
    };
    gint64 id;

    if (!lt_cli_parse(cli, argv, entries, _("Puts fields of a document right, all or none."),
                      _("FIELD is a key of 'show --json'; 'FIELD=' says that there is none. Days "
                        "are 2023-09-18 or 18/09/2023.\ncode_number and code_notation follow from "
                        "number. recipients and references are lists, "
                        "whole:\n'recipients=Như trên; Lưu: VT', 'references=20/CV-BCĐ, "
                        "5/9/2023, thực hiện; 7/TB-VP'.\n"
                        "'--accept document' answers doubts about the whole.\nThe old "
                        "value, who and when are kept, and reading again changes none of it."),
                      error))
        return LT_EXIT_USAGE;
    if (options.samples != NULL)
        return switch_samples(cli, &options, error);
    if (!check_options(&options, &id, error))
        return LT_EXIT_USAGE;
    return run_correct(cli, id, &options, error);
}
