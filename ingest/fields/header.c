/* The zones of a document: its lines, the letterhead with title and subject, where the body begins.
 */
#include <string.h>

#include "ingest/fields/reading.h"

#define HEAD_PAGES 3u     /* a letterhead stands on one of the first pages */
#define LINES_OF_HEAD 16u /* of the first page, that show a letterhead */
#define CUT_ROWS 40u      /* rows of a page that may hold both columns of a letterhead */
#define ARRIVAL_LINES 8u  /* lines of an arrival stamp */
#define MOSTLY_CAPITALS 0.75
#define SOME_CAPITALS 0.4
#define SUBJECT_LINES 8u /* that a subject may take */
/* Value of the openers that begin a text as well as a subject. */
#define OPENS_EITHER "either"
#define MOTTO_INDENT 4u /* code points of noise before a motto that begins its line */

static void
line_free(gpointer data)
{
    LtLine *line = data;
    g_free(line->text);
    g_free(line->fold);
    g_free(line);
}

static void
add_line(LtReading *reading, guint page, guint first, guint n, guint start, char *text)
{
    const LtPage *source = g_ptr_array_index(reading->pages, page);
    LtLine *line = g_new0(LtLine, 1);
    line->index = reading->lines->len;
    line->page = page;
    line->row = source->words[first].line;
    line->first = first;
    line->n = n;
    line->start = start;
    line->text = text;
    line->fold = lt_text_fold(text);
    line->box = lt_page_words_box(source, first, n);
    g_ptr_array_add(reading->lines, line);
}

static gboolean
is_capital_motto(const LtMatch *match)
{
    g_autofree char *value = lt_match_dup(match, "value");
    guint letters;
    return !value || lt_text_capitals(value, &letters) > SOME_CAPITALS ||
           g_unichar_toupper(g_utf8_get_char(value)) == 0x0110;
}

/* Whether a match of the nation's name or motto may be the letterhead's own. Texts and subjects write them too, in small
 * letters and among other words. */
static gboolean
is_motto(const LtMatch *match)
{
    guint start = 0, end = 0;
    lt_match_range(match, "value", &start, &end);
    return start < MOTTO_INDENT || is_capital_motto(match);
}

/* How many words of a row stand in its left column: all, unless the right column's motto or date
 * follows on the same row, as plain text has it. */
static guint
words_before_column(const LtReading *reading, const LtPage *page, guint first, guint n,
                    const char *text)
{
    g_autofree char *fold = lt_text_fold(text);
    g_auto(LtMatch) match = LT_MATCH_INIT;
    guint start = 0, end = 0;
    if (lt_rules_match(reading->rules, LT_RULE_MOTTO, text, fold, &match) && is_motto(&match)) {
        if (!lt_match_range(&match, "value", &start, &end) || start == 0)
            return n;
        for (guint i = 1; i < n; i++)
            if (page->words[first + i].start - page->words[first].start >= start)
                return i;
        return n;
    }
    if (!strstr(fold, "nam ") || !strstr(fold, "ng") || n > 30)
        return n;
    for (guint i = 1; i < n; i++) {
        guint at = page->words[first + i].start - page->words[first].start;
        g_autofree char *left = lt_text_slice(text, 0, at - 1);
        g_autofree char *left_fold = lt_text_fold(left);
        const char *right = g_utf8_offset_to_pointer(text, (glong)at);
        const char *right_fold = g_utf8_offset_to_pointer(fold, (glong)at);
        if (lt_rules_fits(reading->rules, LT_RULE_NUMBER, left, left_fold) &&
            lt_rules_fits(reading->rules, LT_RULE_DATE, right, right_fold))
            return i;
    }
    return n;
}

static void
add_row(LtReading *reading, guint index, guint first, guint n, const char *text, gsize bytes)
{
    const LtPage *page = g_ptr_array_index(reading->pages, index);
    g_autofree char *whole = g_strndup(text, bytes);
    guint start = page->words[first].start;
    gboolean may_hold_columns = index < HEAD_PAGES && page->words[first].line < CUT_ROWS;
    guint left = may_hold_columns ? words_before_column(reading, page, first, n, whole) : n;
    if (left == n) {
        add_line(reading, index, first, n, start, g_steal_pointer(&whole));
        return;
    }
    guint cut = page->words[first + left].start - start;
    add_line(reading, index, first, left, start, lt_text_slice(whole, 0, cut - 1));
    add_line(reading, index, first + left, n - left, start + cut,
             g_strdup(g_utf8_offset_to_pointer(whole, (glong)cut)));
}

/* How many of n words fit into one line; a paragraph without line ends is parted. */
static guint
words_of_line(const LtPage *page, guint first, guint n)
{
    guint fit = 1;
    while (fit < n && page->words[first + fit].start + page->words[first + fit].length -
                              page->words[first].start <=
                          LT_RULES_MAX_LINE)
        fit++;
    return fit;
}

