// Moves the clock of a process, and of what it starts, by MOVED_CLOCK_SECONDS: a library for LD_PRELOAD.
//
// Debian's faketime replaces functions of libc. That moves a JVM, but not the ClickHouse engine in it,
// which is linked with a clock_gettime of its own, so that TTLs and now() would stay where they are. So
// the place is replaced that both end in: the functions that the kernel maps into each process (vDSO).
// Monotonic clocks go on as they are. Times of files move along, or each would seem to be old.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#ifndef __x86_64__
#error "moved-clock.c knows the jumps of x86-64 only"
#endif

static time_t moved;

static int moved_clock_gettime(clockid_t clock, struct timespec *time) {
  long result;
  // Not by syscall(), which would set errno where the kernel's function does not.
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(SYS_clock_gettime), "D"(clock), "S"(time)
                   : "rcx", "r11", "memory");
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    time->tv_sec += moved;
  }
  return (int)result;
}

static int moved_gettimeofday(struct timeval *time, void *zone) {
  struct timespec now;
  (void)zone;
  moved_clock_gettime(CLOCK_REALTIME, &now);
  if (time != NULL) {
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
  }
  return 0;
}

static time_t moved_time(time_t *time) {
  struct timespec now;
  moved_clock_gettime(CLOCK_REALTIME, &now);
  if (time != NULL) {
    *time = now.tv_sec;
  }
  return now.tv_sec;
}

// mov rax, address; jmp rax
static void replace(char *function, void *by) {
  unsigned char jump[12] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0};
  memcpy(jump + 2, &by, sizeof by);
  memcpy(function, jump, sizeof jump);
}

static void fail(const char *what) {
  fprintf(stderr, "moved-clock: %s\n", what);
  _exit(1);
}

