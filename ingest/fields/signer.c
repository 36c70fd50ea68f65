/* Who signed: the title and the name below it, in the right column at the end of the text. */
#include <string.h>

#include "ingest/fields/reading.h"

#define LINES_BEFORE 10u /* lines before Nơi nhận that may hold the title */
#define LINES_AFTER 40u  /* lines after it that may hold the name */
#define LINES_OF_REST 3u /* below a title, recipients among them */
#define HIGHER 0.09      /* of the page: how far above Nơi nhận the block may begin */
#define ABOVE_RECIPIENTS 0.3
#define MENDED 0.8        /* share of confidence left where a letter was put right */
#define WORDS_OF_TITLE 8u /* no title has more */
#define MOSTLY_CAPITALS 0.65
#define LONGEST_POST 160 /* code points of a line that is a title */
#define SHORTEST_FUZZY 7 /* letters of a title that may be misread in one */
#define SIGN_LEFT 0.42   /* of the page: where its column begins at the earliest */

typedef struct {
    guint first, last; /* indexes of lines */
    const LtLine *heading;
    gboolean boxes;
    gboolean joint; /* several sign side by side */
    double higher;  /* of the page: how far above the heading the block may begin */
} Foot;

static gboolean
line_has_box(const LtReading *reading, const LtLine *line)
{
    const LtPage *page = g_ptr_array_index(reading->pages, line->page);
    const LtBox *box = &page->words[line->first].box;
    return box->x1 > box->x0 && box->y1 > box->y0;
}

static gboolean
in_block(const Foot *foot, const LtLine *line)
{
    if (line->page != foot->heading->page || line->zone != LT_ZONE_BODY)
        return FALSE;
    return !foot->boxes || ((foot->joint || line->box.x0 > SIGN_LEFT) &&
                            line->box.y0 > foot->heading->box.y0 - foot->higher);
}

/* The title of the table that is printed here, whatever became of its marks and of as many of its letters; NULL for
 * none, and where two are as near. */
static const LtPhrase *
known_title(const LtRules *rules, const char *printed, guint wrong)
{
    g_autofree char *letters = lt_text_letters(printed);
    const LtPhrase *near = NULL, *same = NULL;
    gboolean several = FALSE;
    for (guint i = 0; i < rules->titles->len; i++) {
        const LtPhrase *title = g_ptr_array_index(rules->titles, i);
        const char *key = title->letters;
        if (g_str_equal(title->name, printed))
            return title;
        if (g_str_equal(key, letters))
            same = same ? same : title;
        if (wrong && strlen(key) >= SHORTEST_FUZZY &&
            lt_text_distance(letters, key, wrong) <= wrong) {
            several = near != NULL;
            near = title;
        }
    }
    return same ? same : several ? NULL : near;
}

/* The title that a line begins with: as few of its words as make one, CHÁNH VĂN PHÒNG of CHÁNH VĂN PHÒNG HUYỆN ỦY,
 * at least those of printed. *ret_of: where it is so, the rest. (nullable) */
static const LtPhrase *
leading_title(const LtRules *rules, const char *printed, const char *of, const char **ret_of)
{
    for (guint wrong = 0; wrong <= 1; wrong++) {
        g_autoptr(GString) head = g_string_new(printed);
        const char *rest = of;
        const LtPhrase *title = known_title(rules, printed, wrong);
        for (guint n = 0; !title && *rest && n < WORDS_OF_TITLE; n++) {
            gsize length = 1 + strcspn(rest + 1, " ");
            g_string_append_len(head, rest, (gssize)length);
            rest += length;
            title = known_title(rules, head->str, wrong);
        }
        *ret_of = rest;
        if (title)
            return title;
    }
    return NULL;
}

/* The title with what stands before and after it, spelt as in the table. *ret_of: it says of what.
 * (transfer full) (nullable) */
static char *
dup_title(const LtReading *reading, const LtMatch *match, gboolean *ret_of)
{
    g_autofree char *before = lt_match_dup(match, "before");
    g_autofree char *printed = lt_match_dup(match, "title");
    g_autofree char *after = lt_match_dup(match, "after");
    g_autofree char *whose = lt_match_dup(match, "of");
    const char *of = whose ? whose : "";
    const LtPhrase *title = printed ? leading_title(reading->rules, printed, of, &of) : NULL;
    *ret_of = *of != '\0';
    if (!title)
        return NULL;
    g_autofree char *before_fold = lt_text_fold(before ? before : "");
    gboolean deputy = strstr(before_fold, "pho ") != NULL;
    return g_strconcat(deputy   ? "PHÓ "
                       : before ? before
                                : "",
                       title->name, after ? after : "", of, NULL);
}

