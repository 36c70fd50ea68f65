/* What the archive knows of handwritten numbers and days: the numbers of an office, a series and a year
 * grow with the days (decree 30/2020, article 15), and no two documents have the same. Neighbours that
 * are sure bound what a hand may have written. */
#include <stdlib.h>
#include <string.h>

#include "ingest/fields/fields.h"
#include "ingest/ingest.h"

#define NEAREST 5u /* neighbours asked on either side */
#define ENOUGH 3u  /* neighbours whose word is full */
#define FEW 0.34   /* of them may speak against a value: clerks are late, and numbers reserved */
#define AGAINST_FEW 0.3
#define AGAINST 0.03   /* what is left of a value that more speak against */
#define TAKEN 0.1      /* and of a number that another document has */
#define LATE_NUMBERS 2 /* by so many numbers order may be broken, */
#define LATE_DAYS 3    /* or days */
#define LEAP 0.1       /* what is left of a number that the others would have leapt to */
#define PACE_MOST 4.0  /* times the usual pace is no leap yet, */
#define PACE_SPARE 30  /* nor are so many numbers more */
#define PACE_DAYS 7    /* between neighbours on which a pace is measured */
#define PACE_NEIGHBOURS 3u
#define SHARED 0.95 /* of the pairs in order: two notations share a series */
#define SHARED_PAIRS 4u

/* A neighbour: when it got which number. */
typedef struct {
    guint number;
    gint day;      /* Julian */
    gboolean same; /* of the same kind of notation */
    const char *notation;
} Neighbour;

static gint
day_of(const char *date)
{
    GDate day;

    g_date_clear(&day, 1);
    if (date && strlen(date) == 10)
        g_date_set_dmy(&day, (GDateDay)CLAMP(atoi(date + 8), 1, 31),
                       (GDateMonth)CLAMP(atoi(date + 5), 1, 12), (GDateYear)MAX(atoi(date), 1));
    return g_date_valid(&day) ? (gint)g_date_get_julian(&day) : 0;
}

/* "KH" of "KH-SYT", "SYT" of "SYT-NVY": what decides which series a number is from. */
static gboolean
is_same_kind(const char *a, const char *b)
{
    gsize length = strcspn(a, "-/");

    return length == strcspn(b, "-/") && strncmp(a, b, length) == 0;
}

static gboolean
in_order(const Neighbour *a, const Neighbour *b)
{
    return (a->day < b->day) == (a->number < b->number);
}

/* Whether notations of another kind count in the same series: so far all pairs with them are in order. */
static gboolean
shares_series(const GArray *all, const char *notation)
{
    guint pairs = 0, good = 0;

    for (guint i = 0; i < all->len; i++)
        for (guint k = 0; k < all->len; k++) {
            const Neighbour *own = &g_array_index(all, Neighbour, i);
            const Neighbour *other = &g_array_index(all, Neighbour, k);

            if (!own->same || other->same || !is_same_kind(other->notation, notation) ||
                own->day == other->day)
                continue;
            pairs++;
            good += in_order(own, other);
        }
    return pairs >= SHARED_PAIRS && good >= SHARED * pairs;
}

/* Those of the series, nearest in time first. (transfer full) of Neighbour */
static GArray *
find_neighbours(const GPtrArray *rows, const char *notation)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Neighbour));
    GArray *series = g_array_new(FALSE, FALSE, sizeof(Neighbour));

    for (guint i = 0; i < rows->len; i++) {
        const LtSeriesRow *row = g_ptr_array_index(rows, i);
        Neighbour each = {(guint)atoi(row->number), day_of(row->date),
                          is_same_kind(row->notation, notation), row->notation};

        if (each.day)
            g_array_append_val(all, each);
    }
    for (guint i = 0; i < all->len; i++) {
        const Neighbour *each = &g_array_index(all, Neighbour, i);

        if (each->same || shares_series(all, each->notation))
            g_array_append_val(series, *each);
    }
    return series;
}

/* How fast the numbers grow. */
typedef struct {
    Neighbour first, last; /* in time */
    double pace;           /* numbers a day; 0: not known */
} Growth;

static Growth
measure_growth(const GArray *series)
{
    Growth growth = {0};

    for (guint i = 0; i < series->len; i++) {
        const Neighbour *each = &g_array_index(series, Neighbour, i);

        if (i == 0 || each->day < growth.first.day)
            growth.first = *each;
        if (i == 0 || each->day > growth.last.day)
            growth.last = *each;
    }
    if (series->len >= PACE_NEIGHBOURS && growth.last.day - growth.first.day >= PACE_DAYS &&
        growth.last.number > growth.first.number)
        growth.pace = (double)(growth.last.number - growth.first.number) /
                      (growth.last.day - growth.first.day);
    return growth;
}

