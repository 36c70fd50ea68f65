/* Numbers run with the days: within an issuer, a kind of number and a year, what has the next numbers has the
 * next days. Decree 30/2020/NĐ-CP, article 15: numbers begin again each year. */
#include "store/private.h"

#include <stdlib.h>
#include <string.h>

#define FAR 20     /* numbers away, at most */
#define COUNTED 3u /* neighbours on a side */
#define ENOUGH 2u  /* that must agree */
#define GRACE 3    /* days that numbers may be out of order in practice */
#define CLOSE 31   /* days between the neighbours that confirm a day */
#define SURE "0.9"

/* Julian days of the neighbours, nearest first. */
typedef struct {
    gint days[COUNTED];
    guint n;
} Side;

static gint
julian_day(const char *iso)
{
    guint64 year = g_ascii_strtoull(iso, NULL, 10);
    guint64 month = strlen(iso) == 10 ? g_ascii_strtoull(iso + 5, NULL, 10) : 0;
    guint64 day = strlen(iso) == 10 ? g_ascii_strtoull(iso + 8, NULL, 10) : 0;
    GDate date;

    if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return 0;
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return (gint)g_date_get_julian(&date);
}

/* How many of a side's days lie on the wrong side of a day by more than the grace. */
static guint
count_wrong(const Side *side, gint day, gint sign)
{
    guint wrong = 0;

    for (guint i = 0; i < side->n; i++)
        wrong += sign * (side->days[i] - day) > GRACE;
    return wrong;
}

static LtNumberOrder
judge(const Side *before, const Side *after, gint day)
{
    guint late = count_wrong(before, day, 1), early = count_wrong(after, day, -1);

    if ((late >= ENOUGH && late == before->n) || (early >= ENOUGH && early == after->n))
        return LT_NUMBER_OUT_OF_ORDER;
    if (late == 0 && early == 0 && before->n >= ENOUGH && after->n >= ENOUGH &&
        ABS(after->days[0] - before->days[0]) <= CLOSE)
        return LT_NUMBER_IN_ORDER;
    return LT_NUMBER_ORDER_UNKNOWN;
}

/* One side's neighbours, nearest first; step is 1 or -1. */
static gboolean
read_side(LtStore *store, const LtRecord *record, gint64 number, gint step, Side *ret_side,
          GError **error)
{
    const char *notation = record->fields[LT_FIELD_CODE_NOTATION].value;
    gint64 series = (gint64)g_utf8_strlen(notation, (gssize)strcspn(notation, "-/"));
    g_autofree char *year = g_strndup(record->fields[LT_FIELD_ISSUED_DATE].value, 4);
    g_autoptr(sqlite3_stmt) statement = lt_sql_prepare(
        store, error,
        "WITH RECURSIVE near (n, i) AS (SELECT ?1 + ?2, 1"
        "  UNION ALL SELECT n + ?2, i + 1 FROM near WHERE i < ?3)"
        " SELECT d.issued_date FROM near JOIN document d ON d.key_code = CAST(n AS TEXT)"
        " JOIN evidence e ON e.document = d.id AND e.field = 'issued_date' AND e.confidence "
        ">= " SURE
        " JOIN evidence f ON f.document = d.id AND f.field = 'number' AND f.confidence >= " SURE
        " WHERE d.issuer_id = ?4 AND substr(d.issued_date, 1, 4) = ?5 AND d.id <> ?6"
        "  AND substr(d.code_notation, 1, ?7) = substr(?8, 1, ?7)"
        " ORDER BY i, d.id LIMIT ?9",
        "iiissiisi", number, (gint64)step, (gint64)FAR, record->issuer_id, year, record->id, series,
        notation, (gint64)COUNTED);
    int got = -1;

    *ret_side = (Side){.n = 0};
    if (statement == NULL)
        return FALSE;
    while ((got = lt_sql_step(store, statement, error)) > 0) {
        g_autofree char *date = lt_sql_dup_text(statement, 0);
        if (ret_side->n < COUNTED)
            ret_side->days[ret_side->n++] = julian_day(date);
    }
    return got == 0;
}

gboolean
lt_store_number_order(LtStore *store, const LtRecord *record, LtNumberOrder *ret_order,
                      GError **error)
{
    const char *code = record->fields[LT_FIELD_CODE_NUMBER].value;
    const char *date = record->fields[LT_FIELD_ISSUED_DATE].value;
    gint64 number = code != NULL ? (gint64)g_ascii_strtoull(code, NULL, 10) : 0;
    Side before, after;

    *ret_order = LT_NUMBER_ORDER_UNKNOWN;
    if (number <= 0 || date == NULL || record->issuer_id == NULL ||
        record->fields[LT_FIELD_CODE_NOTATION].value == NULL)
        return TRUE;
    if (!read_side(store, record, number, -1, &before, error) ||
        !read_side(store, record, number, 1, &after, error))
        return FALSE;
    *ret_order = judge(&before, &after, julian_day(date));
    return TRUE;
}
