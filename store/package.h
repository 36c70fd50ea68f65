/* A dossier as a folder that leaves the archive and can come back. Part of the front door of store/.
 *
 *   DIR/dossier.xml   the dossier, its documents in order with the metadata of Decree 30/2020/NĐ-CP,
 *                     Appendix VI, the file and SHA-256 of each original, and what people corrected
 *   DIR/index.csv     the same documents as a table
 *   DIR/files/        the originals, named CODE.001.pdf, CODE.002.tif, …
 *   DIR/SHA256SUMS    of all these files, for 'sha256sum -c'
 *
 * docs/dossiers.md describes the files. */
#pragma once

#include "store/dossier.h"

#define LT_PACKAGE_MAX_TEXT (64u << 20) /* bytes of dossier.xml, index.csv or SHA256SUMS */

/* Writes the dossier as the folder directory, which must not be there, or be empty. It appears only when
 * it is whole and on the disk. LT_STORE_ERROR_INVALID where one of its documents is marked secret. */
gboolean lt_store_export_dossier(LtStore *store, gint64 id, const char *directory, GError **error);

/* One document of a package. */
typedef struct {
    char *path; /* in the package: "files/01.TH.001.pdf" */
    char *sha256;
    guint64 size;
    GPtrArray *corrections; /* of LtCorrection, oldest first */
} LtPackageItem;

typedef struct {
    char *directory;
    char *values[LT_DOSSIER_N_FIELDS]; /* (nullable) as they stand there */
    GPtrArray *items;                  /* of LtPackageItem, in order */
} LtPackage;

/* Reads a package and verifies it whole: every file that is listed is there as a regular file below
 * directory (no links are followed), with the SHA-256 that the list, dossier.xml and index.csv agree on.
 * LT_STORE_ERROR_INVALID says what is wrong; nothing outside directory is ever opened. */
LtPackage *lt_package_read(const char *directory, GError **error);
void lt_package_free(LtPackage *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtPackage, lt_package_free)

/* What an import did. */
typedef struct {
    gint64 dossier;
    gboolean made;     /* the dossier; else it was there */
    guint added;       /* documents that were put into it */
    guint corrections; /* that were taken over */
} LtImported;

/* Before any file is taken in: whether the archive could take the package, with its reason. */
gboolean lt_store_can_import(LtStore *store, const LtPackage *package, GError **error);
/* Whether every original is filed. *ret_missing (nullable): the first that is not. */
gboolean lt_store_has_originals(LtStore *store, const LtPackage *package,
                                const LtPackageItem **ret_missing, GError **error);
/* Makes the dossier, puts its documents in and takes the corrections over, in one transaction. All
 * originals must be filed. What is there already is not changed, so a second time does nothing; a
 * correction that was made here later than the one in the package stands. */
gboolean lt_store_import(LtStore *store, const LtPackage *package, const char *by,
                         LtImported *ret_imported, GError **error);