/* text: the row's first word and what follows. */
static void
add_rows(LtReading *reading, guint index, guint first, guint n, const char *text)
{
    const LtPage *page = g_ptr_array_index(reading->pages, index);
    for (guint done = 0; done < n;) {
        const LtWord *from = &page->words[first + done];
        guint fit = words_of_line(page, first + done, n - done);
        const LtWord *last = &page->words[first + done + fit - 1];
        guint length = MIN(last->start + last->length - from->start, LT_RULES_MAX_LINE);
        const char *end = g_utf8_offset_to_pointer(text, (glong)length);
        add_row(reading, index, first + done, fit, text, (gsize)(end - text));
        done += fit;
        if (done < n)
            text = g_utf8_offset_to_pointer(text, (glong)(last[1].start - from->start));
    }
}

static void
add_page(LtReading *reading, guint index)
{
    const LtPage *page = g_ptr_array_index(reading->pages, index);
    const char *text = page->text;
    for (guint first = 0; first < page->n_words && reading->lines->len < LT_READING_MAX_LINES;) {
        guint n = 1;
        while (first + n < page->n_words && page->words[first + n].line == page->words[first].line)
            n++;
        add_rows(reading, index, first, n, text);
        text += strcspn(text, "\n");
        text += *text == '\n';
        first += n;
    }
}

static gboolean
page_has_boxes(const LtPage *page)
{
    for (guint i = 0; i < page->n_words; i++)
        if (page->words[i].box.x1 > page->words[i].box.x0 &&
            page->words[i].box.y1 > page->words[i].box.y0)
            return TRUE;
    return FALSE;
}

static double
centre(double a, double b)
{
    return (a + b) / 2;
}

gboolean
lt_line_above(const LtReading *reading, const LtLine *a, const LtLine *b)
{
    if (a->page != b->page)
        return a->page < b->page;
    if (!reading->boxes)
        return a->index < b->index;
    return centre(a->box.y0, a->box.y1) < centre(b->box.y0, b->box.y1) - 0.003;
}

gboolean
lt_line_under(const LtReading *reading, const LtLine *a, const LtLine *b)
{
    if (a->page != b->page || a == b)
        return FALSE;
    if (!reading->boxes)
        return b->index > a->index;
    double height = CLAMP(a->box.y1 - a->box.y0, 0.008, 0.022);
    double step = centre(b->box.y0, b->box.y1) - centre(a->box.y0, a->box.y1);
    return step > height * 0.4 && step < height * 2.6 && b->box.x0 < a->box.x1 &&
           b->box.x1 > a->box.x0;
}

