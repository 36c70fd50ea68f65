/* A table for people: columns as wide as what stands in them; where the terminal is too narrow the
 * wide ones are wrapped at blanks. Cells must be safe already (lt_cli_shown). */
#pragma once

#include <stdio.h>

#include <glib.h>

typedef enum {
    LT_COLUMN_LEFT = 0,
    LT_COLUMN_RIGHT = 1 << 0,
    LT_COLUMN_WRAP = 1 << 1 /* may be narrower than its text */
} LtColumnFlags;

typedef struct {
    const char *title; /* in the reader's language */
    LtColumnFlags flags;
} LtColumn;

/* In cells and notes: what stands between these two is bold where the terminal can. */
#define LT_TABLE_BOLD '\001'
#define LT_TABLE_PLAIN '\002'

typedef struct LtTable LtTable;

/* columns is kept, not copied. */
LtTable *lt_table_new(const LtColumn *columns, guint n_columns);
void lt_table_free(LtTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtTable, lt_table_free)

/* A new row; its cells follow in order. */
void lt_table_row(LtTable *table);
/* text: (transfer full). */
void lt_table_take(LtTable *table, char *text);
void lt_table_add(LtTable *table, const char *text);
/* A line under the row, indented to its second column. (transfer full) */
void lt_table_take_note(LtTable *table, char *text);

/* width: columns of the terminal, 0 for no limit. Titles are left out where all are empty. */
void lt_table_print(const LtTable *table, FILE *out, guint width, gboolean styled);
