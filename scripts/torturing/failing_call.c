/* Makes the N-th call to open, write, rename or fsync fail, once, or be the last that is made, in a program and all that
   it starts (for scripts/torture).

   cc -shared -fPIC -O1 -o failing_call.so failing_call.c -ldl
   LD_PRELOAD=failing_call.so FAILING_CALLS=FILE FAILING_UNDER=FOLDER:FOLDER program

   Counted are calls that concern a path below one of the folders. FILE holds five longs, which all processes share and
   whoever maps the file may set at any time: how many calls there were, N, an errno, such as 28 (ENOSPC), 5 (EIO) or
   30 (EROFS), whether the N-th call is to be the last, and whether it has come. With N = 0 all are counted and none
   fails. With a negative N every writing call fails from that number on, mkdir too, and unlink too unless the disk is
   only full. The last call never returns: it waits for whoever kills the process; of what it writes one half is written.
   Where one is to be the last, link, unlink, mkdir, rmdir and what tells a file's times are counted as well.
*/
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static struct { long counted, chosen, error_number, is_last, is_reached; } *calls;
static const char *folders;

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("FAILING_CALLS");
    int (*open_file)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    folders = getenv("FAILING_UNDER");
    int number = file && folders ? open_file(file, O_RDWR | O_CLOEXEC) : -1;
    if (number < 0) return;
    void *shared = mmap(NULL, sizeof *calls, PROT_READ | PROT_WRITE, MAP_SHARED, number, 0);
    if (shared != MAP_FAILED) calls = shared;
    close(number);
}

static int is_below(const char *path) {
    for (const char *folder = folders; folder && *folder;) {
        size_t length = strcspn(folder, ":");
        if (length && !strncmp(path, folder, length) && (path[length] == '/' || !path[length])) return 1;
        folder += length + (folder[length] == ':');
    }
    return 0;
}

static int link_leads_below(const char *link, const char *path) {
    char whole[2 * PATH_MAX];
    ssize_t length = readlink(link, whole, PATH_MAX - 1);
    if (length < 0) return 0;
    whole[length] = 0;
    if (path) snprintf(whole + length, PATH_MAX, "/%s", path);
    return is_below(whole);
}

static int path_is_below(int folder, const char *path) {
    char link[64] = "/proc/self/cwd";
    if (!calls || !path) return 0;
    if (*path == '/') return is_below(path);
    if (folder != AT_FDCWD) snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    return link_leads_below(link, path);
}

static int file_is_below(int number) {
    char link[64];
    if (!calls) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", number);
    return link_leads_below(link, NULL);
}

static void stay(void) {
    __atomic_store_n(&calls->is_reached, 1, __ATOMIC_SEQ_CST);
    for (;;) pause();
}

static int fails(int is_counted, int is_writing) {
    if (!is_counted) return 0;
    long now = __atomic_add_fetch(&calls->counted, 1, __ATOMIC_SEQ_CST), chosen = calls->chosen;
    if (now != chosen && !(chosen < 0 && now >= -chosen && is_writing)) return 0;
    if (calls->is_last) return 1;
    errno = (int)calls->error_number;
    return 1;
}

static int refused(void) {
    if (calls->is_last) stay();
    return -1;
}

static int fails_for_good(int is_concerned, int is_making_room) {
    if (is_concerned && calls->is_last) {
        return fails(1, 1) ? refused() : 0;
    }
    if (!is_concerned || calls->chosen >= 0 || calls->counted < -calls->chosen) return 0;
    if (is_making_room && calls->error_number == ENOSPC) return 0;
    errno = (int)calls->error_number;
    return 1;
}

#define NEXT(name) __typeof__(&name) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define WRITES(flags) (((flags) & O_ACCMODE) != O_RDONLY)
#define MODE(flags)                                         \
    mode_t mode = 0;                                        \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                  \
        va_list rest;                                       \
        va_start(rest, flags);                              \
        mode = va_arg(rest, mode_t);                        \
        va_end(rest);                                       \
    }
