/* TIFF: every directory, and every strip or tile that it names, must lie inside the file. Directories
 * often come last, so that a file that is being written has none yet. */
#include "ingest/whole.h"

#include <glib/gi18n-lib.h>

#define MAX_DIRECTORIES 10000u
#define MAX_PIECES (1u << 20) /* strips or tiles of a page that are looked at */
#define MAX_LOOKS (1u << 22)  /* pieces of all pages */
#define PIECES_AT_ONCE 512u

/* Tags of TIFF 6.0; offsets and lengths come in pairs. */
static const struct {
    guint offsets, lengths;
} pairs[] = {
    {273, 279}, /* StripOffsets, StripByteCounts */
    {324, 325}, /* TileOffsets, TileByteCounts */
    {513, 514}, /* JPEGInterchangeFormat, its length */
};

typedef struct {
    int fd;
    guint64 size;
    gboolean big_endian, is_big; /* is_big: BigTIFF */
    guint looks;
} Tiff;

typedef struct {
    guint type;    /* 0: the tag is not there */
    guint64 n, at; /* at: where the values stand */
} Entry;

static guint64
number_at(const Tiff *tiff, const guint8 *bytes, guint width)
{
    guint64 value = 0;

    for (guint i = 0; i < width; i++)
        value = value << 8 | bytes[tiff->big_endian ? i : width - 1 - i];
    return value;
}

static gboolean
read_number(const Tiff *tiff, guint64 offset, guint width, guint64 *ret_value)
{
    guint8 bytes[8];

    if (offset > tiff->size || tiff->size - offset < width ||
        !lt_whole_read(tiff->fd, offset, bytes, width))
        return FALSE;
    *ret_value = number_at(tiff, bytes, width);
    return TRUE;
}

/* SHORT, LONG, IFD, LONG8, IFD8: all that offsets and lengths may be. 0: anything else. */
static guint
width_of(guint type)
{
    return type == 3 ? 2 : type == 4 || type == 13 ? 4 : type == 16 || type == 18 ? 8 : 0;
}

/* Bytes of a value by its type. */
static const guint8 value_bytes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

/* Whether the values of an entry are there; those of a type that is not known are nobody's loss. */
static gboolean
values_are_there(const Tiff *tiff, const guint8 *bytes)
{
    guint field = tiff->is_big ? 8 : 4;
    guint64 type = number_at(tiff, bytes + 2, 2);
    guint64 n = number_at(tiff, bytes + 4, field);
    guint64 at = number_at(tiff, bytes + 4 + field, field);
    guint width = type < G_N_ELEMENTS(value_bytes) ? value_bytes[type] : 0;

    return width == 0 || n <= field / width || (at <= tiff->size && n <= (tiff->size - at) / width);
}

static guint
entry_bytes(const Tiff *tiff)
{
    return tiff->is_big ? 20 : 12;
}

static void
note_entry(const Tiff *tiff, const guint8 *bytes, guint64 offset, guint tag, Entry *entry)
{
    guint field = tiff->is_big ? 8 : 4; /* bytes of a count, and of the place for a value */
    guint type = (guint)number_at(tiff, bytes + 2, 2);

    if (number_at(tiff, bytes, 2) != tag || width_of(type) == 0)
        return;
    entry->type = type;
    entry->n = number_at(tiff, bytes + 4, field);
    entry->at = offset + 4 + field;
    if (entry->n > field / width_of(type))
        entry->at = number_at(tiff, bytes + 4 + field, field);
}

/* FALSE: something lies beyond the end. */
static gboolean
pieces_are_there(Tiff *tiff, const Entry *offsets, const Entry *lengths)
{
    guint8 at[8 * PIECES_AT_ONCE], long_[8 * PIECES_AT_ONCE];
    guint wide = width_of(offsets->type), long_wide = width_of(lengths->type);
    guint64 n = MIN(MIN(offsets->n, lengths->n), MAX_PIECES);

    for (guint64 i = 0; i < n && tiff->looks < MAX_LOOKS; i += PIECES_AT_ONCE) {
        guint64 some = MIN(n - i, PIECES_AT_ONCE);

        tiff->looks += (guint)some;
        if (!lt_whole_read(tiff->fd, offsets->at + i * wide, at, (gsize)some * wide) ||
            !lt_whole_read(tiff->fd, lengths->at + i * long_wide, long_, (gsize)some * long_wide))
            return FALSE;
        for (guint64 k = 0; k < some; k++) {
            guint64 start = number_at(tiff, at + k * wide, wide);
            guint64 length = number_at(tiff, long_ + k * long_wide, long_wide);

            if (start > tiff->size || length > tiff->size - start)
                return FALSE;
        }
    }
    return TRUE;
}

/* One directory; *ret_next is the offset of the next. FALSE: it or what it names is not there. */
static gboolean
directory_is_there(Tiff *tiff, guint64 offset, guint64 *ret_next)
{
    guint count_bytes = tiff->is_big ? 8 : 2;
    Entry offsets[G_N_ELEMENTS(pairs)] = {{0}}, lengths[G_N_ELEMENTS(pairs)] = {{0}};
    guint64 n, at;

    if (!read_number(tiff, offset, count_bytes, &n) || n > G_MAXUINT16)
        return FALSE;
    at = offset + count_bytes;
    for (guint64 i = 0; i < n; i++, at += entry_bytes(tiff)) {
        guint8 bytes[20];

        if (!lt_whole_read(tiff->fd, at, bytes, entry_bytes(tiff)) ||
            !values_are_there(tiff, bytes))
            return FALSE;
        for (gsize k = 0; k < G_N_ELEMENTS(pairs); k++) {
            note_entry(tiff, bytes, at, pairs[k].offsets, &offsets[k]);
            note_entry(tiff, bytes, at, pairs[k].lengths, &lengths[k]);
        }
    }
    for (gsize k = 0; k < G_N_ELEMENTS(pairs); k++)
        if (offsets[k].type && lengths[k].type && !pieces_are_there(tiff, &offsets[k], &lengths[k]))
            return FALSE;
    return read_number(tiff, at, tiff->is_big ? 8 : 4, ret_next);
}

LtWhole
lt_whole_of_tiff(int fd, guint64 size, const char **ret_reason)
{
    Tiff tiff = {.fd = fd, .size = size};
    guint8 head[4];
    guint64 next = 0;

    *ret_reason = _("its directory of pages is missing: it is cut off, or not sent to its end");
    if (!lt_whole_read(fd, 0, head, sizeof head))
        return LT_WHOLE_NO;
    tiff.big_endian = head[0] == 'M';
    tiff.is_big = head[tiff.big_endian ? 3 : 2] == 43;
    if (!read_number(&tiff, tiff.is_big ? 8 : 4, tiff.is_big ? 8 : 4, &next) || next == 0)
        return LT_WHOLE_NO;
    *ret_reason = _("a part of a page is missing: it is cut off, or not sent to its end");
    for (guint i = 0; next != 0; i++) {
        /* A ring of directories has no end; a reader stops at its own limit. */
        if (i == MAX_DIRECTORIES) {
            *ret_reason = _("its directory of pages has no end");
            return LT_WHOLE_ODD;
        }
        if (!directory_is_there(&tiff, next, &next))
            return LT_WHOLE_NO;
    }
    return LT_WHOLE_YES;
}
