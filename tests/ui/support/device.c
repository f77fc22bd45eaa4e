// A device whose clock and network a test holds in its hand. Loaded into `madoguchi` and `resident` with LD_PRELOAD;
// MADOGUCHI_DEVICE names a file of two 64-bit numbers, read at each call: seconds that the clock is ahead, and whether
// the network is gone.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct device {
  volatile int64_t ahead_s;
  volatile int64_t offline;
};

static const struct device as_it_is = {0, 0};
static const struct device *device = &as_it_is;

// Sockets on which this process called out: those on which it is called (the UI's) go on when the network is gone.
#define SOCKETS 65536
static volatile unsigned char called_out[SOCKETS];

__attribute__((constructor)) static void begin(void) {
  // Nothing of a test outlives it.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const char *file = getenv("MADOGUCHI_DEVICE");
  int fd = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *at = mmap(NULL, sizeof(struct device), PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  if (at != MAP_FAILED) device = at;
}

static int gone(int fd) {
  if (!device->offline || fd < 0 || fd >= SOCKETS || !called_out[fd]) return 0;
  errno = ENETUNREACH;
  return 1;
}

int clock_gettime(clockid_t id, struct timespec *at) {
  int result = (int)syscall(SYS_clock_gettime, id, at);
  if (result == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) at->tv_sec += device->ahead_s;
  return result;
}

int connect(int fd, const struct sockaddr *to, socklen_t length) {
  if (fd >= 0 && fd < SOCKETS) called_out[fd] = to->sa_family == AF_INET || to->sa_family == AF_INET6;
  return gone(fd) ? -1 : (int)syscall(SYS_connect, fd, to, length);
}

int close(int fd) {
  if (fd >= 0 && fd < SOCKETS) called_out[fd] = 0;
  return (int)syscall(SYS_close, fd);
}

ssize_t send(int fd, const void *from, size_t length, int flags) {
  return gone(fd) ? -1 : syscall(SYS_sendto, fd, from, length, flags, NULL, 0);
}

ssize_t recv(int fd, void *into, size_t length, int flags) {
  return gone(fd) ? -1 : syscall(SYS_recvfrom, fd, into, length, flags, NULL, NULL);
}
