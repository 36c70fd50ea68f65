/* The folder of an office's own rules, for backup.c alone. */
#pragma once

#include <glib.h>

/* Makes the rules of the archive in the folder to those of the archive in the folder from, with folders in
 * them; what they have no more goes. */
gboolean lt_backup_rules(const char *from, const char *to, GError **error);
