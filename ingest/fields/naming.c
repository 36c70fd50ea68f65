/* Which agency of the authority file a printed name stands for. Names are compared by their
 * folded letters alone, so that capitals, lost marks and blanks, or blanks too many, cost
 * nothing; a letter misread costs, and how many may be is set by the name's length. */
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/rules.h"

#define LONGEST 160u /* letters of a name */
#define LONGEST_PRINTED (4 * LONGEST)
/* Letters of a name for each that may be misread; the abbreviation in the number allows two
 * more, in a short name one. */
#define LETTERS_AN_ERROR 10u
#define SHORTEST_FUZZY 5u
#define SHORTEST_FUZZY_PLACE 4u
#define SHORTEST_FUZZY_UNIT 4u
/* A place is told from all others by few letters: of so many one may be misread (Thủ Đức is no Châu Đốc). */
#define LETTERS_AN_ERROR_PLACE 5u

/* What speaks against a reading of the name; the lowest sum wins, by CLEARLY at least where
 * letters are wrong. */
#define COST_LETTER 4u
#define COST_MARKS 3u /* at most: one a letter */
#define COST_ELSEWHERE 2u
#define COST_OTHER_CODE 3u
#define COST_OTHER_TIME 1u
#define COST_UNLISTED 2u
#define COST_NO_UNIT 1u /* "Kho bạc Hòa Bình" is the province's, not its city's */
#define COST_UNHEARD 8u /* a place that stands in no table though all of its kind do */
#define CLEARLY 3u

#define BIT(level) (1u << (level))

static const struct {
    const char *name, *key;
    guint levels;
    gboolean open; /* not all places of the kind stand in the tables */
} units[] = {
    {"tỉnh", "tinh", BIT(LT_PLACE_PROVINCE), FALSE},
    {"thành phố", "thanhpho", BIT(LT_PLACE_PROVINCE) | BIT(LT_PLACE_DISTRICT), FALSE},
    {"huyện", "huyen", BIT(LT_PLACE_DISTRICT), TRUE},
    {"quận", "quan", BIT(LT_PLACE_DISTRICT), TRUE},
    {"thị xã", "thixa", BIT(LT_PLACE_DISTRICT), TRUE},
    {"xã", "xa", BIT(LT_PLACE_COMMUNE), TRUE},
    {"phường", "phuong", BIT(LT_PLACE_COMMUNE), TRUE},
    {"thị trấn", "thitran", BIT(LT_PLACE_COMMUNE), TRUE},
    {"đặc khu", "dackhu", BIT(LT_PLACE_COMMUNE), TRUE},
};

typedef struct {
    const LtAuthority *authority;
    const LtNamingHints *hints;
    GPtrArray *coded; /* (nullable) offices that the abbreviation stands for */
    const char *text; /* spelled out */
    char *level;      /* its letters in small, with marks */
    char *key;        /* its letters folded */
    guint *offsets;   /* of each of them in text, in code points */
    guint n;
    char *dated;     /* (nullable) letters of the place that the date names */
    guint syllables; /* of the text, where each of its words is one; else 0: joined or split */
    LtNaming best;
    guint cost, next_cost;
} Search;

/* A reading of the beginning of the name, which the rest must complete. */
typedef struct {
    const LtOffice *office;
    const char *name;
    guint at;          /* letters used */
    guint wrong;       /* of these */
    guint place_wrong; /* of the place behind it */
} Beginning;

void
lt_naming_clear(LtNaming *naming)
{
    g_clear_pointer(&naming->name, g_free);
}

