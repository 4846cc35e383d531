/* What the two halves of the COM stand-in share: com.c (ole32.dll, oleaut32.dll) and wmi.c (the objects behind interfaces). */
#ifndef COM_H
#define COM_H

#include "bstr.h"

#define S_OK 0u
#define E_NOINTERFACE 0x80004002u
#define E_INVALIDARG 0x80070057u

#define VT_EMPTY 0u
#define VT_BSTR 8u

typedef struct {
  uint32_t Data1;
  uint16_t Data2;
  uint16_t Data3;
  uint8_t Data4[8];
} GUID;

typedef struct {
  uint16_t vt;
  uint16_t wReserved1;
  uint16_t wReserved2;
  uint16_t wReserved3;
  union {
    uint64_t ullVal;
    uint16_t *bstrVal;
    struct {
      void *pvRecord;
      void *pRecInfo;
    } record;
  };
} VARIANT;

/* The steps of a query, in their order. The script can make each of them fail, hang, or give nothing. */
typedef enum {
  STEP_INITIALIZE,
  STEP_CREATE,
  STEP_CONNECT,
  STEP_SECURE_SERVICES,
  STEP_QUERY,
  STEP_SECURE_ENUMERATOR,
  STEP_NEXT,
  STEP_GET,
  STEPS
} com_step;

/* Waits where the script says so; what the script lets the step return then. */
uint32_t com_step_result(com_step step);
/* Whether the step, though it succeeds, gives no object. */
uint32_t com_step_is_empty(com_step step);

/* IWbemLocator, with one reference. */
void *wmi_new_locator(void);
/* What CoSetProxyBlanket does to the object: without it, it denies access. */
uint32_t wmi_secure(void *proxy);
/* Forgets the objects that were scripted, and those that were given out. */
void wmi_reset(void);

#endif
