/* Threads and waiting, the little that the stand-in needs of them: by C11 where there is a C library for it, else by Windows. */
#ifndef PORTABLE_THREADS_H
#define PORTABLE_THREADS_H

typedef struct thread thread;

/* Runs `function` on a new thread, one at a time: NULL when there is none to be had. */
thread *start_thread(void (*function)(void));
/* Waits until it has ended. */
void join_thread(thread *thread);
/* Lets others run for about a millisecond. */
void pause_thread(void);

#endif