gboolean
lt_line_is_post(const LtReading *reading, const LtLine *line)
{
    g_auto(LtMatch) match = LT_MATCH_INIT;
    gboolean of;
    if (g_utf8_strlen(line->text, -1) > LONGEST_POST ||
        !lt_rules_match(reading->rules, LT_RULE_TITLE, line->text, line->fold, &match))
        return FALSE;
    g_autofree char *value = dup_title(reading, &match, &of);
    return value != NULL;
}

/* A post in small letters is as often one of a list as a signer's: it counts where no title in capitals stands. */
static gboolean
is_small(const LtLine *line)
{
    return lt_text_capitals(line->text, NULL) < MOSTLY_CAPITALS;
}

/* Whether a title comes second to one that was found before. */
static gboolean
is_of_a_list(const LtLine *line, const LtLine *title)
{
    return title && is_small(line) && !is_small(title);
}

/* A copy's block or an annex with a letterhead of its own has signers of its own. */
static gboolean
begins_another(const LtReading *reading, const LtLine *line)
{
    g_auto(LtMatch) match = LT_MATCH_INIT;
    g_auto(LtNumber) number = {0};
    return lt_rules_fits(reading->rules, LT_RULE_COPY, line->text, line->fold) ||
           lt_rules_fits(reading->rules, LT_RULE_MOTTO, line->text, line->fold) ||
           (lt_rules_match(reading->rules, LT_RULE_NUMBER, line->text, line->fold, &match) &&
            lt_number_from_match(&match, &number) && lt_number_is_copy(reading->rules, &number));
}

static void
end_foot(const LtReading *reading, Foot *foot)
{
    for (guint i = foot->heading->index + 1; i < foot->last; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        gboolean below = !foot->boxes || lt_line_above(reading, foot->heading, line);
        if (line->page == foot->heading->page && below && begins_another(reading, line))
            foot->last = i;
    }
}

/* The lines around the first Nơi nhận; without one, around the last title, in capitals if there is such a one. */
static gboolean
find_foot(const LtReading *reading, Foot *foot)
{
    const LtLine *heading = NULL, *title = NULL;
    for (guint i = 0; i < reading->lines->len && !heading; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        if (line->zone != LT_ZONE_BODY)
            continue;
        if (title && begins_another(reading, line))
            break;
        if (lt_rules_fits(reading->rules, LT_RULE_RECIPIENTS, line->text, line->fold))
            heading = line;
        else if (lt_line_is_post(reading, line) && !is_of_a_list(line, title))
            title = line;
    }
    heading = heading ? heading : title;
    if (!heading)
        return FALSE;
    *foot = (Foot){.heading = heading,
                   .boxes = line_has_box(reading, heading),
                   .joint = lt_reading_is_joint(reading),
                   .higher = HIGHER};
    /* Minutes and joint documents have their recipients below the signatures. */
    if (foot->joint || (reading->title && g_str_equal(reading->title->code, LT_TYPE_CODE_MINUTES)))
        foot->higher = ABOVE_RECIPIENTS;
    foot->first = heading->index > LINES_BEFORE ? heading->index - LINES_BEFORE : 0;
    foot->last = MIN(reading->lines->len, heading->index + LINES_AFTER);
    if (foot->boxes) {
        foot->first = 0;
        foot->last = reading->lines->len;
    }
    end_foot(reading, foot);
    return TRUE;
}

/* Signs in place of the one named here: his own title stands below. */
static gboolean
signs_for_another(const LtMatch *match)
{
    g_autofree char *authority = lt_match_dup(match, "authority");
    return authority && *authority && !g_str_equal(authority, "Q") &&
           !g_str_equal(authority, "TM") && !g_str_equal(authority, "T/M");
}

static gboolean
same_letters(const char *a, const char *b)
{
    g_autofree char *x = lt_text_letters(a), *y = lt_text_letters(b);
    return g_str_equal(x, y);
}

