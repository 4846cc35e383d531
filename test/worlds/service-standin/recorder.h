/* What the parts of this stand-in share: a record of the calls, as lines of text, and the last error.
 *
 * Each C file stands in for functions of one kind. As in ../standin, every type has a fixed width and no Windows header is
 * used: the structs are written down a second time, as a witness. */
#ifndef RECORDER_H
#define RECORDER_H

#include <stddef.h>
#include <stdint.h>

#include "../standin/standin.h"

/* Begins the record of one call: all of its arguments follow on this thread, then `recorded`. Other threads wait. */
void call(const char *function);
/* A number in hexadecimal. */
void number(const char *name, uint64_t value);
/* Text in UTF-16 up to its 0, in quotes; NULL. What is not printable ASCII becomes \uXXXX. */
void text(const char *name, const uint16_t *units);
/* As many texts, each with its 0, up to an empty one (a "double-null-terminated" list); NULL. */
void texts(const char *name, const uint16_t *units);
/* Bytes in hexadecimal; NULL. */
void bytes(const char *name, const void *data, size_t size);
/* Ends the record, so that it can be read. */
void recorded(void);

/* Sets the last error and returns 0. */
int32_t fail(uint32_t code);

#endif
