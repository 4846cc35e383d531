/* Faults of the kernel, for the program that this library is preloaded into: of its netlink sockets, of the links of
 * descriptors, and of its clocks.
 *
 * The environment variable FAULTS names a file that holds one struct faults, which the test changes while the program
 * runs. Everything else goes to the C library. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum kind { NONE, RECV_FAILS, SOCKET_FAILS, HANGS, CUT, LONGER_THAN_BUFFER, INTERRUPTED, DONE_WITH_ERRNO, ENDS_EARLY, READLINKAT_FAILS };

struct faults {
  /* What happens, and how often yet; the errno of those that have one. */
  volatile int32_t kind, times, errno_value;
  /* How often it has happened. */
  volatile int32_t happened;
  /* By how much the clock on the wall is set off. */
  volatile int64_t clock_seconds;
  /* By how much more than that has passed, as the clock says that nobody sets. */
  volatile int64_t passed_seconds;
};

static struct faults *faults;
static ssize_t (*real_recv)(int, void *, size_t, int);
static int (*real_socket)(int, int, int);
static ssize_t (*real_readlinkat)(int, const char *, char *, size_t);
static int (*real_clock_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void prepare(void) {
  *(void **)&real_recv = dlsym(RTLD_NEXT, "recv");
  *(void **)&real_socket = dlsym(RTLD_NEXT, "socket");
  *(void **)&real_readlinkat = dlsym(RTLD_NEXT, "readlinkat");
  *(void **)&real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  const char *path = getenv("FAULTS");
  int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *mapped = mmap(NULL, sizeof *faults, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (mapped != MAP_FAILED) faults = mapped;
  close(fd);
}

static int is_due(enum kind kind) {
  if (faults == NULL || faults->kind != (int32_t)kind || faults->times <= 0) return 0;
  faults->times--;
  faults->happened++;
  return 1;
}

static int fail(void) {
  errno = faults->errno_value;
  return -1;
}

int socket(int domain, int type, int protocol) {
  if (domain == AF_NETLINK && protocol == NETLINK_SOCK_DIAG && is_due(SOCKET_FAILS)) return fail();
  return real_socket(domain, type, protocol);
}

ssize_t readlinkat(int directory, const char *path, char *target, size_t size) {
  return is_due(READLINKAT_FAILS) ? fail() : real_readlinkat(directory, path, target, size);
}

static int is_sock_diag(int fd) {
  int protocol;
  socklen_t size = sizeof protocol;
  int domain;
  socklen_t domain_size = sizeof domain;
  return getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &domain_size) == 0 && domain == AF_NETLINK &&
         getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &size) == 0 && protocol == NETLINK_SOCK_DIAG;
}

/* The end of the dump, if it is in these bytes. */
static struct nlmsghdr *done_message(void *buffer, ssize_t bytes) {
  int left = (int)bytes;
  for (struct nlmsghdr *message = buffer; NLMSG_OK(message, left); message = NLMSG_NEXT(message, left))
    if (message->nlmsg_type == NLMSG_DONE) return message;
  return NULL;
}

ssize_t recv(int fd, void *buffer, size_t size, int flags) {
  if (faults == NULL || faults->kind == NONE || !is_sock_diag(fd)) return real_recv(fd, buffer, size, flags);
  if (is_due(RECV_FAILS)) return fail();
  if (is_due(ENDS_EARLY)) return 0;
  if (is_due(HANGS))
    while (faults->kind == HANGS) usleep(10000);
  ssize_t bytes = real_recv(fd, buffer, size, flags);
  if (bytes <= 0) return bytes;
  if (is_due(CUT)) return bytes - 4;
  if (is_due(LONGER_THAN_BUFFER)) return (ssize_t)size + 1;
  if (is_due(INTERRUPTED)) ((struct nlmsghdr *)buffer)->nlmsg_flags |= NLM_F_DUMP_INTR;
  struct nlmsghdr *done = done_message(buffer, bytes);
  if (done != NULL && is_due(DONE_WITH_ERRNO)) *(int32_t *)NLMSG_DATA(done) = -faults->errno_value;
  return bytes;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = real_clock_gettime(clock, time);
  if (result != 0 || faults == NULL) return result;
  if (clock == CLOCK_REALTIME) time->tv_sec += faults->clock_seconds;
  if (clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE) time->tv_sec += faults->passed_seconds;
  return 0;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  (void)zone;
  struct timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}
