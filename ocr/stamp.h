/* The appearance of digital signatures ('Ký bởi: … Thời gian ký: …'), told from the text that it stands
 * beside or over. Real wordings: domain notes, 2.3. */
#pragma once

#include <glib.h>

/* Takes them out of words (of LtRawWord), with the lines that go on with one. Returns: (transfer full)
 * GArray of LtRawWord, each line of one with a line_hint of its own; NULL where there are none. */
GArray *lt_stamps_take(GArray *words);
