/* SQLite's own VFS with fault points around what it does to the disk, for tests. A file's place is db, wal
 * or journal, other files (temporary ones) are left alone. */
#include "store/fault.h"

#ifdef LUUTRU_FAULTS

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

typedef struct {
    sqlite3_file base;
    const char *place; /* (nullable) NULL: no fault points */
    sqlite3_io_methods methods;
    sqlite3_file *real; /* behind this in the same block */
} File;

static sqlite3_file *
real_of(sqlite3_file *file)
{
    return ((File *)file)->real;
}

/* The result code of an ordered error, SQLITE_OK where there is none. */
static int
before(sqlite3_file *file, const char *operation, int io_error)
{
    const char *place = ((File *)file)->place;
    int ordered = place != NULL ? lt_fault(place, operation, "before") : 0;

    switch (ordered) {
    case 0:
        return SQLITE_OK;
    case ENOSPC:
    case EDQUOT:
        return SQLITE_FULL;
    case EBUSY:
        return SQLITE_BUSY;
    default:
        return io_error;
    }
}

static int
after(sqlite3_file *file, const char *operation, int code)
{
    if (((File *)file)->place != NULL)
        lt_fault(((File *)file)->place, operation, "after");
    return code;
}

static int
close_file(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int
read_file(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xRead(real_of(file), to, n, at);
}

/* SHORT: a part of the page is on the disk, as when the disk fills up. */
static int
write_file(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
    sqlite3_file *real = real_of(file);
    const char *place = ((File *)file)->place;
    int ordered = place != NULL ? lt_fault(place, "write", "before") : 0;

    if (ordered == LT_FAULT_SHORT) {
        real->pMethods->xWrite(real, from, n / 2, at);
        return SQLITE_FULL;
    }
    if (ordered != 0)
        return ordered == EIO ? SQLITE_IOERR_WRITE : SQLITE_FULL;
    return after(file, "write", real->pMethods->xWrite(real, from, n, at));
}

static int
truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
    int ordered = before(file, "truncate", SQLITE_IOERR_TRUNCATE);

    if (ordered != SQLITE_OK)
        return ordered;
    return after(file, "truncate", real_of(file)->pMethods->xTruncate(real_of(file), size));
}

static int
sync_file(sqlite3_file *file, int flags)
{
    int ordered = before(file, "sync", SQLITE_IOERR_FSYNC);

    if (ordered != SQLITE_OK)
        return ordered;
    return after(file, "sync", real_of(file)->pMethods->xSync(real_of(file), flags));
}

static int
file_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), ret_size);
}

static int
lock(sqlite3_file *file, int kind)
{
    return real_of(file)->pMethods->xLock(real_of(file), kind);
}

static int
unlock(sqlite3_file *file, int kind)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), kind);
}

static int
check_lock(sqlite3_file *file, int *ret_reserved)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), ret_reserved);
}

static int
control(sqlite3_file *file, int operation, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int
sector_size(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int
characteristics(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int
shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **ret_map)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, ret_map);
}

/* Where a writer of a WAL database waits for the others. */
static int
shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    if ((flags & SQLITE_SHM_LOCK) != 0 && (flags & SQLITE_SHM_EXCLUSIVE) != 0) {
        int ordered = before(file, "lock", SQLITE_IOERR_LOCK);
        if (ordered != SQLITE_OK)
            return ordered;
    }
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void
shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int
shm_unmap(sqlite3_file *file, int delete)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), delete);
}

static sqlite3_vfs *
real_vfs(sqlite3_vfs *vfs)
{
    return vfs->pAppData;
}

static int
open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *ret_flags)
{
    static const sqlite3_io_methods METHODS = {
        2,        close_file,  read_file,  write_file, truncate_file, sync_file,       file_size,
        lock,     unlock,      check_lock, control,    sector_size,   characteristics, shm_map,
        shm_lock, shm_barrier, shm_unmap,  NULL,       NULL,
    };
    File *mine = (File *)file;
    int code;

    memset(mine, 0, sizeof *mine);
    mine->real = (sqlite3_file *)(mine + 1);
    code = real_vfs(vfs)->xOpen(real_vfs(vfs), path, mine->real, flags, ret_flags);
    if (mine->real->pMethods == NULL)
        return code;
    mine->place = (flags & SQLITE_OPEN_MAIN_DB) != 0        ? "db"
                  : (flags & SQLITE_OPEN_WAL) != 0          ? "wal"
                  : (flags & SQLITE_OPEN_MAIN_JOURNAL) != 0 ? "journal"
                                                            : NULL;
    mine->methods = METHODS;
    mine->methods.iVersion = MIN(METHODS.iVersion, mine->real->pMethods->iVersion);
    mine->base.pMethods = &mine->methods;
    return code;
}

static int
delete_file(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    const char *place = g_str_has_suffix(path, "-wal") ? "wal" : "journal";
    int ordered = lt_fault(place, "unlink", "before");
    int code = ordered > 0 ? SQLITE_IOERR_DELETE
                           : real_vfs(vfs)->xDelete(real_vfs(vfs), path, sync_folder);

    if (ordered <= 0)
        lt_fault(place, "unlink", "after");
    return code;
}

static int
may_access(sqlite3_vfs *vfs, const char *path, int flags, int *ret_may)
{
    return real_vfs(vfs)->xAccess(real_vfs(vfs), path, flags, ret_may);
}

static int
full_path(sqlite3_vfs *vfs, const char *path, int n, char *ret_path)
{
    return real_vfs(vfs)->xFullPathname(real_vfs(vfs), path, n, ret_path);
}

static int
last_error(sqlite3_vfs *vfs, int n, char *ret_text)
{
    return real_vfs(vfs)->xGetLastError(real_vfs(vfs), n, ret_text);
}

const char *
lt_fault_vfs(void)
{
    static sqlite3_vfs vfs;
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);

    if (vfs.zName != NULL || real == NULL)
        return vfs.zName;
    vfs = *real; /* time, sleep and random numbers need no file and go there at once */
    vfs.pNext = NULL;
    vfs.pAppData = real;
    vfs.zName = "luutru-fault";
    vfs.szOsFile += (int)sizeof(File);
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = may_access;
    vfs.xFullPathname = full_path;
    vfs.xGetLastError = last_error;
    sqlite3_vfs_register(&vfs, 0);
    return vfs.zName;
}

#else

typedef int empty; /* a translation unit needs a declaration */

#endif
