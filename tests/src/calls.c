// Who of a family of processes calls out. Loaded with LD_PRELOAD into the first of them, and so into all that it starts;
// MADOGUCHI_CALLS names a file to which each adds a line when it begins and one for each time it calls a machine by the
// internet's protocols, this machine too, or asks for the address of a name. With MADOGUCHI_FLIGHT the device is in flight
// mode: the system says that there is no network.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static void tell(const char *what, const char *whom) {
  const char *file = getenv("MADOGUCHI_CALLS");
  int fd = file ? open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (fd < 0) return;
  char line[512];
  int length = snprintf(line, sizeof line, "%s %s %s\n", program_invocation_short_name, what, whom);
  if (length > (int)sizeof line - 1) length = sizeof line - 1;
  // One write of one line: those of others do not come in between.
  if (write(fd, line, (size_t)length) < 0) abort();
  close(fd);
}

__attribute__((constructor)) static void begin(void) { tell("began", "-"); }

// Tells of a call to an address of the internet; those of this machine's own kind (unix, netlink) are none.
static int called(const char *what, const struct sockaddr *to) {
  if (to == NULL || (to->sa_family != AF_INET && to->sa_family != AF_INET6)) return 0;
  char address[INET6_ADDRSTRLEN] = "?", whom[INET6_ADDRSTRLEN + 8];
  const struct sockaddr_in *four = (const struct sockaddr_in *)to;
  const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)to;
  int is_four = to->sa_family == AF_INET;
  inet_ntop(to->sa_family, is_four ? (const void *)&four->sin_addr : (const void *)&six->sin6_addr, address, sizeof address);
  snprintf(whom, sizeof whom, "%s:%d", address, ntohs(is_four ? four->sin_port : six->sin6_port));
  tell(what, whom);
  return 1;
}

int connect(int fd, const struct sockaddr *to, socklen_t length) {
  called("connect", to);
  return (int)syscall(SYS_connect, fd, to, length);
}

ssize_t sendto(int fd, const void *from, size_t length, int flags, const struct sockaddr *to, socklen_t size) {
  called("send", to);
  return syscall(SYS_sendto, fd, from, length, flags, to, size);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  called("send", message ? message->msg_name : NULL);
  return syscall(SYS_sendmsg, fd, message, flags);
}

int sendmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags) {
  for (unsigned int i = 0; messages && i < count; i += 1) called("send", messages[i].msg_hdr.msg_name);
  return (int)syscall(SYS_sendmmsg, fd, messages, count, flags);
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
  tell("resolve", name ? name : "-");
  int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = dlsym(RTLD_NEXT, "getaddrinfo");
  return real ? real(name, service, hints, found) : EAI_FAIL;
}

// GLib's word for whether there is a network: what `navigator.onLine` says in the web view.
int g_network_monitor_get_network_available(void *monitor) {
  if (getenv("MADOGUCHI_FLIGHT")) return 0;
  int (*real)(void *) = dlsym(RTLD_NEXT, "g_network_monitor_get_network_available");
  return real ? real(monitor) : 1;
}
