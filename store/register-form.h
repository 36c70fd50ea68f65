/* The forms of the registers, as register.c fills them. */
#pragma once

#include "store/private.h"

#define LT_REGISTER_MAX_COLUMNS 10u

/* A document, with what its register says of it. */
typedef struct {
    const LtRecord *record;
    guint ordinal;    /* from 1 */
    guint first_page; /* in its dossier, from 1; 0: it is in none */
} LtRegisterEntry;

typedef char *(*LtRegisterCell)(const LtRegisterEntry *entry);

typedef struct {
    const char *name, *title;
    gboolean cover, signature;
    const LtSheetColumn *columns;
    guint n_columns;
    const LtRegisterCell *cells; /* (nullable) NULL: its rows are dossiers */
} LtRegisterForm;

const LtRegisterForm *lt_register_form(LtRegisterKind kind);
/* Whether its first column counts the rows. */
gboolean lt_register_counts_rows(LtRegisterKind kind);
