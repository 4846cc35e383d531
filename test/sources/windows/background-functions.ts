// Functions of the stand-in that may hang, as they are bound.

export const REGISTER = 'intptr_t RegisterEventSourceW(void *server, void *source)';
export const REPORT =
  'int32_t ReportEventW(intptr_t log, uint16_t type, uint16_t category, uint32_t id, void *user, uint16_t count, uint32_t size, void *strings, void *data)';
