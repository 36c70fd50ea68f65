/* Picture files through Leptonica: TIFF by page, of all others the first frame. Pages count from 1.
 */
#pragma once

#include "ocr/ocr-private.h"

typedef struct LtPictureFile LtPictureFile;

/* fd is taken, also in failure. LT_OCR_ERROR_UNSUPPORTED, _DAMAGED. (transfer full) */
LtPictureFile *lt_picture_file_open(int fd, GError **error);
void lt_picture_file_close(LtPictureFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtPictureFile, lt_picture_file_close)

guint lt_picture_file_n_pages(const LtPictureFile *file);
gboolean lt_picture_file_is_damaged(const LtPictureFile *file);

/* Before a page is decoded: LT_OCR_ERROR_TOO_LARGE, _DAMAGED. */
gboolean lt_picture_file_check(LtPictureFile *file, guint number, GError **error);

/* Upright as the file's own orientation tags say, with square pixels, reduced to LT_DPI_DEFAULT
 * from LT_DPI_REDUCE on. The resolution is the file's own where that is plausible, else that which
 * makes the picture an A4 page. */
gboolean lt_picture_file_read(LtPictureFile *file, guint number, LtPagePicture *ret_picture,
                              GError **error);