/* TRƯỞNG PHÒNG QUẢN LÝ NHÀ / VÀ THỊ TRƯỜNG BẤT ĐỘNG SẢN: the rest of what it is the title of stands below. */
static gboolean
goes_on_below(const LtReading *reading, const Foot *foot, const LtLine *title, LtStretch *ret_span)
{
    for (guint i = title->index + 1; i < MIN(foot->last, title->index + 1 + LINES_OF_REST); i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        *ret_span = (LtStretch){.line = line};
        if (lt_rules_fits(reading->rules, LT_RULE_RECIPIENTS, line->text, line->fold))
            break;
        if (in_block(foot, line) && lt_line_under(reading, title, line) &&
            lt_rules_match(reading->rules, LT_RULE_TITLE_REST, line->text, line->fold, &match))
            return lt_match_range(&match, "value", &ret_span->start, &ret_span->end);
    }
    return FALSE;
}

static void
append_rest(LtReading *reading, const Foot *foot, const LtLine *title)
{
    LtField *field = &reading->record->fields[LT_FIELD_SIGNER_TITLE];
    LtStretch span;
    if (!title || !field->value || !goes_on_below(reading, foot, title, &span))
        return;
    g_autofree char *rest = lt_text_slice(span.line->text, span.start, span.end);
    char *whole = g_strconcat(field->value, " ", rest, NULL);
    g_free(field->value);
    field->value = whole;
}

/* The last title of the block counts: KT. GIÁM ĐỐC, then PHÓ GIÁM ĐỐC. Where the second was not
 * recognised, the first is no more than a candidate. */
static const LtLine *
read_title(LtReading *reading, const Foot *foot)
{
    const LtLine *title = NULL;
    for (guint i = foot->first; i < foot->last; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        LtStretch span = {.line = line};
        if (!in_block(foot, line) ||
            !lt_rules_match(reading->rules, LT_RULE_TITLE, line->text, line->fold, &match) ||
            !lt_match_range(&match, "value", &span.start, &span.end))
            continue;
        gboolean of;
        g_autofree char *value = dup_title(reading, &match, &of);
        gboolean known = reading->record->fields[LT_FIELD_SIGNER_TITLE].value != NULL;
        /* Below the title in which he signs, the post that he holds elsewhere (PHÓ CHỦ TỊCH UBND TỈNH). */
        if (!value || (known && of) || is_of_a_list(line, title))
            continue;
        title = line;
        gboolean other = signs_for_another(&match);
        g_autofree char *printed = lt_match_dup(&match, "value");
        double confidence = match.rule->confidence * (same_letters(printed, value) ? 1 : MENDED);
        lt_reading_set(reading, LT_FIELD_SIGNER_TITLE, other ? NULL : value, match.rule,
                       other ? 0 : confidence, &span, 1, TRUE);
        if (other)
            lt_field_add_candidate(&reading->record->fields[LT_FIELD_SIGNER_TITLE], value, 0.2);
    }
    append_rest(reading, foot, title);
    return title;
}

/* K.T as some wrote it once. (transfer full) */
static char *
dup_without_dots(const char *prefix)
{
    g_auto(GStrv) parts = g_strsplit(prefix, ".", -1);
    return g_strjoinv("", parts);
}

/* "KT. GIÁM ĐỐC" as the State writes it, "K/T TRƯỞNG BAN" as the Party does. (transfer full) */
static char *
dup_authority(const LtMatch *match)
{
    g_autofree char *printed = lt_match_dup(match, "prefix");
    g_autofree char *prefix = dup_without_dots(printed);
    g_autofree char *name = lt_match_dup(match, "name");
    return g_strconcat(prefix, strchr(prefix, '/') ? " " : ". ", name, NULL);
}

/* Who signs in another's place is his deputy: a title that does not say so lost its first word. */
static void
doubt_deputy(LtReading *reading, const char *authority)
{
    LtField *title = &reading->record->fields[LT_FIELD_SIGNER_TITLE];
    gboolean for_chief = g_str_has_prefix(authority, "KT") || g_str_has_prefix(authority, "K/T");
    if (for_chief && title->value && !g_str_has_prefix(title->value, "PHÓ") &&
        !g_str_has_prefix(title->value, "THỨ"))
        title->confidence *= 0.7;
}

/* All lines of the block that say for whom: TL. BỘ TRƯỞNG, then KT. VỤ TRƯỞNG. */
static void
read_authority(LtReading *reading, const Foot *foot)
{
    g_autoptr(GString) value = g_string_new(NULL);
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(LtStretch));
    const LtRule *rule = NULL;
    for (guint i = foot->first; i < foot->last; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        LtStretch span = {.line = line};
        if (!in_block(foot, line) ||
            !lt_rules_match(reading->rules, LT_RULE_SIGNS_FOR, line->text, line->fold, &match) ||
            !lt_match_range(&match, "prefix", &span.start, &span.end))
            continue;
        lt_match_range(&match, "name", &span.end, &span.end);
        g_autofree char *one = dup_authority(&match);
        g_string_append_printf(value, "%s%s", value->len ? "; " : "", one);
        g_array_append_val(spans, span);
        rule = match.rule;
    }
    if (!rule)
        return;
    doubt_deputy(reading, value->str);
    lt_reading_set(reading, LT_FIELD_SIGNER_AUTHORITY, value->str, rule, rule->confidence,
                   (const LtStretch *)spans->data, spans->len, TRUE);
}