/* A text's letters and digits in small, marks kept, tone marks where today's custom has them. */
static char *
dup_level(const char *text)
{
    g_autofree char *level = lt_text_level(text);
    GString *letters = g_string_new(NULL);
    for (const char *p = level; *p; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            g_string_append_unichar(letters, g_utf8_get_char(p));
    return g_string_free(letters, FALSE);
}

/* Whether this i is the second half of an H: no word of the language has two, but numerals do. */
static gboolean
is_split_h(const char *text, const char *p, const GString *key)
{
    if (*p != 'i' || !key->len || key->str[key->len - 1] != 'i' || p[-1] != 'i')
        return FALSE;
    const char *start = p;
    while (start > text && g_ascii_isalnum(start[-1]))
        start--;
    gsize length = 0;
    while (g_ascii_isalnum(start[length]))
        length++;
    return strspn(start, "ivxlc") < length;
}

static void
search_init(Search *search, const char *text)
{
    g_autofree char *fold = lt_text_fold(text);
    GString *key = g_string_new(NULL);
    search->text = text;
    search->level = dup_level(text);
    search->offsets = g_new(guint, LONGEST + 1);
    guint at = 0;
    for (const char *p = fold; *p && key->len < LONGEST; p = g_utf8_next_char(p), at++)
        if (is_split_h(fold, p, key))
            key->str[key->len - 1] = 'h';
        else if (g_ascii_isalnum(*p)) {
            search->offsets[key->len] = at;
            g_string_append_c(key, *p);
        }
    search->dated = search->hints->place ? lt_text_letters(search->hints->place) : NULL;
    search->n = (guint)key->len;
    search->key = g_string_free(key, FALSE);
    search->cost = search->next_cost = G_MAXUINT / 2;
}

static void
search_clear(Search *search)
{
    lt_naming_clear(&search->best);
    g_free(search->dated);
    g_free(search->level);
    g_free(search->key);
    g_free(search->offsets);
}

static gboolean
is_coded(const Search *search, const LtOffice *office)
{
    return search->coded && g_ptr_array_find(search->coded, office, NULL);
}

static guint
allowed_wrong(const Search *search, const LtOffice *office)
{
    if (search->n < SHORTEST_FUZZY)
        return 0;
    guint allowed = search->n / LETTERS_AN_ERROR;
    if (is_coded(search, office))
        allowed += search->n < LETTERS_AN_ERROR ? 1 : 2;
    return allowed;
}

/* Letters that bear other marks than in the name; only told where the letters themselves agree. */
static guint
count_marks(const Search *search, const char *name)
{
    g_autofree char *level = dup_level(name);
    return lt_text_distance(level, search->level, COST_MARKS);
}

/* The number of words, 0 where one of them is no syllable. */
static guint
count_syllables(const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " ,.-", -1);
    guint n = 0;
    for (char **word = words; *word; word++) {
        if (**word && !lt_text_is_syllable(*word))
            return 0;
        n += **word != '\0';
    }
    return n;
}

/* Whether a word of the name is another one altogether: where both have as many, each must keep half of its letters
 * (BAN CHẤP HÀNH TỈNH is no Ban Chấp hành Đoàn). */
static gboolean
has_other_word(const char *text, const char *name)
{
    g_auto(GStrv) printed = g_strsplit_set(text, " -,", -1);
    g_auto(GStrv) known = g_strsplit_set(name, " -,", -1);
    if (g_strv_length(printed) != g_strv_length(known))
        return FALSE;
    for (guint i = 0; known[i]; i++) {
        g_autofree char *a = lt_text_letters(printed[i]), *b = lt_text_letters(known[i]);
        guint half = MAX(1, (guint)strlen(b) / 2);
        if (lt_text_distance(a, b, half) > half)
            return TRUE;
    }
    return FALSE;
}

/* Whether nothing says that the place is a district. */
static gboolean
lacks_unit(const Beginning *beginning, const char *name, const LtPlace *place)
{
    return place && place->level == LT_PLACE_DISTRICT &&
           strlen(name) == strlen(beginning->name) + 1 + strlen(place->name);
}

static gboolean
lies_elsewhere(const Search *search, const LtPlace *place)
{
    const LtPlace *within = search->hints->within;
    return place && within && place != within && g_strcmp0(place->above, within->id) != 0;
}