/* Whether the numbers would have had to leap to it. */
static gboolean
is_leap(const Growth *growth, gint day, gint number)
{
    double ahead = growth->pace * PACE_MOST;

    if (growth->pace <= 0)
        return FALSE;
    return (day > growth->last.day &&
            number > growth->last.number + ahead * (day - growth->last.day) + PACE_SPARE) ||
           (day < growth->first.day &&
            number < growth->first.number - ahead * (growth->first.day - day) - PACE_SPARE);
}

typedef struct {
    const GArray *series;
    Growth growth;
    gint day;     /* of the document, where that is known */
    guint number; /* its number, where that is known */
} Question;

static double
judge(guint against, guint asked)
{
    if (against == 0)
        return 1;
    return asked < ENOUGH || against <= FEW * asked ? AGAINST_FEW : AGAINST;
}

/* The number that a value names, given the day. */
static double
ask_number(const char *value, gpointer user_data)
{
    const Question *question = user_data;
    gint number = atoi(value);
    guint before = 0, after = 0, against = 0;
    double factor = 1;

    for (guint i = 0; i < question->series->len; i++) {
        const Neighbour *each = &g_array_index(question->series, Neighbour, i);

        if (each->same && (gint)each->number == number && each->day != question->day)
            factor = TAKEN;
        if (each->day < question->day && before < NEAREST) {
            before++;
            against += (gint)each->number > number + LATE_NUMBERS;
        } else if (each->day > question->day && after < NEAREST) {
            after++;
            against += (gint)each->number < number - LATE_NUMBERS;
        }
    }
    if (is_leap(&question->growth, question->day, number))
        factor *= LEAP;
    return factor * judge(against, before + after);
}

/* The day that a value names, given the number. The nearest in number are asked. */
static double
ask_day(const char *value, gpointer user_data)
{
    const Question *question = user_data;
    gint day = day_of(value);
    guint against = 0, asked = 0;

    for (guint side = 0; side < 2; side++)
        for (guint n = 0, last = question->number; n < NEAREST; n++) {
            const Neighbour *nearest = NULL;

            for (guint i = 0; i < question->series->len; i++) {
                const Neighbour *each = &g_array_index(question->series, Neighbour, i);
                gboolean beyond = side ? each->number > last : each->number < last;

                if (beyond && (!nearest || (side ? each->number < nearest->number
                                                 : each->number > nearest->number)))
                    nearest = each;
            }
            if (!nearest)
                break;
            last = nearest->number;
            asked++;
            against += side ? nearest->day < day - LATE_DAYS : nearest->day > day + LATE_DAYS;
        }
    return judge(against, asked);
}

/* The day as it is given, or as it most likely is. */
static const char *
likely_day(const LtField *field)
{
    if (field->value)
        return field->value;
    if (!field->candidates || field->candidates->len == 0)
        return NULL;
    return ((const LtCandidate *)g_ptr_array_index(field->candidates, 0))->value;
}

/* A value that was given already is only held back by this, or stays with what other fields left of its
 * confidence, and with their doubts. */
static void
settle(LtRecord *record, LtFieldId id, LtWitness ask, Question *question)
{
    LtField *field = &record->fields[id];
    const LtCandidate *best;

    lt_candidates_hear(field, "order", ask, question);
    best = field->candidates->len ? g_ptr_array_index(field->candidates, 0) : NULL;
    if (best && field->value && g_str_equal(field->value, best->value) &&
        best->confidence >= LT_INK_SURE)
        field->confidence = MIN(field->confidence, best->confidence);
    else
        lt_candidates_decide(record, id);
}

gboolean
lt_order_settle(LtStore *store, LtRecord *record, GError **error)
{
    LtField *number = &record->fields[LT_FIELD_NUMBER];
    LtField *date = &record->fields[LT_FIELD_ISSUED_DATE];
    const LtField *notation = &record->fields[LT_FIELD_CODE_NOTATION];
    const char *day = likely_day(date);
    g_autoptr(GPtrArray) rows = NULL;
    g_autoptr(GArray) series = NULL;

    if (!day || !notation->value ||
        !(lt_candidates_are_written(number) || lt_candidates_are_written(date)))
        return TRUE;
    rows = lt_store_series(store, record, day, error);
    if (!rows)
        return FALSE;
    series = find_neighbours(rows, notation->value);
    Question question = {series, measure_growth(series), day_of(day),
                         number->value ? (guint)atoi(number->value) : 0};
    if (lt_candidates_are_written(date) && number->value && number->confidence >= LT_INK_SURE) {
        settle(record, LT_FIELD_ISSUED_DATE, ask_day, &question);
    }
    if (lt_candidates_are_written(number) && date->value) {
        question.day = day_of(date->value);
        settle(record, LT_FIELD_NUMBER, ask_number, &question);
    }
    return TRUE;
}
