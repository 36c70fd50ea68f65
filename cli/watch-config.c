/* The file:
 *
 *   [watch]
 *   archive=/srv/luutru
 *   jobs=2
 *
 *   [folder /srv/scans]
 *   after=move
 *   done=/srv/scanned
 *   leave=*.bak;draft*
 *
 * docs/luutru.1 says what each key means. */
#include "cli/watch-config.h"

#include <string.h>

#define FOLDER_GROUP "folder "
#define MAX_FOLDERS 1000u
#define MAX_SECONDS 86400

static const struct {
    const char *name;
    LtSourceAction action;
} ACTIONS[] = {
    {"keep", LT_SOURCE_KEEP},
    {"move", LT_SOURCE_MOVE},
    {"delete", LT_SOURCE_DELETE},
};

static void
free_folder(gpointer folder)
{
    lt_watch_folder_free(folder);
}

void
lt_watch_config_init(LtWatchConfig *config)
{
    *config = (LtWatchConfig){
        .options = {.settle_ms = 2000,
                    .patience_seconds = 120,
                    .look_seconds = 300,
                    .poll_seconds = 10,
                    .reserve = 64u << 20},
        .retries = 5,
        .retry_seconds = 30,
        .folders = g_ptr_array_new_with_free_func(free_folder),
    };
}

void
lt_watch_config_clear(LtWatchConfig *config)
{
    g_clear_pointer(&config->archive, g_free);
    g_clear_pointer(&config->folders, g_ptr_array_unref);
}

/* --- the group [watch] --- */

typedef enum { KEY_PATH, KEY_NUMBER, KEY_SECONDS_AS_MS, KEY_MIB, KEY_BOOLEAN } KeyKind;

static const struct {
    const char *name;
    KeyKind kind;
    gsize offset;
    int least, most;
} KEYS[] = {
    {"archive", KEY_PATH, G_STRUCT_OFFSET(LtWatchConfig, archive), 0, 0},
    {"jobs", KEY_NUMBER, G_STRUCT_OFFSET(LtWatchConfig, jobs), 0, 256},
    {"settle", KEY_SECONDS_AS_MS, G_STRUCT_OFFSET(LtWatchConfig, options.settle_ms), 0, 3600},
    {"patience", KEY_NUMBER, G_STRUCT_OFFSET(LtWatchConfig, options.patience_seconds), 0,
     MAX_SECONDS},
    {"look", KEY_NUMBER, G_STRUCT_OFFSET(LtWatchConfig, options.look_seconds), 1, MAX_SECONDS},
    {"poll", KEY_NUMBER, G_STRUCT_OFFSET(LtWatchConfig, options.poll_seconds), 1, MAX_SECONDS},
    {"always-poll", KEY_BOOLEAN, G_STRUCT_OFFSET(LtWatchConfig, options.poll), 0, 0},
    {"reserve", KEY_MIB, G_STRUCT_OFFSET(LtWatchConfig, options.reserve), 0, 1 << 20},
    {"retries", KEY_NUMBER, G_STRUCT_OFFSET(LtWatchConfig, retries), 0, 100},
    {"retry-pause", KEY_NUMBER, G_STRUCT_OFFSET(LtWatchConfig, retry_seconds), 0, MAX_SECONDS},
};

static gboolean
fail(GError **error, const char *path, const char *group, const char *key, const char *what)
{
    g_autofree char *shown = lt_cli_shown_path(path);

    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT, "'%s', [%s]%s%s: %s", shown, group,
                *key != '\0' ? ", " : "", key, what);
    return FALSE;
}

static gboolean
read_number(GKeyFile *file, const char *path, gsize i, LtWatchConfig *config, GError **error)
{
    g_autoptr(GError) wrong = NULL;
    double value = g_key_file_get_double(file, "watch", KEYS[i].name, &wrong);
    gpointer to = (char *)config + KEYS[i].offset;
    g_autofree char *what = NULL;

    if (wrong || !(value >= KEYS[i].least && value <= KEYS[i].most)) {
        what = g_strdup_printf(_("takes a number from %d to %d"), KEYS[i].least, KEYS[i].most);
        return fail(error, path, "watch", KEYS[i].name, what);
    }
    if (KEYS[i].kind == KEY_MIB)
        *(guint64 *)to = (guint64)(value * (1 << 20));
    else
        *(guint *)to = (guint)(KEYS[i].kind == KEY_SECONDS_AS_MS ? value * 1000 : value);
    return TRUE;
}

