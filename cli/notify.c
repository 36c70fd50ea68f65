#include "cli/notify.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void
lt_notify(const char *state)
{
    const char *path = g_getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    gsize length = path ? strlen(path) : 0;
    int fd;

    if (length < 2 || length >= sizeof address.sun_path || (path[0] != '/' && path[0] != '@'))
        return;
    memcpy(address.sun_path, path, length);
    if (path[0] == '@')
        address.sun_path[0] = '\0'; /* an abstract name */
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return;
    /* A manager that does not listen is no reason to stop. */
    (void)!sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&address,
                  (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length));
    close(fd);
}

void
lt_notify_status(const char *status)
{
    g_autofree char *line = g_strconcat("STATUS=", status, NULL);

    g_strdelimit(line, "\n", ' ');
    lt_notify(line);
}

void
lt_notify_reloading(void)
{
    g_autofree char *state =
        g_strdup_printf("RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT, g_get_monotonic_time());

    lt_notify(state);
}

static gboolean
on_time(gpointer user_data)
{
    (void)user_data;
    lt_notify("WATCHDOG=1");
    return G_SOURCE_CONTINUE;
}

guint
lt_notify_start_watchdog(void)
{
    const char *asked = g_getenv("WATCHDOG_USEC");
    const char *pid = g_getenv("WATCHDOG_PID");
    guint64 microseconds = asked ? g_ascii_strtoull(asked, NULL, 10) : 0;

    if (microseconds < 2000 || (pid && g_ascii_strtoll(pid, NULL, 10) != getpid()))
        return 0;
    return g_timeout_add((guint)MIN(microseconds / 2000, G_MAXINT), on_time, NULL);
}
