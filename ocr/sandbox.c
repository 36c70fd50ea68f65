#include "ocr/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ocr/ocr.h"

#define MAX_OPEN_FILES 128

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(scmp_filter_ctx, seccomp_release, NULL)

static gboolean
setup_failed(GError **error, const char *what, int error_number)
{
    g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_SETUP, _("the sandbox cannot be built: %s: %s"),
                what, g_strerror(error_number));
    return FALSE;
}

/* Limits. CPU time is left to the coordinator, which raises it page by page. */

static gboolean
limit_resources(GError **error)
{
    static const struct {
        __rlimit_resource_t resource;
        rlim_t limit;
    } LIMITS[] = {
        {RLIMIT_CORE, 0},
        {RLIMIT_FSIZE, 0},
        {RLIMIT_NOFILE, MAX_OPEN_FILES},
#ifndef __SANITIZE_ADDRESS__ /* it reserves terabytes for its shadow */
        {RLIMIT_AS, LT_OCR_MAX_MEMORY},
#endif
    };

    for (guint i = 0; i < G_N_ELEMENTS(LIMITS); i++) {
        struct rlimit limit;

        if (getrlimit(LIMITS[i].resource, &limit) < 0)
            return setup_failed(error, "getrlimit", errno);
        /* Who set a lower one means it, and only root could raise it. */
        limit.rlim_max = MIN(limit.rlim_max, LIMITS[i].limit);
        limit.rlim_cur = limit.rlim_max;
        if (setrlimit(LIMITS[i].resource, &limit) < 0)
            return setup_failed(error, "setrlimit", errno);
    }
    signal(SIGXFSZ, SIG_IGN); /* a message to a log file fails, and that is all */
    return TRUE;
}

/* Landlock: everything is denied but reading what is below these. */

static const char *const READABLE[] = {
    "/usr/share/fonts",      "/usr/local/share/fonts", "/etc/fonts",     "/usr/share/fontconfig",
    "/var/cache/fontconfig", "/usr/share/poppler",     "/etc/localtime",
};

/* Rights that a kernel's version of Landlock knows are its lowest bits: 13 in version 1, then with
 * REFER, TRUNCATE and (from version 5) IOCTL_DEV. Unknown ones must not be named. */
static guint64
known_rights(int version)
{
    static const guint BITS[] = {0, 13, 14, 15, 15, 16};

    return (1ull << BITS[MIN((guint)version, G_N_ELEMENTS(BITS) - 1)]) - 1;
}

static gboolean
allow_reading(int ruleset, const char *path, GError **error)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE};
    gboolean added;
    int error_number;

    rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0)
        return TRUE; /* what is not there need not be read */
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    added = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    error_number = errno;
    close(rule.parent_fd);
    return added ? TRUE : setup_failed(error, "landlock_add_rule", error_number);
}

static gboolean
fill_ruleset(int ruleset, const char *models, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(READABLE); i++)
        if (!allow_reading(ruleset, READABLE[i], error))
            return FALSE;
    if (!allow_reading(ruleset, models, error))
        return FALSE;
    if (syscall(SYS_landlock_restrict_self, ruleset, 0) < 0)
        return setup_failed(error, "landlock_restrict_self", errno);
    return TRUE;
}

static gboolean
restrict_files(const char *models, LtWalls *walls, GError **error)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    struct landlock_ruleset_attr attributes = {0};
    gboolean filled;
    int ruleset;

    walls->landlock = version > 0;
    if (!walls->landlock)
        return TRUE;
    attributes.handled_access_fs = known_rights((int)version);
    ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (ruleset < 0)
        return setup_failed(error, "landlock_create_ruleset", errno);
    filled = fill_ruleset(ruleset, models, error);
    close(ruleset);
    return filled;
}

/* System calls: what is listed is allowed, an attempt to leave the process kills it, and all others
 * fail with EPERM, so that a library that asks for something new goes on without it. */

static const int ALLOWED[] = {
    SCMP_SYS(access),
    SCMP_SYS(brk),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(close),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(fadvise64),
    SCMP_SYS(fstat),
    SCMP_SYS(fstatfs),
    SCMP_SYS(futex),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(getegid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getpid),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrlimit),
    SCMP_SYS(getrusage),
    SCMP_SYS(gettid),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getuid),
    SCMP_SYS(lseek),
    SCMP_SYS(lstat),
    SCMP_SYS(madvise),
    SCMP_SYS(membarrier),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    SCMP_SYS(nanosleep),
    SCMP_SYS(newfstatat),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(pread64),
    SCMP_SYS(preadv),
    SCMP_SYS(read),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(readv),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_yield),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(stat),
    SCMP_SYS(statfs),
    SCMP_SYS(statx),
    SCMP_SYS(sysinfo),
    SCMP_SYS(time),
    SCMP_SYS(uname),
};

