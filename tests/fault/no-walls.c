/* no-walls landlock|seccomp|both PROGRAM ARGUMENT…: runs a program as a kernel would that has no Landlock, or a
 * container in which no system call filter can be set: by a filter of its own. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <glib.h>

#define CALL offsetof(struct seccomp_data, nr)
#define FIRST offsetof(struct seccomp_data, args[0])
#define LOAD(what) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, what)
#define SKIP_UNLESS(value, n) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, n)
#define END(how) BPF_STMT(BPF_RET | BPF_K, how)
#define FAIL(code) END(SECCOMP_RET_ERRNO | (code))

static struct sock_filter NO_LANDLOCK[] = {
    LOAD(CALL),
    SKIP_UNLESS(SYS_landlock_create_ruleset, 1),
    FAIL(ENOSYS),
    END(SECCOMP_RET_ALLOW),
};

static struct sock_filter NO_SECCOMP[] = {
    LOAD(CALL),  SKIP_UNLESS(SYS_seccomp, 1),    FAIL(ENOSYS), SKIP_UNLESS(SYS_prctl, 3),
    LOAD(FIRST), SKIP_UNLESS(PR_SET_SECCOMP, 1), FAIL(EINVAL), END(SECCOMP_RET_ALLOW),
};

static gboolean
take_away(const char *asked, const char *name, struct sock_filter *filter, gsize length)
{
    struct sock_fprog program = {(unsigned short)length, filter};

    if (strcmp(asked, name) != 0 && strcmp(asked, "both") != 0)
        return TRUE;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

int
main(int argc, char **argv)
{
    if (argc < 3 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        !take_away(argv[1], "landlock", NO_LANDLOCK, G_N_ELEMENTS(NO_LANDLOCK)) ||
        !take_away(argv[1], "seccomp", NO_SECCOMP, G_N_ELEMENTS(NO_SECCOMP)))
        return 2;
    execv(argv[2], argv + 2);
    return 2;
}
