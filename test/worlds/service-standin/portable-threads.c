/* Threads of Linux and of Windows, whose header is not used here: see ../standin/standin.h. */
#include "portable-threads.h"

#include <stddef.h>

#include "../standin/standin.h"

static void (*thread_function)(void);

#ifdef _WIN32

#define INFINITE 0xFFFFFFFFu

__declspec(dllimport) void *WINAPI CreateThread(void *security, size_t stack_size, uint32_t(WINAPI *start)(void *),
                                                void *parameter, uint32_t flags, uint32_t *id);
__declspec(dllimport) uint32_t WINAPI WaitForSingleObject(void *handle, uint32_t milliseconds);
__declspec(dllimport) int32_t WINAPI CloseHandle(void *handle);
__declspec(dllimport) void WINAPI Sleep(uint32_t milliseconds);

static uint32_t WINAPI run(void *parameter) {
  (void)parameter;
  thread_function();
  return 0;
}

thread *start_thread(void (*function)(void)) {
  thread_function = function;
  return CreateThread(NULL, 0, run, NULL, 0, NULL);
}

void join_thread(thread *thread) {
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
}

void pause_thread(void) { Sleep(1); }

#else

#include <threads.h>

struct thread {
  thrd_t id;
};
static thread only_thread;

static int run(void *parameter) {
  (void)parameter;
  thread_function();
  return 0;
}

thread *start_thread(void (*function)(void)) {
  thread_function = function;
  return thrd_create(&only_thread.id, run, NULL) == thrd_success ? &only_thread : NULL;
}

void join_thread(thread *thread) { thrd_join(thread->id, NULL); }

void pause_thread(void) { thrd_sleep(&(struct timespec){.tv_nsec = 1000000}, NULL); }

#endif