static gboolean
read_boolean(GKeyFile *file, const char *path, const char *group, const char *key,
             gboolean *ret_value, GError **error)
{
    g_autoptr(GError) wrong = NULL;
    gboolean value = g_key_file_get_boolean(file, group, key, &wrong);

    if (wrong)
        return fail(error, path, group, key, _("takes 'true' or 'false'"));
    *ret_value = value;
    return TRUE;
}

/* A value takes the rest of its line: a comment behind a path would become part of it. A folder of such a
 * name that is there is meant. */
static gboolean
check_comment(const char *path, const char *group, const char *key, const char *value,
              GError **error)
{
    if (value == NULL || strstr(value, " #") == NULL || g_file_test(value, G_FILE_TEST_IS_DIR))
        return TRUE;
    return fail(error, path, group, key,
                _("a comment is a line of its own; what follows '#' here would be part of the "
                  "value"));
}

static gboolean
read_key(GKeyFile *file, const char *path, const char *key, LtWatchConfig *config, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(KEYS); i++) {
        gpointer to = (char *)config + KEYS[i].offset;

        if (strcmp(KEYS[i].name, key) != 0)
            continue;
        if (KEYS[i].kind == KEY_PATH) {
            g_free(*(char **)to);
            *(char **)to = g_key_file_get_value(file, "watch", key, NULL);
            return check_comment(path, "watch", key, *(char **)to, error);
        }
        if (KEYS[i].kind == KEY_BOOLEAN)
            return read_boolean(file, path, "watch", key, to, error);
        return read_number(file, path, i, config, error);
    }
    return fail(error, path, "watch", key, _("there is no such key"));
}

/* --- the groups [folder PATH] --- */

/* (transfer full) (nullable) Without the blanks around each. */
static char **
read_patterns(GKeyFile *file, const char *group)
{
    char **patterns = g_key_file_get_string_list(file, group, "leave", NULL, NULL);

    for (gsize i = 0; patterns != NULL && patterns[i] != NULL; i++)
        g_strstrip(patterns[i]);
    return patterns;
}

static gboolean
check_patterns(const char *path, const char *group, char **patterns, GError **error)
{
    for (gsize i = 0; patterns != NULL && patterns[i] != NULL; i++) {
        if (strchr(patterns[i], ',') != NULL)
            return fail(error, path, group, "leave",
                        _("patterns are parted by semicolons; for a comma in a name write '?'"));
        if (!check_comment(path, group, "leave", patterns[i], error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
read_folder(GKeyFile *file, const char *path, const char *group, LtWatchConfig *config,
            GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);
    g_autofree char *action = g_key_file_get_value(file, group, "after", NULL);
    g_autofree char *done = g_key_file_get_value(file, group, "done", NULL);
    g_auto(GStrv) leave = read_patterns(file, group);
    gboolean dossiers = FALSE;
    LtWatchFolder *folder;
    static const char *const known[] = {"after", "done", "leave", "dossiers", NULL};

    for (gsize i = 0; keys && keys[i]; i++)
        if (!g_strv_contains(known, keys[i]))
            return fail(error, path, group, keys[i], _("there is no such key"));
    if (g_key_file_has_key(file, group, "dossiers", NULL) &&
        !read_boolean(file, path, group, "dossiers", &dossiers, error))
        return FALSE;
    if (!check_comment(path, group, "done", done, error) ||
        !check_patterns(path, group, leave, error))
        return FALSE;
    folder = lt_watch_config_add(config, group + strlen(FOLDER_GROUP),
                                 action != NULL ? action : "keep", done, leave, error);
    if (folder != NULL)
        folder->dossiers = dossiers;
    return folder != NULL;
}

static gboolean
read_group(GKeyFile *file, const char *path, const char *group, LtWatchConfig *config,
           GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);

    if (g_str_has_prefix(group, FOLDER_GROUP))
        return read_folder(file, path, group, config, error);
    if (strcmp(group, "watch") != 0)
        return fail(error, path, group, "", _("there is no such group"));
    for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
        if (!read_key(file, path, keys[i], config, error))
            return FALSE;
    return TRUE;
}

/* Of two groups or keys of one name GKeyFile takes the last, in silence. */
static gboolean
check_doubles(const char *path, const char *text, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *group = g_strdup("");

    for (gsize i = 0; lines[i] != NULL; i++) {
        char *line = g_strstrip(lines[i]);
        const char *end = strchr(line, *line == '[' ? ']' : '=');
        g_autofree char *name = NULL;

        if (end == NULL || *line == '#')
            continue;
        if (*line == '[') {
            g_free(group);
            group = g_strndup(line + 1, (gsize)(end - line) - 1);
            name = g_strdup("");
        } else {
            name = g_strchomp(g_strndup(line, (gsize)(end - line)));
        }
        if (!g_hash_table_add(seen, g_strdup_printf("%s]%s", group, name)))
            return fail(error, path, group, name, _("stands there twice; one of them must go"));
    }
    return TRUE;
}

gboolean
lt_watch_config_load(LtWatchConfig *config, const char *path, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) wrong = NULL;
    g_auto(GStrv) groups = NULL;
    g_autofree char *text = NULL;
    gsize length = 0;

    if (!g_file_get_contents(path, &text, &length, &wrong) ||
        !g_key_file_load_from_data(file, text, length, G_KEY_FILE_NONE, &wrong)) {
        g_autofree char *shown = lt_cli_shown_path(path);
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT, _("'%s' cannot be read: %s"), shown,
                    wrong->message);
        return FALSE;
    }
    if (!check_doubles(path, text, error))
        return FALSE;
    groups = g_key_file_get_groups(file, NULL);
    for (gsize i = 0; groups[i] != NULL; i++)
        if (!read_group(file, path, groups[i], config, error))
            return FALSE;
    return TRUE;
}

