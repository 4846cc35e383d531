// Waiting for what another process has yet to do.

const DEADLINE_MS = 30_000;
const PAUSE_MS = 50;

/** What `read` gives as soon as that is not undefined. Rejects when that takes too long, or when `read` does. */
export async function eventually<T>(
  what: string,
  read: () => Promise<T | undefined> | T | undefined,
  patienceMs = DEADLINE_MS,
): Promise<T> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (performance.now() > deadlineMs) throw new Error(`waited ${patienceMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