/* unlisted: what it costs that the place stands in no table, 0 where it does. */
static void
offer(Search *search, const Beginning *beginning, const LtPlace *place, const char *name,
      guint unlisted)
{
    const LtOffice *office = beginning->office;
    const char *day = search->hints->day;
    guint wrong = beginning->wrong + beginning->place_wrong;
    /* Recognition misreads letters; it does not leave out words or make them up. */
    gboolean other_words = wrong && search->syllables && search->syllables != count_syllables(name);
    if (wrong > allowed_wrong(search, office) || other_words ||
        (wrong && has_other_word(search->text, name)))
        return;
    guint marks = wrong ? 0 : count_marks(search, name);
    guint cost = wrong * COST_LETTER + MIN(marks, COST_MARKS);
    cost += lies_elsewhere(search, place) ? COST_ELSEWHERE : 0;
    cost += search->coded && !is_coded(search, office) ? COST_OTHER_CODE : 0;
    cost += lacks_unit(beginning, name, place) ? COST_NO_UNIT : 0;
    cost += day && !lt_office_valid(office, place, day) ? COST_OTHER_TIME : 0;
    cost += unlisted;
    /* Two names of one office are no two readings. */
    gboolean same =
        search->best.name && (g_str_equal(search->best.name, name) ||
                              (search->best.office == office && search->best.place == place &&
                               !unlisted && !search->best.unlisted));
    if (same && cost == search->cost && search->best.place != place)
        search->best.place = NULL;
    if (!same && cost >= search->cost)
        search->next_cost = MIN(search->next_cost, cost);
    if (cost >= search->cost)
        return;
    if (!same)
        search->next_cost = search->cost;
    g_free(search->best.name);
    search->best = (LtNaming){.office = office,
                              .place = place,
                              .name = g_strdup(name),
                              .wrong = wrong,
                              .place_wrong = beginning->place_wrong,
                              .marks = marks > 0,
                              .unlisted = unlisted > 0};
    search->cost = cost;
}

/* Offers the beginning with a place behind it. unit: (nullable) as printed, spelled right. */
static void
offer_place(Search *search, const Beginning *beginning, const char *unit, const LtPlace *place)
{
    if (!lt_office_is_at(beginning->office, place))
        return;
    /* "Thành phố Hồ Chí Minh": some write their unit as part of the name. */
    g_autofree char *small = g_utf8_strdown(place->unit, -1);
    if (unit && g_str_equal(small, unit))
        unit = place->unit;
    g_autofree char *name = unit ? g_strdup_printf("%s %s %s", beginning->name, unit, place->name)
                                 : g_strdup_printf("%s %s", beginning->name, place->name);
    offer(search, beginning, place, name, 0);
}

static gboolean
has_unit(const LtPlace *place, const char *unit)
{
    g_autofree char *a = lt_text_letters(place->unit), *b = unit ? lt_text_letters(unit) : NULL;
    return !b || g_str_equal(a, b);
}

/* Places that bear another unit than the printed one count for provinces only, and where none bears it: Cần Thơ
 * was a tỉnh, Lào Cai has a thành phố. */
static gboolean
may_be_named(const Search *search, const LtPlace *place, const char *unit, guint levels,
             gboolean any_unit)
{
    const char *day = search->hints->day;
    /* Of communes before 2025 the tables have none: one that bears the name today is another. */
    if (place->level == LT_PLACE_COMMUNE && day && !lt_place_existed(place, day))
        return FALSE;
    return levels & BIT(place->level) &&
           ((any_unit && place->level == LT_PLACE_PROVINCE) || has_unit(place, unit));
}

