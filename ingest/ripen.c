#include "ingest/ripen.h"

#define LONGEST_PAUSE (30 * G_USEC_PER_SEC)

LtRipe
lt_ripe(const LtRipening *file, gint64 settle, gint64 patience)
{
    gboolean overdue = file->quiet >= MAX(settle, patience);
    /* Where the writer cannot be seen, a pause of his is not to be taken for the end. */
    gboolean settled =
        file->writers == LT_WRITERS_UNKNOWN && !file->closed ? overdue : file->quiet >= settle;

    if (file->writers == LT_WRITERS_SOME)
        return LT_RIPE_NOT_YET;
    if (!file->document && file->whole != LT_WHOLE_NO)
        return settled ? LT_RIPE_NOW : LT_RIPE_NOT_YET;
    switch (file->whole) {
    case LT_WHOLE_YES:
        return file->closed || settled ? LT_RIPE_NOW : LT_RIPE_NOT_YET;
    case LT_WHOLE_UNKNOWN:
        return settled ? LT_RIPE_NOW : LT_RIPE_NOT_YET;
    case LT_WHOLE_ODD:
        /* Readers manage with many such files, and those say best what they cannot read. */
        return overdue ? LT_RIPE_NOW : LT_RIPE_NOT_YET;
    case LT_WHOLE_NO:
        break;
    }
    return overdue ? LT_RIPE_NEVER : LT_RIPE_NOT_YET;
}

gint64
lt_ripe_again(const LtRipening *file, gint64 settle)
{
    return CLAMP(file->quiet / 4, MAX(settle / 2, 1), MAX(settle, LONGEST_PAUSE));
}
