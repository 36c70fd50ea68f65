#include "store/fault.h"

#ifdef LUUTRU_FAULTS

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KILL (-2)
#define ABORT (-3)

static const struct {
    const char *name;
    int action;
} ACTIONS[] = {
    {"kill", KILL}, {"abort", ABORT},   {"SHORT", LT_FAULT_SHORT}, {"ENOSPC", ENOSPC},
    {"EIO", EIO},   {"EDQUOT", EDQUOT}, {"BUSY", EBUSY},
};

typedef struct {
    char *name;
    guint first;
    gboolean on; /* at all that follow, too */
    int action;
} Order;

static int
find_action(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(ACTIONS); i++)
        if (g_strcmp0(ACTIONS[i].name, name) == 0)
            return ACTIONS[i].action;
    g_error("LUUTRU_FAULT: there is no action '%s'", name);
}

/* Lives as long as the process. */
static const Order *
read_order(void)
{
    const char *text = g_getenv("LUUTRU_FAULT");
    const char *equals = text != NULL ? strchr(text, '=') : NULL;
    Order *order = g_new0(Order, 1);

    if (equals == NULL)
        return order;
    g_auto(GStrv) parts = g_strsplit(text, "=", 2);
    char *number = strchr(parts[0], '#');
    order->first = number != NULL ? (guint)strtoul(number + 1, NULL, 10) : 1;
    order->on = g_str_has_suffix(parts[0], "+");
    order->action = find_action(parts[1]);
    order->name = g_strndup(parts[0], strcspn(parts[0], "#+"));
    return order;
}

static void
tell(const char *name)
{
    const char *log = g_getenv("LUUTRU_FAULT_LOG");
    g_autofree char *path = g_strconcat("/fault/", name, NULL);
    g_autofree char *line = g_strconcat(name, "\n", NULL);
    int fd;

    if (access(path, F_OK) == 0 || log == NULL)
        return;
    fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (fd < 0 || write(fd, line, strlen(line)) < 0)
        g_error("LUUTRU_FAULT_LOG: '%s' cannot be written", log);
    close(fd);
}

int
lt_fault(const char *place, const char *operation, const char *when)
{
    /* The one state that outlives a call: how often the point of the order was passed. */
    static const Order *order;
    static guint passed;
    g_autofree char *name = g_strjoin(".", place, operation, when, NULL);
    int saved_errno = errno;

    if (order == NULL)
        order = read_order();
    tell(name);
    errno = saved_errno;
    if (g_strcmp0(order->name, name) != 0)
        return 0;
    passed++;
    if (passed != order->first && !(order->on && passed > order->first))
        return 0;
    if (order->action == KILL)
        kill(getpid(), SIGKILL);
    if (order->action == ABORT)
        abort();
    return strcmp(when, "before") == 0 ? order->action : 0;
}

#else

typedef int empty; /* a translation unit needs a declaration */

#endif
