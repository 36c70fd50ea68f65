/* Values that a person types, in the form in which the archive keeps them. */
#include "store/private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_YEAR 1900u
#define LAST_YEAR 2100u

static gboolean
fail(LtFieldId field, const char *typed, const char *wanted, GError **error)
{
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID, _("'%s' is no value for '%s': %s"),
                typed, lt_field_name(field), wanted);
    return FALSE;
}

char *
lt_value_line(const char *what, const char *typed, GError **error)
{
    g_autofree char *lines = lt_text_canonical(typed);
    g_autofree char *line = NULL;

    g_strdelimit(lines, "\n", ' ');
    line = lt_text_canonical(lines); /* several line ends were several blanks */
    if (line[0] == '\0') {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID, _("'%s' is empty"), what);
        return NULL;
    }
    if (g_utf8_strlen(line, -1) > (glong)LT_VALUE_MAX) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("'%s' is too long: it takes at most %u signs"), what, LT_VALUE_MAX);
        return NULL;
    }
    return g_steal_pointer(&line);
}

static gboolean
is_notation(const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (!g_unichar_isalnum(g_utf8_get_char(p)) && strchr("/-.&+_,", *p) == NULL)
            return FALSE;
    return text[0] != '\0';
}

/* Digits, perhaps a letter ("05a"), then the notation after a stroke, or after a dash as the Party
 * writes it. */
gboolean
lt_value_split_number(const char *number, char **ret_code, char **ret_notation)
{
    gsize digits = strspn(number, "0123456789");
    const char *rest = number + digits;

    if (digits == 0)
        return FALSE;
    if (g_unichar_isalpha(g_utf8_get_char(rest)))
        rest = g_utf8_next_char(rest);
    if (rest[0] != '\0' && ((rest[0] != '/' && rest[0] != '-') || !is_notation(rest + 1)))
        return FALSE;
    *ret_code = g_strndup(number, (gsize)(rest - number));
    *ret_notation = rest[0] != '\0' ? g_strdup(rest + 1) : NULL;
    return TRUE;
}

static char *
dup_without_blanks(const char *line)
{
    GString *kept = g_string_new(line);

    g_string_replace(kept, " ", "", 0);
    return g_string_free(kept, FALSE);
}

static char *
normalise_number(LtFieldId field, const char *line, GError **error)
{
    g_autofree char *number = dup_without_blanks(line);
    g_autofree char *code = NULL;
    g_autofree char *notation = NULL;

    if (lt_value_split_number(number, &code, &notation))
        return g_steal_pointer(&number);
    fail(field, line, _("write it as on the document, such as 1758/STTTT-TTBCXB"), error);
    return NULL;
}

static char *
normalise_notation(LtFieldId field, const char *line, GError **error)
{
    g_autofree char *notation = dup_without_blanks(line);

    if (is_notation(notation))
        return g_steal_pointer(&notation);
    fail(field, line, _("write it as on the document, such as STTTT-TTBCXB"), error);
    return NULL;
}

static gboolean
is_digits(const char *text, gsize least, gsize most)
{
    gsize length = strspn(text, "0123456789");

    return text[length] == '\0' && length >= least && length <= most;
}

/* Year first, or day first; the year always in full. */
static char *
normalise_day(LtFieldId field, const char *line, GError **error)
{
    g_auto(GStrv) parts = g_strsplit_set(line, "-/.", 4);
    gboolean three = g_strv_length(parts) == 3;
    gboolean year_first = three && is_digits(parts[0], 4, 4);

    if (three && is_digits(parts[1], 1, 2) && is_digits(parts[year_first ? 2 : 0], 1, 2) &&
        is_digits(parts[year_first ? 0 : 2], 4, 4)) {
        guint year = (guint)g_ascii_strtoull(parts[year_first ? 0 : 2], NULL, 10);
        guint month = (guint)g_ascii_strtoull(parts[1], NULL, 10);
        guint day = (guint)g_ascii_strtoull(parts[year_first ? 2 : 0], NULL, 10);
        if (year >= FIRST_YEAR && year <= LAST_YEAR &&
            g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
            return g_strdup_printf("%04u-%02u-%02u", year, month, day);
    }
    fail(field, line, _("write a day of the calendar as 2023-09-18 or 18/09/2023"), error);
    return NULL;
}

/* The name in the list that is the same but for marks and capitals. */
static char *
choose(LtFieldId field, const char *line, const char *const *names, GError **error)
{
    g_autofree char *key = lt_words_key(line);
    g_autofree char *all = NULL;

    for (guint i = 0; names[i] != NULL; i++) {
        g_autofree char *name = lt_words_key(names[i]);
        if (strcmp(name, key) == 0)
            return g_strdup(names[i]);
    }
    all = g_strjoinv(", ", (char **)names);
    fail(field, line, all, error);
    return NULL;
}

static char *
normalise_urgency(LtFieldId field, const char *line, GError **error)
{
    static const char *const names[] = {"KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", NULL};

    return choose(field, line, names, error);
}

static char *
normalise_secrecy(LtFieldId field, const char *line, GError **error)
{
    static const char *const names[] = {"MẬT", "TỐI MẬT", "TUYỆT MẬT", NULL};

    return choose(field, line, names, error);
}

static char *
refuse_code(LtFieldId field, const char *line, GError **error)
{
    fail(field, line, _("it follows from 'number': give that"), error);
    return NULL;
}

char *
lt_value_normalise(LtFieldId field, const char *typed, GError **error)
{
    static char *(*const forms[LT_N_FIELDS])(LtFieldId field, const char *line, GError **error) = {
        [LT_FIELD_NUMBER] = normalise_number,          [LT_FIELD_CODE_NUMBER] = refuse_code,
        [LT_FIELD_CODE_NOTATION] = normalise_notation, [LT_FIELD_ISSUED_DATE] = normalise_day,
        [LT_FIELD_URGENCY] = normalise_urgency,        [LT_FIELD_SECRECY] = normalise_secrecy,
    };
    g_autofree char *line = lt_value_line(lt_field_name(field), typed, error);

    if (line == NULL || forms[field] == NULL)
        return g_steal_pointer(&line);
    return forms[field](field, line, error);
}
