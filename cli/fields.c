/* luutru fields: the field readers on plain text, pages parted by form feeds. */
#include "cli/cli.h"

#include <errno.h>
#include <string.h>

#include "cli/record.h"
#include "ocr/ocr.h"

#define MAX_TEXT (64u << 20) /* bytes */

static gboolean
fail_read(const char *path, GError **error)
{
    int code = errno;

    g_set_error(error, G_FILE_ERROR, (gint)g_file_error_from_errno(code), _("cannot read '%s': %s"),
                path, g_strerror(code));
    return FALSE;
}

static gboolean
read_all(FILE *in, const char *path, GString *text, GError **error)
{
    char block[16384];
    gsize got;

    while ((got = fread(block, 1, sizeof block, in)) > 0) {
        g_string_append_len(text, block, (gssize)got);
        if (text->len <= MAX_TEXT)
            continue;
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
                    _("'%s' holds more than %u MiB of text"), path, MAX_TEXT >> 20);
        return FALSE;
    }
    return !ferror(in) || fail_read(path, error);
}

static char *
read_text(const char *path, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean is_standard = strcmp(path, "-") == 0;
    FILE *in = is_standard ? stdin : fopen(path, "re");
    gboolean done;

    if (in == NULL) {
        fail_read(path, error);
        return NULL;
    }
    done = read_all(in, path, text, error);
    if (!is_standard)
        fclose(in);
    return done ? g_utf8_make_valid(text->str, (gssize)text->len) : NULL;
}

LtExit
lt_command_fields(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) paths = NULL;
    gboolean json = FALSE;
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("one JSON object"), NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, N_("FILE|-")},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(LtRecord) record = lt_record_new();
    g_autoptr(LtRules) rules = NULL;
    g_autofree char *text = NULL;
    g_auto(GStrv) parts = NULL;

    if (!lt_cli_parse(cli, argv, entries, _("Reads number, date, issuer and more from plain text."),
                      _("'-' is standard input. A form feed parts pages. Needs no archive."),
                      error))
        return LT_EXIT_USAGE;
    if (paths == NULL || paths[1] != NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'fields' wants one file, or '-'"));
        return LT_EXIT_USAGE;
    }
    rules = lt_cli_archive_rules(cli, error);
    text = rules != NULL ? read_text(paths[0], error) : NULL;
    if (text == NULL)
        return LT_EXIT_IO;
    parts = g_strsplit(text, "\f", LT_OCR_MAX_PAGES);
    for (guint i = 0; parts[i] != NULL; i++)
        g_ptr_array_add(record->pages, lt_page_new_from_text(i + 1, parts[i]));
    record->page_count = record->pages->len;
    lt_fields_read(rules, record->pages, record);
    if (json) {
        g_autofree char *line = lt_record_to_json(record, FALSE);
        puts(line);
    } else {
        lt_record_print(record, NULL, NULL);
    }
    return LT_EXIT_DONE;
}