/* A name is made of Vietnamese syllables, or nearly so: names of other peoples have one or two that
 * are not. */
static double
share_of_syllables(const char *name)
{
    g_auto(GStrv) words = g_strsplit(name, " ", -1);
    guint n = g_strv_length(words), good = 0;
    for (guint i = 0; i < n; i++)
        good += lt_text_is_syllable(words[i]);
    return n ? (double)good / n : 0;
}

static gboolean
may_be_name(const LtReading *reading, const Foot *foot, const LtLine *title, const LtLine *line)
{
    if (!in_block(foot, line) || line == title)
        return FALSE;
    if (foot->boxes && title && line->box.y0 < title->box.y0)
        return FALSE;
    return !lt_rules_fits(reading->rules, LT_RULE_RECIPIENTS, line->text, line->fold);
}

/* How far a name that stands there is the signer's. 0 where it is no name. */
static double
name_confidence(const LtReading *reading, const LtLine *line, const char *name, gboolean titled)
{
    double syllables = share_of_syllables(name);
    if (syllables < 0.5)
        return 0;
    double confidence = (titled ? 1 : 0.85) * (syllables < 1 ? 0.85 : 1);
    /* The seal covers the beginning: of two syllables the family name may be lost. */
    if (lt_reading_is_ocr(reading, line) && !lt_name_is_whole(name))
        confidence *= 0.85;
    return confidence;
}

/* The name on a line. On a scan specks may stand before it, and words be glued: then its stretch is the whole line.
 * Recipients stand to the left and have dashes of their own. (transfer full) (nullable) */
static char *
dup_name_on(const LtReading *reading, const Foot *foot, const LtLine *line, const LtRule **ret_rule,
            LtStretch *ret_span)
{
    g_auto(LtMatch) match = LT_MATCH_INIT;
    *ret_span = (LtStretch){.line = line};
    gboolean found = lt_rules_match(reading->rules, LT_RULE_NAME, line->text, line->fold, &match) &&
                     lt_match_range(&match, "value", &ret_span->start, &ret_span->end);
    g_autofree char *parted = lt_name_part(line->text);
    g_autofree char *fold = lt_text_fold(parted);
    if (!found && foot->boxes && !foot->joint && lt_reading_is_ocr(reading, line)) {
        found = lt_rules_match(reading->rules, LT_RULE_NAME, parted, fold, &match);
        ret_span->end = (guint)g_utf8_strlen(line->text, -1);
    }
    *ret_rule = found ? match.rule : NULL;
    return found ? lt_match_dup_value(&match) : NULL;
}

/* The first name, or all of them where several agencies sign together. */
static void
read_names(LtReading *reading, const Foot *foot, const LtLine *title)
{
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(LtStretch));
    const LtRule *rule = NULL;
    double confidence = 1;
    for (guint i = title && !foot->boxes && !foot->joint ? title->index : foot->first;
         i < foot->last; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        const LtRule *fits;
        LtStretch span;
        if (!may_be_name(reading, foot, foot->joint ? NULL : title, line))
            continue;
        g_autofree char *name = dup_name_on(reading, foot, line, &fits, &span);
        double right = name ? name_confidence(reading, line, name, title && !is_small(title)) : 0;
        if (right == 0)
            continue;
        if (lt_reading_is_ocr(reading, line))
            right *= lt_name_settle(reading->rules, &name);
        confidence = MIN(confidence, fits->confidence * right);
        g_string_append_printf(names, "%s%s", names->len ? "; " : "", name);
        g_array_append_val(spans, span);
        rule = fits;
        if (!foot->joint)
            break;
    }
    if (rule)
        lt_reading_set(reading, LT_FIELD_SIGNER, names->str, rule, confidence,
                       (const LtStretch *)spans->data, spans->len, TRUE);
}

void
lt_read_signer(LtReading *reading)
{
    Foot foot;
    if (!find_foot(reading, &foot))
        return;
    const LtLine *title = read_title(reading, &foot);
    read_authority(reading, &foot);
    read_names(reading, &foot, title);
}
