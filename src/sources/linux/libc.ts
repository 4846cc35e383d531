// The C library's functions that the Linux source calls: all of its native code.

import koffi from 'koffi';

// Found among the program's own symbols: the library's file has another name on every distribution.
const libc = koffi.load(null);

export const socket = libc.func('int socket(int domain, int type, int protocol)');
export const setsockopt = libc.func('int setsockopt(int fd, int level, int name, const long *value, uint32_t bytes)');
export const send = libc.func('long send(int fd, const void *data, size_t bytes, int flags)');
export const recv = libc.func('long recv(int fd, void *data, size_t bytes, int flags)');
export const close = libc.func('int close(int fd)');
export const readlinkat = libc.func('long readlinkat(int directory, const char *path, void *target, size_t bytes)');

export const LONG_BYTES = koffi.sizeof('long');

/** Of the call before, if that failed. */
export function lastErrno(): number {
  return koffi.errno();
}
