/* Pages as pictures: made by a worker behind its walls, kept beside the archive, in memory where that cannot be
 * written. */
#pragma once

#include "web/route.h"

/* One worker of one thread's own, started when it is first needed, and again where it died. */
LtPictureMaker *lt_picture_maker_new(const char *program, gboolean strict);
void lt_picture_maker_free(LtPictureMaker *maker);

/* What could not be kept beside the archive; for all threads. */
LtPictureCache *lt_picture_cache_new(void);
void lt_picture_cache_free(LtPictureCache *cache);