gboolean
lt_watch_config_set(LtWatchConfig *config, const char *setting, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_auto(GStrv) parts = g_strsplit(setting, "=", 2);

    if (g_strv_length(parts) != 2) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("--set takes KEY=VALUE, not '%s'"),
                    setting);
        return FALSE;
    }
    g_key_file_set_value(file, "watch", parts[0], parts[1]);
    return read_key(file, "--set", parts[0], config, error);
}

/* --- folders --- */

static gboolean
find_action(const char *name, LtSourceAction *ret_action)
{
    for (gsize i = 0; i < G_N_ELEMENTS(ACTIONS); i++)
        if (strcmp(ACTIONS[i].name, name) == 0) {
            *ret_action = ACTIONS[i].action;
            return TRUE;
        }
    return FALSE;
}

/* Only one of two rules for a folder could be kept. */
static gboolean
check_new(const LtWatchConfig *config, const LtWatchFolder *folder, const char *shown,
          GError **error)
{
    for (guint i = 0; i < config->folders->len; i++) {
        const LtWatchFolder *other = g_ptr_array_index(config->folders, i);
        g_autofree char *shown_other = NULL;

        if (strcmp(other->path, folder->path) != 0)
            continue;
        shown_other = lt_cli_shown_path(other->path);
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
                    _("'%s' is named already, as '%s': a folder has one rule"), shown, shown_other);
        return FALSE;
    }
    return TRUE;
}

LtWatchFolder *
lt_watch_config_add(LtWatchConfig *config, const char *path, const char *action, const char *done,
                    char **leave, GError **error)
{
    g_autoptr(LtWatchFolder) folder = lt_watch_folder_new(path);
    g_autofree char *shown = lt_cli_shown_path(path);

    if (config->folders->len >= MAX_FOLDERS) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
                    _("at most %u folders are watched: name one that holds them all"), MAX_FOLDERS);
        return NULL;
    }
    if (!check_new(config, folder, shown, error))
        return NULL;
    if (!find_action(action, &folder->action)) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
                    _("'%s': what comes after filing is 'keep', 'move' or 'delete', not '%s'"),
                    shown, action);
        return NULL;
    }
    if ((folder->action == LT_SOURCE_MOVE) != (done != NULL && *done != '\0')) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
                    _("'%s': a folder for filed sources goes with 'move', and only with it"),
                    shown);
        return NULL;
    }
    if (folder->action == LT_SOURCE_MOVE)
        folder->done = g_canonicalize_filename(done, NULL);
    folder->leave = g_strdupv(leave);
    g_ptr_array_add(config->folders, folder);
    return g_steal_pointer(&folder);
}

gboolean
lt_watch_config_check(const LtWatchConfig *config, GError **error)
{
    if (config->folders->len > 0)
        return TRUE;
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'watch' wants folders"));
    return FALSE;
}
