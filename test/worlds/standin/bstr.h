/* The strings of COM, which both stand-ins have. */
#ifndef BSTR_H
#define BSTR_H

#include "standin.h"

EXPORT uint16_t *WINAPI SysAllocString(const uint16_t *text);
EXPORT uint32_t WINAPI SysStringLen(const uint16_t *string);
EXPORT void WINAPI SysFreeString(uint16_t *string);

uint16_t *com_new_string(const uint16_t *units, uint32_t count);
/* Whether it is a BSTR that lives. */
int com_is_string(const uint16_t *string);
/* Whether it is one with this text. */
int com_string_is(const uint16_t *string, const char *text);

/* Frees all of them. */
void bstr_reset(void);

#endif
