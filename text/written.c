#include "text/written.h"

#include <string.h>

#define HEAD_PIECES 6u /* part, kind, box */
#define MAX_TEXT 4096u /* bytes of a page's places */
#define SUM_MOST 1.01  /* of the probabilities as rounded */

static const char *const part_names[LT_WRITTEN_N_PARTS] = {
    [LT_WRITTEN_NUMBER] = "number",
    [LT_WRITTEN_DAY] = "day",
    [LT_WRITTEN_MONTH] = "month",
    [LT_WRITTEN_YEAR] = "year",
};

const char *
lt_written_part_name(LtWrittenPart part)
{
    g_return_val_if_fail((guint)part < LT_WRITTEN_N_PARTS, NULL);
    return part_names[part];
}

gboolean
lt_written_add(LtWritten *written, const char *text, double probability)
{
    gsize length = strlen(text);

    if (written->n_readings >= LT_WRITTEN_MAX_READINGS || length > LT_WRITTEN_MAX_LENGTH ||
        !(probability >= 0 && probability <= 1))
        return FALSE;
    for (const char *p = text; *p; p++)
        if (!g_ascii_isdigit(*p) && !g_ascii_islower(*p))
            return FALSE;
    LtWrittenReading *reading = &written->readings[written->n_readings++];
    memcpy(reading->text, text, length + 1);
    reading->probability = probability;
    return TRUE;
}

double
lt_written_probability(const LtWritten *written, const char *text)
{
    for (guint i = 0; i < written->n_readings; i++)
        if (strcmp(written->readings[i].text, text) == 0)
            return written->readings[i].probability;
    return 0;
}

static void
append_fraction(GString *text, double fraction)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append(text, g_ascii_formatd(number, sizeof number, "%.4f", fraction));
}

char *
lt_written_to_text(const GArray *written)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; written && i < written->len; i++) {
        const LtWritten *place = &g_array_index(written, LtWritten, i);
        const double box[] = {place->box.x0, place->box.y0, place->box.x1, place->box.y1};

        g_string_append_printf(text, "%s %s", part_names[place->part],
                               place->printed ? "print" : "ink");
        for (guint k = 0; k < G_N_ELEMENTS(box); k++) {
            g_string_append_c(text, ' ');
            append_fraction(text, CLAMP(box[k], 0, 1));
        }
        for (guint k = 0; k < place->n_readings; k++) {
            const LtWrittenReading *reading = &place->readings[k];

            g_string_append_printf(text, " %s=", *reading->text ? reading->text : "-");
            append_fraction(text, reading->probability);
        }
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

static gboolean
parse_fraction(const char *text, double *ret_fraction)
{
    char *end = NULL;

    *ret_fraction = g_ascii_isdigit(*text) ? g_ascii_strtod(text, &end) : -1;
    return *ret_fraction >= 0 && *ret_fraction <= 1 && *end == '\0';
}

static gboolean
parse_reading(const char *text, LtWritten *place)
{
    const char *equals = strchr(text, '=');
    double probability;

    if (!equals || equals == text || !parse_fraction(equals + 1, &probability))
        return FALSE;
    g_autofree char *reading = g_strndup(text, (gsize)(equals - text));
    return lt_written_add(place, strcmp(reading, "-") == 0 ? "" : reading, probability);
}

static gboolean
parse_head(char **pieces, LtWritten *place)
{
    double *const box[] = {&place->box.x0, &place->box.y0, &place->box.x1, &place->box.y1};
    guint part = 0;

    while (part < LT_WRITTEN_N_PARTS && strcmp(pieces[0], part_names[part]) != 0)
        part++;
    place->part = part;
    place->printed = strcmp(pieces[1], "print") == 0;
    if (part == LT_WRITTEN_N_PARTS || (!place->printed && strcmp(pieces[1], "ink") != 0))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(box); i++)
        if (!parse_fraction(pieces[2 + i], box[i]))
            return FALSE;
    return place->box.x0 <= place->box.x1 && place->box.y0 <= place->box.y1;
}

static gboolean
parse_place(const char *line, LtWritten *place)
{
    g_auto(GStrv) pieces = g_strsplit(line, " ", HEAD_PIECES + LT_WRITTEN_MAX_READINGS + 1);
    double sum = 0;

    if (g_strv_length(pieces) < HEAD_PIECES || !parse_head(pieces, place))
        return FALSE;
    for (char **piece = pieces + HEAD_PIECES; *piece; piece++)
        if (!parse_reading(*piece, place))
            return FALSE;
    for (guint i = 0; i < place->n_readings; i++)
        sum += place->readings[i].probability;
    return sum <= SUM_MOST;
}

gboolean
lt_written_from_text(const char *text, GArray **ret_written)
{
    g_autoptr(GArray) written = g_array_new(FALSE, FALSE, sizeof(LtWritten));
    gsize length = strnlen(text, MAX_TEXT + 1);
    guint seen = 0;

    *ret_written = NULL;
    if (length == 0)
        return TRUE;
    if (length > MAX_TEXT || text[length - 1] != '\n')
        return FALSE;
    g_auto(GStrv) lines = g_strsplit(text, "\n", LT_WRITTEN_N_PARTS + 2);
    for (char **line = lines; line[1]; line++) {
        LtWritten place = {0};

        if (!parse_place(*line, &place) || seen & 1u << place.part)
            return FALSE;
        seen |= 1u << place.part;
        g_array_append_val(written, place);
    }
    if (*lines[g_strv_length(lines) - 1])
        return FALSE;
    *ret_written = g_steal_pointer(&written);
    return TRUE;
}