static const int DEADLY[] = {
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(bind),
    SCMP_SYS(bpf),
    SCMP_SYS(chroot),
    SCMP_SYS(connect),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(init_module),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(kexec_load),
    SCMP_SYS(listen),
    SCMP_SYS(mount),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(pivot_root),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(ptrace),
    SCMP_SYS(setns),
    SCMP_SYS(socket),
    SCMP_SYS(umount2),
    SCMP_SYS(unshare),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(vfork),
};

/* Calls that are allowed for some values of one argument. */
static const struct {
    int call;
    struct scmp_arg_cmp argument;
} CONDITIONS[] = {
    /* only reading: flags of open and openat */
    {SCMP_SYS(open), SCMP_A1_64(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY)},
    {SCMP_SYS(openat), SCMP_A2_64(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY)},
    /* no new code */
    {SCMP_SYS(mmap), SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)},
    {SCMP_SYS(mprotect), SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)},
    /* talking to the coordinator alone, complaining on stderr */
    {SCMP_SYS(sendmsg), SCMP_A0_64(SCMP_CMP_EQ, LT_OCR_SOCKET_FD)},
    {SCMP_SYS(recvmsg), SCMP_A0_64(SCMP_CMP_EQ, LT_OCR_SOCKET_FD)},
    {SCMP_SYS(write), SCMP_A0_64(SCMP_CMP_LE, STDERR_FILENO)},
    {SCMP_SYS(writev), SCMP_A0_64(SCMP_CMP_LE, STDERR_FILENO)},
    /* threads, but no processes */
    {SCMP_SYS(clone), SCMP_A0_64(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)},
    /* asking for its own limits, not setting any */
    {SCMP_SYS(prlimit64), SCMP_A2_64(SCMP_CMP_EQ, 0)},
    /* no owner and no signal of a descriptor: what arrives there would signal anybody, and kill him */
    {SCMP_SYS(fcntl), SCMP_A1_64(SCMP_CMP_EQ, F_DUPFD)},
    {SCMP_SYS(fcntl), SCMP_A1_64(SCMP_CMP_EQ, F_DUPFD_CLOEXEC)},
    {SCMP_SYS(fcntl), SCMP_A1_64(SCMP_CMP_EQ, F_GETFD)},
    {SCMP_SYS(fcntl), SCMP_A1_64(SCMP_CMP_EQ, F_SETFD)},
    {SCMP_SYS(fcntl), SCMP_A1_64(SCMP_CMP_EQ, F_GETFL)},
    {SCMP_SYS(fcntl), SCMP_A1_64(SCMP_CMP_EQ, F_SETFL)},
};

static int
add_rules(scmp_filter_ctx filter)
{
    int result = 0;

    for (guint i = 0; i < G_N_ELEMENTS(ALLOWED) && result == 0; i++)
        result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, ALLOWED[i], 0);
    for (guint i = 0; i < G_N_ELEMENTS(DEADLY) && result == 0; i++)
        result = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, DEADLY[i], 0);
    for (guint i = 0; i < G_N_ELEMENTS(CONDITIONS) && result == 0; i++)
        result = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, CONDITIONS[i].call, 1,
                                        &CONDITIONS[i].argument);
    /* abort() signals the process itself */
    if (result == 0)
        result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                                  SCMP_A0_64(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
    /* its flags are in memory, where a filter cannot look: the C library falls back to clone */
    if (result == 0)
        result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    return result;
}

/* What cannot be built or is not taken is something that the kernel does not have, or that the container
 * does not let through. */
static gboolean
filter_calls(LtWalls *walls, GError **error)
{
    g_auto(scmp_filter_ctx) filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int result = filter ? add_rules(filter) : -ENOMEM;

    if (result == 0)
        result = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    if (result == 0)
        result = seccomp_load(filter);
    walls->seccomp = result == 0;
    return result == -ENOMEM ? setup_failed(error, "seccomp", -result) : TRUE;
}

gboolean
lt_sandbox_enter(const char *models, LtWalls *ret_walls, GError **error)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
        return setup_failed(error, "prctl", errno);
    *ret_walls = (LtWalls){FALSE, FALSE};
    return limit_resources(error) && restrict_files(models, ret_walls, error) &&
           filter_calls(ret_walls, error);
}
