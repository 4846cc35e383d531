// How long a test waits for what is to happen at once: so long that no machine is too slow.
/** For `vi.waitFor`. */
export const PATIENCE = { timeout: 30_000, interval: 20 } as const;
