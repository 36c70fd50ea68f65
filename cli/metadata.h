/* The metadata set of Decree 30/2020/NĐ-CP, Appendix VI, as CSV or XML. */
#pragma once

#include "cli/cli.h"
#include "cli/output.h"

typedef struct {
    LtOutput *output;
    const LtSearch *search;
    gint64 dossier; /* 0, or only this one, in its order; search is not used then */
    gboolean xml;
    guint64 written, secret, too_long; /* documents, those left out, values; filled in */
} LtMetadataExport;

/* A line or element for each document and dossier that it is in. What is longer than the decree allows is
 * told on standard error, and written whole. */
gboolean lt_metadata_export(LtStore *store, LtMetadataExport *export, GError **error);