/* Places whose name differs from the rest by a few letters. */
static void
complete_nearly(Search *search, const Beginning *beginning, const char *rest, const char *unit,
                guint levels)
{
    const GPtrArray *places = search->authority->places;
    gsize length = strlen(rest);
    guint allowed = allowed_wrong(search, beginning->office);
    if (length < SHORTEST_FUZZY_PLACE || allowed <= beginning->wrong)
        return;
    guint limit = MIN(allowed - beginning->wrong, MAX(1, (guint)length / LETTERS_AN_ERROR_PLACE));
    for (guint i = 0; i < places->len; i++) {
        const LtPlace *place = g_ptr_array_index(places, i);
        gsize other = strlen(place->key);
        if (MAX(length, other) - MIN(length, other) > limit ||
            !may_be_named(search, place, unit, levels, TRUE))
            continue;
        Beginning whole = *beginning;
        whole.place_wrong = lt_text_distance(place->key, rest, limit);
        if (whole.place_wrong <= limit)
            offer_place(search, &whole, unit, place);
    }
}

/* The rest is the name of a place of one of these levels. TRUE where one is named exactly so. */
static gboolean
complete_with_place(Search *search, const Beginning *beginning, const char *rest, const char *unit,
                    guint levels)
{
    const GPtrArray *exact = g_hash_table_lookup(search->authority->places_by_key, rest);
    gboolean found = FALSE;
    for (guint any_unit = 0; any_unit <= 1 && !found; any_unit++)
        for (guint i = 0; exact && i < exact->len; i++) {
            const LtPlace *place = g_ptr_array_index(exact, i);
            if (!may_be_named(search, place, unit, levels, any_unit))
                continue;
            offer_place(search, beginning, unit, place);
            found = TRUE;
        }
    if (!found)
        complete_nearly(search, beginning, rest, unit, levels);
    return found;
}

/* Whether the rest is the place of the letterhead's date, which is printed better in its small letters. */
static gboolean
is_dated(const Search *search, const char *rest, guint *ret_wrong)
{
    gsize length = search->dated ? strlen(search->dated) : 0;
    guint limit =
        length < SHORTEST_FUZZY_PLACE ? 0 : MAX(1, (guint)length / LETTERS_AN_ERROR_PLACE);
    *ret_wrong = length ? lt_text_distance(search->dated, rest, limit) : 1;
    return length && *ret_wrong <= limit;
}

/* Places of communes and their like are known from the date at least. */
static gboolean
complete_dated(Search *search, const Beginning *beginning, guint unit)
{
    Beginning whole = *beginning;
    if (!is_dated(search, search->key + beginning->at, &whole.place_wrong))
        return FALSE;
    g_autofree char *name =
        g_strdup_printf("%s %s %s", beginning->name, units[unit].name, search->hints->place);
    offer(search, &whole, NULL, name, COST_UNLISTED);
    if (search->best.name && g_str_equal(search->best.name, name))
        search->best.dated = TRUE;
    return TRUE;
}

/* A place of an open kind that stands in no table, as printed. Of districts of today and of
 * communes since their mergers the tables have all: there a misread name is likelier than an
 * unheard one. */
static void
complete_unlisted(Search *search, const Beginning *beginning, guint at, guint unit)
{
    const char *day = search->hints->day;
    gboolean all =
        units[unit].levels & BIT(LT_PLACE_DISTRICT) || (day && strcmp(day, LT_COMMUNES_BEGIN) >= 0);
    g_autofree char *tail = g_utf8_substring(search->text, (glong)search->offsets[at], -1);
    g_auto(GStrv) words = g_strsplit(tail, " ", -1);
    g_autoptr(GString) name = g_string_new(beginning->name);
    g_string_append_printf(name, " %s", units[unit].name);
    for (char **word = words; *word; word++) {
        g_autofree char *cased = lt_case_word(*word);
        if (*cased)
            g_string_append_printf(name, " %s", cased);
    }
    offer(search, beginning, NULL, name->str, all ? COST_UNHEARD : COST_UNLISTED);
}

