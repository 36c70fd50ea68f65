/* What is left of a program that dies while it works at a document. */
#include "ingest/crash.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const char SUM[] = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

/* With what it ends that dies so while it works at sha256. */
static int
die(const char *archive, const char *sha256, int number)
{
    pid_t child = fork();
    int status = 0;

    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        lt_crash_guard(archive);
        lt_crash_in_hand(SUM);
        lt_crash_in_hand(sha256);
        raise(number);
        _exit(0);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void
test_count(void)
{
    g_autofree char *archive = g_dir_make_tmp("luutru-crash-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(archive, LT_CRASH_FILE, NULL);

    g_assert_cmpuint(lt_crash_count(archive, SUM), ==, 0);
    g_assert_cmpint(die(archive, SUM, SIGABRT), ==, SIGABRT);
    g_assert_cmpuint(lt_crash_count(archive, SUM), ==, 1);
    g_assert_cmpint(die(archive, NULL, SIGABRT), ==, SIGABRT);
    g_assert_cmpuint(lt_crash_count(archive, SUM), ==, 1);
    g_assert_cmpint(die(archive, SUM, SIGKILL), ==, SIGKILL); /* that is no fault of the document */
    g_assert_cmpuint(lt_crash_count(archive, SUM), ==, 1);
    g_assert_cmpint(die(archive, SUM, SIGTRAP), ==, SIGTRAP);
    g_assert_cmpuint(lt_crash_count(archive, SUM), ==, 2);
    lt_crash_forget(archive);
    g_assert_cmpuint(lt_crash_count(archive, SUM), ==, 0);
    g_assert_false(g_file_test(file, G_FILE_TEST_EXISTS));
    g_assert_cmpint(g_rmdir(archive), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/crash/count", test_count);
    return g_test_run();
}