__attribute__((constructor)) static void move_the_clock(void) {
  const char *seconds = getenv("MOVED_CLOCK_SECONDS");
  if (seconds == NULL) {
    return;
  }
  moved = atol(seconds);
  char *image = (char *)getauxval(AT_SYSINFO_EHDR);
  if (image == NULL) {
    fail("this kernel maps no vDSO");
  }
  Elf64_Ehdr *header = (Elf64_Ehdr *)image;
  Elf64_Phdr *segment = (Elf64_Phdr *)(image + header->e_phoff);
  Elf64_Dyn *entry = NULL;
  char *base = NULL;
  size_t bytes = 0;
  for (int i = 0; i < header->e_phnum; i++) {
    if (segment[i].p_type == PT_LOAD) {
      base = image + segment[i].p_offset - segment[i].p_vaddr;
      bytes = segment[i].p_offset + segment[i].p_memsz;
    } else if (segment[i].p_type == PT_DYNAMIC) {
      entry = (Elf64_Dyn *)(image + segment[i].p_offset);
    }
  }
  char *names = NULL;
  Elf64_Sym *symbols = NULL;
  Elf64_Word *hash = NULL;
  for (; entry != NULL && entry->d_tag != DT_NULL; entry++) {
    char *value = base + entry->d_un.d_ptr;
    if (entry->d_tag == DT_STRTAB) {
      names = value;
    } else if (entry->d_tag == DT_SYMTAB) {
      symbols = (Elf64_Sym *)value;
    } else if (entry->d_tag == DT_HASH) {
      hash = (Elf64_Word *)value;
    }
  }
  if (names == NULL || symbols == NULL || hash == NULL) {
    fail("the vDSO has no table of symbols");
  }
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  if (mprotect(image, (bytes + page - 1) / page * page, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) {
    fail("the vDSO cannot be changed");
  }
  int replaced = 0;
  for (Elf64_Word i = 0; i < hash[1]; i++) {
    const char *name = names + symbols[i].st_name;
    char *function = base + symbols[i].st_value;
    void *by = strcmp(name, "__vdso_clock_gettime") == 0  ? (void *)moved_clock_gettime
               : strcmp(name, "__vdso_gettimeofday") == 0 ? (void *)moved_gettimeofday
               : strcmp(name, "__vdso_time") == 0         ? (void *)moved_time
                                                          : NULL;
    if (by != NULL) {
      replace(function, by);
      replaced++;
    }
  }
  if (replaced != 3) {
    fail("the vDSO has other functions than expected");
  }
}

// Times of files: the kernel's are true, those of the process moved.

static int seen(int result, struct stat *file) {
  if (result == 0) {
    file->st_atim.tv_sec += moved;
    file->st_mtim.tv_sec += moved;
    file->st_ctim.tv_sec += moved;
  }
  return result;
}

#define NEXT(name, ...) ((int (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

#define STATS(suffix)                                                                                  \
  int stat##suffix(const char *path, struct stat##suffix *file) {                                       \
    return seen(NEXT(stat##suffix, const char *, void *)(path, file), (struct stat *)file);             \
  }                                                                                                     \
  int lstat##suffix(const char *path, struct stat##suffix *file) {                                      \
    return seen(NEXT(lstat##suffix, const char *, void *)(path, file), (struct stat *)file);            \
  }                                                                                                     \
  int fstat##suffix(int open, struct stat##suffix *file) {                                              \
    return seen(NEXT(fstat##suffix, int, void *)(open, file), (struct stat *)file);                     \
  }                                                                                                     \
  int fstatat##suffix(int dir, const char *path, struct stat##suffix *file, int flags) {                \
    return seen(                                                                                        \
        NEXT(fstatat##suffix, int, const char *, void *, int)(dir, path, file, flags),                  \
        (struct stat *)file);                                                                           \
  }                                                                                                     \
  int __xstat##suffix(int version, const char *path, struct stat##suffix *file) {                       \
    return seen(                                                                                        \
        NEXT(__xstat##suffix, int, const char *, void *)(version, path, file), (struct stat *)file);    \
  }                                                                                                     \
  int __lxstat##suffix(int version, const char *path, struct stat##suffix *file) {                      \
    return seen(                                                                                        \
        NEXT(__lxstat##suffix, int, const char *, void *)(version, path, file), (struct stat *)file);   \
  }                                                                                                     \
  int __fxstat##suffix(int version, int open, struct stat##suffix *file) {                              \
    return seen(                                                                                        \
        NEXT(__fxstat##suffix, int, int, void *)(version, open, file), (struct stat *)file);            \
  }                                                                                                     \
  int __fxstatat##suffix(                                                                               \
      int version, int dir, const char *path, struct stat##suffix *file, int flags) {                   \
    return seen(                                                                                        \
        NEXT(__fxstatat##suffix, int, int, const char *, void *, int)(version, dir, path, file, flags), \
        (struct stat *)file);                                                                           \
  }

STATS()
STATS(64)

static const struct timespec *truly(const struct timespec times[2], struct timespec back[2]) {
  if (times == NULL) {
    return NULL;
  }
  for (int i = 0; i < 2; i++) {
    back[i] = times[i];
    back[i].tv_sec -= times[i].tv_nsec == UTIME_NOW || times[i].tv_nsec == UTIME_OMIT ? 0 : moved;
  }
  return back;
}

int futimens(int open, const struct timespec times[2]) {
  struct timespec back[2];
  return NEXT(futimens, int, const struct timespec *)(open, truly(times, back));
}

int utimensat(int dir, const char *path, const struct timespec times[2], int flags) {
  struct timespec back[2];
  return NEXT(utimensat, int, const char *, const struct timespec *, int)(
      dir, path, truly(times, back), flags);
}

// Waits until a moment: the kernel waits for the true one. A monotonic clock is nowhere near 1e9 s.
int pthread_cond_timedwait(
    pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until) {
  static int (*next)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
  if (next == NULL) {
    // By version: without one this would be what programs of 2002 were linked with.
    next = (int (*)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *))dlvsym(
        RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
  }
  struct timespec truly = *until;
  truly.tv_sec -= truly.tv_sec > 1000000000 ? moved : 0;
  return next(condition, mutex, &truly);
}