/* A district or commune with its province behind it: HUYỆN SÌN HỒ TỈNH LAI CHÂU. */
static gboolean
complete_with_both(Search *search, const Beginning *beginning, const char *rest, guint unit)
{
    const GPtrArray *places = search->authority->places;
    guint levels = units[unit].levels & ~BIT(LT_PLACE_PROVINCE);
    gboolean found = FALSE;
    for (guint i = 0; i < places->len; i++) {
        const LtPlace *place = g_ptr_array_index(places, i);
        gsize length = strlen(place->key);
        if (!(levels & BIT(place->level)) || strncmp(rest, place->key, length) != 0 ||
            !rest[length] || !has_unit(place, units[unit].name) ||
            !lt_office_is_at(beginning->office, place))
            continue;
        const LtPlace *above = g_hash_table_lookup(search->authority->places_by_id, place->above);
        g_autofree char *kind = above ? lt_text_letters(above->unit) : NULL;
        g_autofree char *behind = above ? g_strconcat(kind, above->key, NULL) : NULL;
        guint limit = beginning->wrong ? 0 : MIN(allowed_wrong(search, beginning->office), 2);
        guint wrong = behind ? lt_text_distance(behind, rest + length, limit) : limit + 1;
        if (wrong > limit)
            continue;
        Beginning whole = *beginning;
        whole.place_wrong = wrong;
        g_autofree char *name = g_strdup_printf("%s %s %s, %s %s", beginning->name, place->unit,
                                                place->name, above->unit, above->name);
        offer(search, &whole, place, name, 0);
        found = TRUE;
    }
    return found;
}

/* What stands behind the unit: nothing, a place of the tables, or another. TRUE for one of the
 * tables. */
static gboolean
complete_unit(Search *search, const Beginning *beginning, guint unit)
{
    const char *rest = search->key + beginning->at;
    guint levels = units[unit].levels & beginning->office->where;
    if (!*rest) {
        g_autofree char *name = g_strdup_printf("%s %s", beginning->name, units[unit].name);
        offer(search, beginning, NULL, name, 0);
        return FALSE;
    }
    if (complete_with_place(search, beginning, rest, units[unit].name, levels) ||
        complete_with_both(search, beginning, rest, unit))
        return TRUE;
    if (units[unit].open && complete_dated(search, beginning, unit))
        return FALSE;
    if (units[unit].open && !beginning->wrong)
        complete_unlisted(search, beginning, beginning->at, unit);
    return FALSE;
}

/* The rest begins with a unit, or one with a letter misread. */
static gboolean
complete_with_unit(Search *search, const Beginning *beginning, guint unit)
{
    const char *rest = search->key + beginning->at;
    guint length = (guint)strlen(units[unit].key), left = (guint)strlen(rest);
    if (!(units[unit].levels & beginning->office->where))
        return FALSE;
    Beginning longer = *beginning;
    if (strncmp(rest, units[unit].key, length) == 0) {
        longer.at += length;
        return complete_unit(search, &longer, unit);
    }
    if (beginning->wrong >= allowed_wrong(search, beginning->office))
        return FALSE;
    for (guint n = length - 1; n <= MIN(length + 1, left); n++) {
        g_autofree char *head = g_strndup(rest, n);
        guint wrong;
        if (lt_text_distance(units[unit].key, head, 1) > 1 ||
            (length < SHORTEST_FUZZY_UNIT && !is_dated(search, rest + n, &wrong)))
            continue;
        longer.at = beginning->at + n;
        longer.wrong = beginning->wrong + 1;
        complete_unit(search, &longer, unit);
    }
    return FALSE;
}

static void
complete(Search *search, const Beginning *beginning)
{
    const char *rest = search->key + beginning->at;
    gboolean found = FALSE;
    if (!*rest) {
        offer(search, beginning, NULL, beginning->name, 0);
        return;
    }
    if (!beginning->office->where)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(units); i++)
        found = complete_with_unit(search, beginning, i) || found;
    if (!found)
        complete_with_place(search, beginning, rest, NULL,
                            beginning->office->where &
                                (BIT(LT_PLACE_PROVINCE) | BIT(LT_PLACE_DISTRICT)));
}

/* costs[j]: letters by which the first j letters of text differ from name (Sellers 1980, with the
 * roles of pattern and text as in plain edit distance). FALSE where all are more than allowed, as they stay
 * once they are for a beginning of the name. */
