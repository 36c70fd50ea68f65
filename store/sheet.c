#include "store/private.h"

#include <string.h>

void
lt_sheet_free(LtSheet *sheet)
{
    if (sheet == NULL)
        return;
    g_free(sheet->office);
    g_free(sheet->parent);
    g_ptr_array_unref(sheet->heads);
    g_ptr_array_unref(sheet->closing);
    g_ptr_array_unref(sheet->rows);
    g_free(sheet);
}

char *
lt_sheet_text(const LtSheet *sheet, guint row, guint column)
{
    char *const *values = g_ptr_array_index(sheet->rows, row);

    return sheet->columns[column].kind == LT_SHEET_DAY ? lt_metadata_day(values[column])
                                                       : g_strdup(values[column]);
}

GString *
lt_sheet_to_csv(const LtSheet *sheet)
{
    GString *csv = g_string_new(LT_CSV_MARK);

    for (guint c = 0; c < sheet->n_columns; c++) {
        g_string_append(csv, c > 0 ? "," : "");
        lt_csv_append(csv, sheet->columns[c].name);
    }
    g_string_append(csv, "\r\n");
    for (guint r = 0; r < sheet->rows->len; r++) {
        for (guint c = 0; c < sheet->n_columns; c++) {
            g_autofree char *text = lt_sheet_text(sheet, r, c);
            g_string_append(csv, c > 0 ? "," : "");
            lt_csv_append(csv, text);
        }
        g_string_append(csv, "\r\n");
    }
    return csv;
}

/* --- numbers in words --- */

static const char *const digits[] = {"không", "một", "hai", "ba",  "bốn",
                                     "năm",   "sáu", "bảy", "tám", "chín"};

static void
append_word(GString *words, const char *word)
{
    g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", word);
}

/* The unit after tens: mười một but hai mươi mốt, mười lăm, hai mươi lăm. */
static const char *
unit_after_tens(guint tens, guint unit)
{
    if (unit == 1 && tens > 1)
        return "mốt";
    return unit == 5 ? "lăm" : digits[unit];
}

/* A number below 1000; whole: hundreds are spoken though they are none. */
static void
append_hundreds(GString *words, guint number, gboolean whole)
{
    guint hundreds = number / 100, tens = number / 10 % 10, unit = number % 10;

    if (hundreds > 0 || whole) {
        append_word(words, digits[hundreds]);
        append_word(words, "trăm");
    }
    if (tens == 0 && unit > 0) {
        if (hundreds > 0 || whole)
            append_word(words, "linh");
        append_word(words, digits[unit]);
        return;
    }
    if (tens == 1)
        append_word(words, "mười");
    if (tens > 1) {
        append_word(words, digits[tens]);
        append_word(words, "mươi");
    }
    if (tens > 0 && unit > 0)
        append_word(words, unit_after_tens(tens, unit));
}

char *
lt_sheet_number_words(guint number)
{
    g_autoptr(GString) words = g_string_new(NULL);

    if (number == 0 || number > 999999)
        return number == 0 ? g_strdup(digits[0]) : g_strdup_printf("%u", number);
    if (number >= 1000) {
        append_hundreds(words, number / 1000, FALSE);
        append_word(words, "nghìn");
    }
    if (number % 1000 > 0)
        append_hundreds(words, number % 1000, number >= 1000);
    return g_string_free(g_steal_pointer(&words), FALSE);
}