#define OPENS(name)                                                                 \
    int name(const char *path, int flags, ...) {                                    \
        NEXT(name);                                                                 \
        MODE(flags)                                                                 \
        if (fails(path_is_below(AT_FDCWD, path), WRITES(flags))) return refused();  \
        return next(path, flags, mode);                                             \
    }
#define OPENS_AT(name)                                                              \
    int name(int folder, const char *path, int flags, ...) {                        \
        NEXT(name);                                                                 \
        MODE(flags)                                                                 \
        if (fails(path_is_below(folder, path), WRITES(flags))) return refused();    \
        return next(folder, path, flags, mode);                                     \
    }
#define OPENS_STREAM(name)                                                          \
    FILE *name(const char *path, const char *kind) {                                \
        NEXT(name);                                                                 \
        if (fails(path_is_below(AT_FDCWD, path), !!strpbrk(kind, "wa+"))) { \
            refused();                                                              \
            return NULL;                                                            \
        }                                                                           \
        return next(path, kind);                                                    \
    }
#define OF_FILE(result, name, arguments, given, before_last)                        \
    result name arguments {                                                         \
        NEXT(name);                                                                 \
        if (fails(file_is_below(number), 1)) {                                      \
            if (calls->is_last) before_last;                                        \
            return refused();                                                       \
        }                                                                           \
        return next given;                                                          \
    }

OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)
OPENS_STREAM(fopen)
OPENS_STREAM(fopen64)
OF_FILE(ssize_t, write, (int number, const void *data, size_t size), (number, data, size), next(number, data, size / 2))
OF_FILE(ssize_t, writev, (int number, const struct iovec *parts, int count), (number, parts, count), next(number, parts, count / 2))
OF_FILE(ssize_t, pwrite, (int number, const void *data, size_t size, off_t place), (number, data, size, place), next(number, data, size / 2, place))
OF_FILE(ssize_t, pwrite64, (int number, const void *data, size_t size, off64_t place), (number, data, size, place), next(number, data, size / 2, place))
OF_FILE(int, fsync, (int number), (number), (void)0)
OF_FILE(int, fdatasync, (int number), (number), (void)0)

int rename(const char *from, const char *to) {
    NEXT(rename);
    if (fails(path_is_below(AT_FDCWD, to), 1)) return refused();
    return next(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    NEXT(renameat);
    if (fails(path_is_below(to_folder, to), 1)) return refused();
    return next(from_folder, from, to_folder, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags) {
    NEXT(renameat2);
    if (fails(path_is_below(to_folder, to), 1)) return refused();
    return next(from_folder, from, to_folder, to, flags);
}

int mkdir(const char *path, mode_t mode) {
    NEXT(mkdir);
    if (fails_for_good(path_is_below(AT_FDCWD, path), 0)) return -1;
    return next(path, mode);
}

int unlink(const char *path) {
    NEXT(unlink);
    if (fails_for_good(path_is_below(AT_FDCWD, path), 1)) return -1;
    return next(path);
}

int link(const char *from, const char *to) {
    NEXT(link);
    if (fails_for_good(path_is_below(AT_FDCWD, to), 0)) return -1;
    return next(from, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    NEXT(linkat);
    if (fails_for_good(path_is_below(to_folder, to), 0)) return -1;
    return next(from_folder, from, to_folder, to, flags);
}

int unlinkat(int folder, const char *path, int flags) {
    NEXT(unlinkat);
    if (fails_for_good(path_is_below(folder, path), 1)) return -1;
    return next(folder, path, flags);
}

int rmdir(const char *path) {
    NEXT(rmdir);
    if (fails_for_good(path_is_below(AT_FDCWD, path), 1)) return -1;
    return next(path);
}

int utimensat(int folder, const char *path, const struct timespec times[2], int flags) {
    NEXT(utimensat);
    if (fails_for_good(path_is_below(folder, path), 1)) return -1;
    return next(folder, path, times, flags);
}