static gboolean
prefix_costs(const char *name, const char *text, guint n, guint allowed, guint *costs)
{
    for (guint j = 0; j <= n; j++)
        costs[j] = j;
    for (guint i = 1; name[i - 1]; i++) {
        guint above = costs[0], least = i;
        costs[0] = i;
        for (guint j = 1; j <= n; j++) {
            guint best = above + (name[i - 1] != text[j - 1]);
            best = MIN(best, MIN(costs[j], costs[j - 1]) + 1);
            above = costs[j];
            costs[j] = best;
            least = MIN(least, best);
        }
        if (least > allowed)
            return FALSE;
    }
    return TRUE;
}

/* Of a name that holds abbreviations, "Sở GD&ĐT", the full one. */
static const char *
spelled_out(const LtOffice *office, guint k)
{
    gunichar before = 0;
    for (const char *p = office->names[k]; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (before && g_unichar_isupper(before) && (g_unichar_isupper(c) || c == '&'))
            return office->names[0];
        before = c;
    }
    return office->names[k];
}

static void
search_exact(Search *search)
{
    const GPtrArray *offices = search->authority->offices;
    for (guint i = 0; i < offices->len; i++) {
        const LtOffice *office = g_ptr_array_index(offices, i);
        for (guint k = 0; office->keys[k]; k++) {
            gsize length = strlen(office->keys[k]);
            if (!length || strncmp(search->key, office->keys[k], length) != 0)
                continue;
            Beginning beginning = {office, spelled_out(office, k), (guint)length, 0, 0};
            complete(search, &beginning);
        }
    }
}

/* Only at the name's end and where the costs are lowest around: one letter more or less is another
 * reading of the same spot. */
static void
search_near(Search *search, const LtOffice *office, guint k)
{
    guint costs[LONGEST + 1], allowed = allowed_wrong(search, office);
    gsize length = strlen(office->keys[k]);
    if (length < SHORTEST_FUZZY || length > search->n + allowed || !allowed ||
        !prefix_costs(office->keys[k], search->key, search->n, allowed, costs))
        return;
    for (guint j = 1; j <= search->n; j++) {
        gboolean lowest = costs[j] <= costs[j - 1] && (j == search->n || costs[j] <= costs[j + 1]);
        if (!costs[j] || costs[j] > allowed || (!lowest && j < search->n))
            continue;
        Beginning beginning = {office, spelled_out(office, k), j, costs[j], 0};
        complete(search, &beginning);
    }
}

static void
search_fuzzy(Search *search)
{
    const GPtrArray *offices = search->authority->offices;
    for (guint i = 0; i < offices->len; i++) {
        const LtOffice *office = g_ptr_array_index(offices, i);
        for (guint k = 0; office->keys[k]; k++)
            search_near(search, office, k);
    }
}

static gboolean
is_decided(const Search *search)
{
    if (!search->best.name || search->next_cost <= search->cost)
        return FALSE;
    return !search->best.wrong || search->next_cost >= search->cost + CLEARLY;
}

gboolean
lt_authority_name(const LtAuthority *authority, const char *printed, const LtNamingHints *hints,
                  LtNaming *ret_naming)
{
    /* No abbreviation makes a name of that. */
    if (g_utf8_strlen(printed, -1) > LONGEST_PRINTED)
        return FALSE;
    g_autofree char *text = lt_naming_expand(authority, printed);
    Search search = {.authority = authority, .hints = hints};
    search.coded = lt_authority_offices_of_code(authority, hints->code);
    search_init(&search, text);
    search.syllables = count_syllables(text);
    if (search.n > 1 && search.n < LONGEST) {
        search_exact(&search);
        if (!search.best.name || search.best.unlisted)
            search_fuzzy(&search);
    }
    gboolean decided = is_decided(&search);
    if (decided) {
        *ret_naming = search.best;
        search.best.name = NULL;
    }
    search_clear(&search);
    return decided;
}
