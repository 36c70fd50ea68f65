/* Options that commands share, and values of options. */
#include "cli/cli.h"

#include <string.h>

gboolean
lt_cli_parse(LtCli *cli, char **argv, const GOptionEntry *entries, const char *summary,
             const char *notes, GError **error)
{
    g_autofree char *archive = NULL;
    const GOptionEntry shared[] = {
        {"archive", 0, 0, G_OPTION_ARG_FILENAME, &archive, N_("the archive's folder"), N_("DIR")},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_auto(GStrv) arguments = g_strdupv(argv);

    g_option_context_add_main_entries(context, entries, GETTEXT_PACKAGE);
    g_option_context_add_main_entries(context, shared, GETTEXT_PACKAGE);
    g_option_context_set_translation_domain(context, GETTEXT_PACKAGE);
    g_option_context_set_summary(context, summary);
    g_option_context_set_description(context, notes);
    if (!g_option_context_parse_strv(context, &arguments, error))
        return FALSE;
    if (archive != NULL) {
        g_free(cli->archive);
        cli->archive = g_steal_pointer(&archive);
    }
    return TRUE;
}

char *
lt_cli_archive(const LtCli *cli)
{
    const char *environment = g_getenv("LUUTRU_ARCHIVE");

    if (cli->archive != NULL)
        return g_strdup(cli->archive);
    if (environment != NULL && *environment != '\0')
        return g_strdup(environment);
    return g_build_filename(g_get_user_data_dir(), "luutru", NULL);
}

LtStore *
lt_cli_open(const LtCli *cli, LtStoreMode mode, GError **error)
{
    g_autofree char *archive = lt_cli_archive(cli);

    /* An unset variable in a script must not make an archive of the folder where it runs. */
    if (*archive == '\0') {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("--archive wants a folder"));
        return NULL;
    }
    return lt_store_open(archive, mode, error);
}

gboolean
lt_cli_parse_id(const char *text, gboolean bare, gint64 *ret_id)
{
    gint64 id;

    if (g_str_has_prefix(text, "id:"))
        text += strlen("id:");
    else if (*text == '#')
        text++;
    else if (!bare)
        return FALSE;
    if (!g_ascii_isdigit(*text) || !g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &id, NULL))
        return FALSE;
    *ret_id = id;
    return TRUE;
}

typedef struct {
    const char *pattern;
    guint year, month, day; /* which group of the pattern, 0: none */
} DayForm;

static const DayForm DAY_FORMS[] = {
    {"^(\\d{4})-(\\d{1,2})-(\\d{1,2})$", 1, 2, 3},
    {"^(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4})$", 3, 2, 1},
    {"^(\\d{4})-(\\d{1,2})$", 1, 2, 0},
    {"^(\\d{1,2})[/.-](\\d{4})$", 2, 1, 0},
    {"^(\\d{4})$", 1, 0, 0},
};

static guint
group_number(const GMatchInfo *match, guint group, guint otherwise)
{
    g_autofree char *digits = NULL;

    if (group == 0)
        return otherwise;
    digits = g_match_info_fetch(match, (gint)group);
    return (guint)g_ascii_strtoull(digits, NULL, 10);
}

static gboolean
fill_day(const DayForm *form, const GMatchInfo *match, gboolean last, char **ret_day)
{
    guint year = group_number(match, form->year, 0);
    guint month = group_number(match, form->month, last ? 12 : 1);
    guint day;

    if (year < 1 || year > 9999 || month < 1 || month > 12)
        return FALSE;
    day = group_number(match, form->day,
                       last ? g_date_get_days_in_month((GDateMonth)month, (GDateYear)year) : 1);
    if (day > 31 || !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return FALSE;
    *ret_day = g_strdup_printf("%04u-%02u-%02u", year, month, day);
    return TRUE;
}

gboolean
lt_cli_parse_day(const char *option, const char *text, gboolean last, char **ret_day,
                 GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(DAY_FORMS); i++) {
        g_autoptr(GRegex) regex = g_regex_new(DAY_FORMS[i].pattern, 0, 0, NULL);
        g_autoptr(GMatchInfo) match = NULL;
        if (g_regex_match(regex, text, 0, &match) && fill_day(&DAY_FORMS[i], match, last, ret_day))
            return TRUE;
    }
    g_set_error(
        error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
        _("'%s' of %s is not a date: write 2023-09-18, 18/09/2023, 2023-09, 09/2023 or 2023"), text,
        option);
    return FALSE;
}

const char *
lt_cli_person(const char *by)
{
    return by != NULL ? by : g_get_user_name();
}

gboolean
lt_cli_check_range(const char *option, int value, int most, GError **error)
{
    if (value >= 0 && value <= most)
        return TRUE;
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("%s takes a number from 0 to %d"),
                option, most);
    return FALSE;
}