static int
higher_first(gconstpointer a, gconstpointer b)
{
    const LtLine *x = *(LtLine *const *)a, *y = *(LtLine *const *)b;
    double p = centre(x->box.y0, x->box.y1), q = centre(y->box.y0, y->box.y1);
    if (p != q)
        return p < q ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static gboolean
fits(const LtReading *reading, LtRuleKind kind, const LtLine *line)
{
    return lt_rules_fits(reading->rules, kind, line->text, line->fold);
}

/* Whether the first page has a letterhead though no line of it is read as the nation's name: a number stands at its top,
 * and a date or what opens a letter. */
static gboolean
begins_with_head(const LtReading *reading)
{
    gboolean number = FALSE, date = FALSE, letter = FALSE;
    for (guint i = 0; i < MIN(reading->lines->len, LINES_OF_HEAD); i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        if (line->page)
            break;
        number = number || fits(reading, LT_RULE_NUMBER, line);
        date = date || fits(reading, LT_RULE_DATE, line);
        letter = letter || fits(reading, LT_RULE_TO, line) || fits(reading, LT_RULE_SUBJECT, line);
    }
    return number && (date || letter);
}

/* The first page, or the first of the first few that carries the nation's or the Party's name. */
static guint
find_head_page(const LtReading *reading)
{
    if (begins_with_head(reading))
        return 0;
    for (guint i = 0; i < reading->lines->len; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        if (line->page >= HEAD_PAGES)
            break;
        if (fits(reading, LT_RULE_MOTTO, line))
            return line->page;
    }
    return 0;
}

static GPtrArray *
lines_of_page(const LtReading *reading, guint page)
{
    GPtrArray *lines = g_ptr_array_new();
    for (guint i = 0; i < reading->lines->len; i++) {
        LtLine *line = g_ptr_array_index(reading->lines, i);
        if (line->page == page)
            g_ptr_array_add(lines, line);
    }
    if (reading->boxes)
        g_ptr_array_sort(lines, higher_first);
    return lines;
}

static gboolean
opens_body(const LtReading *reading, const LtLine *line)
{
    if (line->zone != LT_ZONE_BODY || !fits(reading, LT_RULE_OPENER, line) ||
        fits(reading, LT_RULE_DATE, line))
        return FALSE;
    /* A line within the left column goes on with the subject there. */
    return !reading->boxes || line->box.x1 > 0.55 || fits(reading, LT_RULE_TO, line);
}

/* Whether the head has this line of the letterhead in capitals: one in small letters is then a subject's. */
static gboolean
has_capital_motto(const LtReading *reading, GPtrArray *lines, const LtRule *rule)
{
    for (guint i = 0; i < MIN(lines->len, LT_READING_HEAD_LINES); i++) {
        const LtLine *line = g_ptr_array_index(lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (lt_rules_match(reading->rules, LT_RULE_MOTTO, line->text, line->fold, &match) &&
            match.rule == rule && is_capital_motto(&match))
            return TRUE;
    }
    return FALSE;
}

/* Marks what the head's own text does not hold. Once the motto is there, the body's first words end
 * the search: laws cite the nation's name too. */
static void
mark_mottos(LtReading *reading, GPtrArray *lines)
{
    gboolean found = FALSE;
    for (guint i = 0; i < MIN(lines->len, LT_READING_HEAD_LINES); i++) {
        LtLine *line = g_ptr_array_index(lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (line->zone == LT_ZONE_ASIDE || fits(reading, LT_RULE_ASIDE, line))
            line->zone = LT_ZONE_ASIDE;
        else if (lt_rules_match(reading->rules, LT_RULE_MOTTO, line->text, line->fold, &match) &&
                 is_motto(&match) &&
                 (is_capital_motto(&match) || !has_capital_motto(reading, lines, match.rule))) {
            line->zone = LT_ZONE_MOTTO;
            found = TRUE;
            reading->party = reading->party || g_strcmp0(match.rule->value, "party") == 0;
        } else if (found && opens_body(reading, line))
            return;
    }
}

/* The name of the agency that received the document stands above ĐẾN; it is not the issuer, if the
 * letterhead names another. */
static void
mark_receiver(const LtReading *reading, GPtrArray *lines, guint stamp)
{
    LtLine *above = stamp > 0 ? g_ptr_array_index(lines, stamp - 1) : NULL;
    if (!above || above->zone != LT_ZONE_BODY || !lt_issuer_level(reading->rules, above->fold))
        return;
    for (guint i = 0; i < MIN(lines->len, LT_READING_HEAD_LINES); i++) {
        const LtLine *other = g_ptr_array_index(lines, i);
        if (other != above && other->zone == LT_ZONE_BODY &&
            lt_text_capitals(other->text, NULL) > MOSTLY_CAPITALS &&
            lt_issuer_level(reading->rules, other->fold)) {
            above->zone = LT_ZONE_ASIDE;
            return;
        }
    }
}

static void
mark_arrival(const LtReading *reading, GPtrArray *lines)
{
    for (guint i = 0; i < MIN(lines->len, LT_READING_HEAD_LINES); i++) {
        LtLine *stamp = g_ptr_array_index(lines, i);
        if (stamp->zone != LT_ZONE_BODY || !fits(reading, LT_RULE_ARRIVAL, stamp))
            continue;
        mark_receiver(reading, lines, i);
        stamp->zone = LT_ZONE_ASIDE;
        stamp->mark = LT_MARK_ARRIVAL;
        for (guint j = i + 1; j < MIN(lines->len, i + ARRIVAL_LINES); j++) {
            LtLine *line = g_ptr_array_index(lines, j);
            if (line->zone == LT_ZONE_BODY && fits(reading, LT_RULE_ARRIVAL_LINE, line) &&
                !fits(reading, LT_RULE_NUMBER, line) && !fits(reading, LT_RULE_DATE, line)) {
                line->zone = LT_ZONE_ASIDE;
                line->mark = LT_MARK_ARRIVAL;
            }
        }
    }
}

/* What recognition of the page already knows to be a signature's appearance, or a stamp. */
static void
mark_signatures(const LtReading *reading)
{
    for (guint i = 0; i < reading->lines->len; i++) {
        LtLine *line = g_ptr_array_index(reading->lines, i);
        const LtPage *page = g_ptr_array_index(reading->pages, line->page);
        guint16 zone = page->words[line->first].zone;
        if (zone == LT_PAGE_ZONE_SIGNATURE || zone == LT_PAGE_ZONE_STAMP)
            line->zone = LT_ZONE_ASIDE;
        if (zone == LT_PAGE_ZONE_SIGNATURE)
            line->mark = LT_MARK_SIGNATURE;
    }
}

/* Below the letterhead, and on the other pages. */
static void
mark_asides(const LtReading *reading)
{
    for (guint i = 0; i < reading->lines->len; i++) {
        LtLine *line = g_ptr_array_index(reading->lines, i);
        if (line->zone == LT_ZONE_BODY && fits(reading, LT_RULE_ASIDE, line))
            line->zone = LT_ZONE_ASIDE;
    }
}

/* "Thực hiện Nghị quyết …" right below KẾ HOẠCH is its subject and no text yet, where the text's own first
 * words follow before a sentence ends. */
static gboolean
opens_subject(const LtReading *reading, GPtrArray *lines, guint at)
{
    const LtLine *line = g_ptr_array_index(lines, at), *title = NULL;
    g_auto(LtMatch) match = LT_MATCH_INIT;
    for (guint i = at; i > 0 && !title; i--) {
        const LtLine *above = g_ptr_array_index(lines, i - 1);
        if (above->zone == LT_ZONE_HEAD)
            title = above;
    }
    if (!title || !lt_line_is_title(reading, title) ||
        !lt_rules_match(reading->rules, LT_RULE_OPENER, line->text, line->fold, &match) ||
        g_strcmp0(match.rule->value, OPENS_EITHER) != 0)
        return FALSE;
    for (guint i = at; i + 1 < MIN(lines->len, at + SUBJECT_LINES); i++) {
        const LtLine *next = g_ptr_array_index(lines, i + 1);
        const LtLine *last = g_ptr_array_index(lines, i);
        if (fits(reading, LT_RULE_AUTHORITY, next))
            return TRUE;
        if (strchr(".;:", last->text[strlen(last->text) - 1]))
            return FALSE;
        if (opens_body(reading, next))
            return TRUE;
    }
    return FALSE;
}

/* A text whose beginning no rule knows has its end at least: Nơi nhận, or for whom it is signed. */
static gboolean
ends_body(const LtReading *reading, const LtLine *line)
{
    return line->zone == LT_ZONE_BODY &&
           (fits(reading, LT_RULE_RECIPIENTS, line) || fits(reading, LT_RULE_SIGNS_FOR, line));
}

/* Where no line opens the text, the title of who signs still ends it. */
static gboolean
is_signed_unopened(const LtReading *reading, GPtrArray *lines, guint first, guint at)
{
    if (at <= first || !lt_line_is_post(reading, g_ptr_array_index(lines, at)))
        return FALSE;
    for (guint i = at; i < MIN(lines->len, LT_READING_HEAD_LINES); i++)
        if (opens_body(reading, g_ptr_array_index(lines, i)))
            return FALSE;
    return TRUE;
}

static void
collect_head(LtReading *reading, GPtrArray *lines)
{
    guint first = 0;
    for (guint i = 0; i < MIN(lines->len, LT_READING_HEAD_LINES); i++) {
        const LtLine *line = g_ptr_array_index(lines, i);
        if (line->zone == LT_ZONE_MOTTO)
            first = i + 1;
    }
    for (guint i = 0; i < lines->len && reading->head->len < LT_READING_HEAD_LINES; i++) {
        LtLine *line = g_ptr_array_index(lines, i);
        if (i >= first && opens_body(reading, line) && !opens_subject(reading, lines, i)) {
            reading->body_line = line;
            return;
        }
        if ((i > first && ends_body(reading, line)) || is_signed_unopened(reading, lines, first, i))
            return;
        if (line->zone == LT_ZONE_BODY)
            line->zone = LT_ZONE_HEAD;
        line->left = reading->boxes && centre(line->box.x0, line->box.x1) < 0.5 &&
                     line->box.x0 < 0.42 && line->box.x1 < 0.66;
        g_ptr_array_add(reading->head, line);
    }
}

void
lt_reading_init(LtReading *reading, const LtRules *rules, GPtrArray *pages, LtRecord *record)
{
    *reading = (LtReading){.rules = rules, .pages = pages, .record = record};
    reading->lines = g_ptr_array_new_with_free_func(line_free);
    reading->head = g_ptr_array_new();
    for (guint i = 0; i < pages->len; i++)
        add_page(reading, i);
    if (reading->lines->len == 0)
        return;
    mark_signatures(reading);
    reading->head_page = find_head_page(reading);
    reading->boxes = page_has_boxes(g_ptr_array_index(pages, reading->head_page));
    g_autoptr(GPtrArray) lines = lines_of_page(reading, reading->head_page);
    mark_mottos(reading, lines);
    mark_arrival(reading, lines);
    collect_head(reading, lines);
    mark_asides(reading);
}

void
lt_reading_clear(LtReading *reading)
{
    g_ptr_array_unref(reading->head);
    g_ptr_array_unref(reading->lines);
    g_free(reading->title_rest);
    g_free(reading->type_code);
    g_free(reading->issuer_code);
}
