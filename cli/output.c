#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

static gboolean
fail(const LtOutput *output, GError **error)
{
    int code = errno;

    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), _("cannot write '%s': %s"),
                output->path != NULL ? output->path : _("standard output"), g_strerror(code));
    return FALSE;
}

gboolean
lt_output_open(LtOutput *output, const char *path, GError **error)
{
    struct stat info;

    output->path = g_strdup(path);
    if (path == NULL) {
        fflush(stdout);
        output->fd = STDOUT_FILENO;
        return TRUE;
    }
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        output->fd = open(path, O_WRONLY | O_CLOEXEC);
        return output->fd >= 0 || fail(output, error);
    }
    output->partial = g_strdup_printf("%s.XXXXXX", path);
    output->fd = g_mkstemp_full(output->partial, O_WRONLY | O_CLOEXEC, 0666);
    if (output->fd >= 0)
        return TRUE;
    g_clear_pointer(&output->partial, g_free);
    return fail(output, error);
}

gboolean
lt_output_write(LtOutput *output, const void *bytes, gsize size, GError **error)
{
    const char *next = bytes;

    while (size > 0) {
        gssize written = write(output->fd, next, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fail(output, error);
        next += written;
        size -= (gsize)written;
    }
    return TRUE;
}

gboolean
lt_output_write_file(LtOutput *output, const char *path, GError **error)
{
    g_autoptr(GMappedFile) file = path != NULL ? g_mapped_file_new(path, FALSE, error) : NULL;

    return file != NULL && lt_output_write(output, g_mapped_file_get_contents(file),
                                           g_mapped_file_get_length(file), error);
}

gboolean
lt_output_commit(LtOutput *output, GError **error)
{
    int fd = output->fd;

    output->fd = -1;
    if (output->path == NULL)
        return TRUE;
    if (close(fd) != 0)
        return fail(output, error);
    if (output->partial == NULL)
        return TRUE;
    if (g_rename(output->partial, output->path) != 0)
        return fail(output, error);
    g_clear_pointer(&output->partial, g_free);
    return TRUE;
}

void
lt_output_clear(LtOutput *output)
{
    if (output->fd >= 0 && output->path != NULL)
        close(output->fd);
    output->fd = -1;
    if (output->partial != NULL)
        g_unlink(output->partial);
    g_clear_pointer(&output->partial, g_free);
    g_clear_pointer(&output->path, g_free);
}
