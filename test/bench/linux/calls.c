/* The calls to the kernel that a collection makes, by a program that does nothing with what they give: tables by sock_diag, and
 * owners by the links of all open files. Prints milliseconds of the clock and of the processor, of the tables and then of the owners. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER_BYTES = 64 * 1024, ALL_STATES = 0x3ffe, PATH_BYTES = 300, LINK_BYTES = 64 };

static double now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void dump(const void *request, size_t bytes) {
  static union {
    struct nlmsghdr header;
    char bytes[BUFFER_BYTES];
  } answer;
  int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
  if (fd < 0 || send(fd, request, bytes, 0) < 0) abort();
  do {
    if (recv(fd, &answer, sizeof answer, 0) <= 0 || answer.header.nlmsg_type == NLMSG_ERROR) abort();
  } while (answer.header.nlmsg_type != NLMSG_DONE);
  close(fd);
}

static void read_tables(void) {
  struct {
    struct nlmsghdr header;
    struct inet_diag_req request;
  } tcp = {{sizeof tcp, TCPDIAG_GETSOCK, NLM_F_REQUEST | NLM_F_DUMP, 1, 0}, {.idiag_states = ALL_STATES}};
  dump(&tcp, sizeof tcp);
  for (int i = 0; i < 2; i++) {
    struct {
      struct nlmsghdr header;
      struct inet_diag_req_v2 request;
    } udp = {{sizeof udp, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, 1, 0},
             {.sdiag_family = i ? AF_INET6 : AF_INET, .sdiag_protocol = IPPROTO_UDP, .idiag_states = ALL_STATES}};
    dump(&udp, sizeof udp);
  }
}

static void read_owners(void) {
  static char link[LINK_BYTES];
  char path[PATH_BYTES];
  struct dirent *process, *file;
  DIR *processes = opendir("/proc");
  if (processes == NULL) abort();
  while ((process = readdir(processes)) != NULL) {
    if (process->d_name[0] < '1' || process->d_name[0] > '9') continue;
    snprintf(path, sizeof path, "/proc/%s/fd", process->d_name);
    DIR *files = opendir(path);
    if (files == NULL) continue;
    while ((file = readdir(files)) != NULL) (void)!readlinkat(dirfd(files), file->d_name, link, sizeof link);
    closedir(files);
  }
  closedir(processes);
}

static void measure(void (*calls)(void)) {
  double wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
  calls();
  printf("%.3f %.3f\n", now(CLOCK_MONOTONIC) - wall, now(CLOCK_PROCESS_CPUTIME_ID) - cpu);
}

int main(void) {
  measure(read_tables);
  measure(read_owners);
}
