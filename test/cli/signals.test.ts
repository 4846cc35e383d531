// World: this host; the built program. What signals do to it.
import { describe, expect, it, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { startProgram } from '../support/program.ts';

describe('the program', () => {
  it('goes on after SIGHUP, and says what it does not change', async () => {
    await using program = await startProgram();
    process.kill(program.pid, 'SIGHUP');
    await vi.waitFor(() => expect(program.log()).toContain('SIGHUP: files are read again when they change'), PATIENCE);
    expect((await program.end()).code).toBe(0);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with code 0 on %s', async (signal) => {
    await using program = await startProgram();
    expect((await program.end(signal)).code).toBe(0);
    expect(program.log()).toContain(`msg=ending signal=${signal}`);
  });
});
