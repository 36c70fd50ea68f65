#include "ocr/expressions.h"

#include <string.h>

#include "text/text.h"

/* The worker may open no file by the time it reads, so the list is part of it: lines in the order of
 * their bytes. */
__asm__(".section .rodata\n"
        ".global lt_expressions_start\n"
        ".global lt_expressions_end\n"
        "lt_expressions_start:\n"
        ".incbin \"ocr/expressions.txt\"\n"
        "lt_expressions_end:\n"
        ".previous\n");
extern const char lt_expressions_start[], lt_expressions_end[];

char *
lt_expressions_key(const char *word)
{
    g_autofree char *canonical = lt_text_canonical(word);
    g_autofree char *level = lt_text_level(canonical);
    g_autoptr(GString) key = g_string_new(NULL);

    for (const char *p = level; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (g_unichar_isdigit(c))
            return g_strdup("");
        if (g_unichar_isalpha(c))
            g_string_append_unichar(key, c);
    }
    return g_strdup(key->str);
}

/* Less than 0 where the line that begins at start comes before the wanted one. */
static int
compare_line(const char *start, const char *end, const char *wanted)
{
    gsize length = (gsize)(end - start), n = strlen(wanted);
    int order = memcmp(start, wanted, MIN(length, n));

    return order ? order : (length > n) - (length < n);
}

static gboolean
has_line(const char *wanted)
{
    const char *low = lt_expressions_start, *high = lt_expressions_end; /* beginnings of lines */

    while (low < high) {
        const char *start = low + (high - low) / 2;
        const char *end;

        while (start > low && start[-1] != '\n')
            start--;
        end = memchr(start, '\n', (gsize)(lt_expressions_end - start));
        if (!end)
            return FALSE;
        int order = compare_line(start, end, wanted);
        if (order == 0)
            return TRUE;
        if (order < 0)
            low = end + 1;
        else
            high = start;
    }
    return FALSE;
}

gboolean
lt_expressions_has(const char *first, const char *second)
{
    g_autofree char *line = NULL;

    if (!*first || !*second)
        return FALSE;
    line = g_strconcat(first, " ", second, NULL);
    return has_line(line);
}
