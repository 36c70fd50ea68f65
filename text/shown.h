/* Text of strangers made safe to be shown: nothing of it steers a terminal, or makes a line read other than it is. */
#pragma once

#include <glib.h>

/* One line: blanks for line ends, U+FFFD for what could steer. text may be NULL. (transfer full) */
char *lt_shown(const char *text);
/* The same for text of several lines. (transfer full) */
char *lt_shown_lines(const char *text);
/* A path, or a message that may hold one, on one line: bytes that are not UTF-8 and what could steer become \xNN.
 * (transfer full) */
char *lt_shown_path(const char *path);
