/* Passwords by libxcrypt's yescrypt (crypt(5)): what is kept costs as much to guess as it does to check. */
#include "store/people-private.h"

#include <crypt.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define METHOD "$y$"

/* A setting of the usual cost, for names that are not there. */
#define NOBODY "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$"

/* (transfer full) (nullable) */
static char *
run_crypt(const char *password, const char *setting)
{
    g_autofree struct crypt_data *room = g_new0(struct crypt_data, 1);
    const char *hash = crypt_r(password, setting, room);
    char *copy = hash != NULL && hash[0] != '*' ? g_strdup(hash) : NULL;

    explicit_bzero(room, sizeof *room);
    return copy;
}

char *
lt_password_hash(const char *password, GError **error)
{
    g_autofree char *setting = crypt_gensalt_ra(METHOD, 0, NULL, 0);
    char *hash = setting != NULL ? run_crypt(password, setting) : NULL;

    if (hash == NULL)
        g_set_error_literal(error, LT_STORE_ERROR, LT_STORE_ERROR_IO,
                            _("this system cannot keep passwords safely: it has no yescrypt"));
    return hash;
}

/* In the same time wherever they differ. */
static gboolean
is_same(const char *a, const char *b)
{
    gsize length = strlen(a);
    guint8 difference = 0;

    if (strlen(b) != length)
        return FALSE;
    for (gsize i = 0; i < length; i++)
        difference |= (guint8)(a[i] ^ b[i]);
    return difference == 0;
}

gboolean
lt_password_is(const char *password, const char *hash)
{
    g_autofree char *got = run_crypt(password, hash != NULL ? hash : NOBODY);

    return hash != NULL && got != NULL && is_same(got, hash);
}
