/* The sandbox tried from inside: see lt_sandbox_probe. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ocr/ocr.h"
#include "ocr/sandbox.h"

enum { REFUSED = 10, ALLOWED, NO_SANDBOX };

static gboolean
read_passwords(void)
{
    return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
}

static gboolean
write_file(void)
{
    return open("/tmp", O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600) >= 0;
}

static gboolean
connect_somewhere(void)
{
    return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0;
}

static gboolean
run_program(void)
{
    return execl("/bin/true", "true", NULL) == 0; /* one that runs leaves 0 behind */
}

static gboolean
start_process(void)
{
    return fork() >= 0;
}

static gboolean
trace_process(void)
{
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static gboolean
make_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}

static gboolean
connect_locally(void)
{
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0;
}

static gboolean
list_folder(void)
{
    return open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0;
}

static gboolean
raise_limit(void)
{
    const struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};

    return setrlimit(RLIMIT_CPU, &more) == 0;
}

/* Only the address sanitizer's builds have no limit. */
static gboolean
allocate(void)
{
#ifdef __SANITIZE_ADDRESS__
    return FALSE;
#else
    return mmap(NULL, LT_OCR_MAX_MEMORY, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
#endif
}

/* As the coordinator sets it, for each page. */
static gboolean
spin(void)
{
    volatile guint64 i = 0;

    while (++i != 0)
        ;
    return TRUE;
}

static gboolean
signal_parent(void)
{
    return kill(getppid(), 0) == 0;
}

/* With that and F_SETSIG what arrives there would kill it. */
static gboolean
own_for_parent(void)
{
    return fcntl(STDERR_FILENO, F_SETOWN, getppid()) == 0;
}

static const struct {
    const char *name;
    gboolean (*try)(void);
    gboolean needs_landlock; /* else seccomp, or a limit */
} PROBES[] = {
    {"read-passwords", read_passwords, TRUE},
    {"list-folder", list_folder, TRUE},
    {"write-file", write_file, FALSE},
    {"socket", connect_somewhere, FALSE},
    {"unix-socket", connect_locally, FALSE},
    {"execute", run_program, FALSE},
    {"fork", start_process, FALSE},
    {"ptrace", trace_process, FALSE},
    {"make-code", make_code, FALSE},
    {"signal", signal_parent, FALSE},
    {"signal-by-descriptor", own_for_parent, FALSE},
    {"raise-limit", raise_limit, FALSE},
    {"allocate", allocate, FALSE},
    {"spin", spin, FALSE},
};

static int
try_inside(guint which, const char *models)
{
    const struct rlimit second = {1, 2};
    g_autoptr(GError) error = NULL;
    LtWalls walls;

    setrlimit(RLIMIT_CPU, &second);
    if (!lt_sandbox_enter(models, &walls, &error) ||
        !(PROBES[which].needs_landlock ? walls.landlock : walls.seccomp))
        return NO_SANDBOX;
    return PROBES[which].try() ? ALLOWED : REFUSED;
}

static gboolean
is_stopped(int status)
{
    return WIFSIGNALED(status) && (WTERMSIG(status) == SIGSYS || WTERMSIG(status) == SIGXCPU);
}

static const char *
outcome(int status)
{
    if (WIFSIGNALED(status))
        return is_stopped(status) ? "killed" : "DIED";
    if (WEXITSTATUS(status) == REFUSED)
        return "refused";
    return WEXITSTATUS(status) == NO_SANDBOX ? "no-sandbox" : "ALLOWED";
}

gboolean
lt_sandbox_probe(const char *models, FILE *out)
{
    gboolean held = TRUE;

    for (guint i = 0; i < G_N_ELEMENTS(PROBES); i++) {
        pid_t child = fork();
        int status = 0;

        if (child == 0)
            _exit(try_inside(i, models));
        held = held && child > 0 && waitpid(child, &status, 0) == child &&
               (WIFSIGNALED(status) ? is_stopped(status) : WEXITSTATUS(status) == REFUSED);
        fprintf(out, "%s %s\n", PROBES[i].name, outcome(status));
    }
    return held;
}
