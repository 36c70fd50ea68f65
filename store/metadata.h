/* The metadata of documents by the names and lengths of Decree 30/2020/NĐ-CP, Appendix VI, part II. Part
 * of the front door of store/. */
#pragma once

#include "store/dossier.h"

typedef struct {
    const char *name;       /* of the element; "SignerInfo.Position" is Position in SignerInfo */
    const char *vietnamese; /* as the decree calls it */
    guint length;           /* signs, of a number digits, that the decree allows; G_MAXUINT: any */
} LtMetadataField;

guint lt_metadata_n_fields(void);
const LtMetadataField *lt_metadata_field(guint field);

/* A document, and its place in a dossier. */
typedef struct {
    const LtRecord *record;
    const LtDossier *dossier; /* (nullable) */
    guint ordinal;            /* in the dossier, from 1; 0: none */
} LtMetadata;

/* "" where there is none; days as DD/MM/YYYY; several receivers parted by "; ". Never cut. (transfer
 * full) */
char *lt_metadata_value(const LtMetadata *metadata, guint field);
/* A value that is longer than the decree allows. */
typedef void (*LtMetadataTooLong)(const LtMetadata *metadata, const LtMetadataField *field,
                                  guint length, gpointer user_data);
/* Calls too_long for each; receivers are measured one by one. Returns how many there are. */
guint lt_metadata_check(const LtMetadata *metadata, LtMetadataTooLong too_long, gpointer user_data);

/* A heading line and one line a document, without LT_CSV_MARK. */
void lt_metadata_csv_header(GString *csv);
void lt_metadata_csv(GString *csv, const LtMetadata *metadata);
/* The elements of one document, without an element around them; values that are absent are left out. */
void lt_metadata_xml(GString *xml, const LtMetadata *metadata, guint indent);
/* A dossier's own elements, as they stand before its documents. */
void lt_metadata_dossier_xml(GString *xml, const LtDossier *dossier, guint indent);
/* Dossiers by the same names: a heading line, and one line a dossier. */
void lt_metadata_dossiers_csv(GString *csv, const GPtrArray *dossiers);
/* <name>text</name>; nothing where text is NULL or empty. What XML 1.0 cannot hold becomes a blank. */
void lt_xml_element(GString *xml, guint indent, const char *name, const char *text);
/* name="text" with a blank before it. */
void lt_xml_attribute(GString *xml, const char *name, const char *text);

/* Whether a line of "Nơi nhận" says who keeps a copy: "Lưu: VT". */
gboolean lt_metadata_is_kept_copy(const char *recipient);
/* The lines of "Nơi nhận" without the signs that end them. "Như trên", which says nothing outside of the document,
 * gives way to those to whom it is addressed, where they are known. (transfer full) of char * */
GPtrArray *lt_metadata_receivers(const LtRecord *record);

/* What stands in the column Ghi chú: what a later document did to it, what copy it is, and what is
 * doubtful of number and day; "" for nothing. In Vietnamese, as all of a register. (transfer full) */
char *lt_metadata_note(const LtRecord *record);
/* "2023-09-18" as "18/09/2023"; anything else as it is, NULL as "". (transfer full) */
char *lt_metadata_day(const char *iso);
