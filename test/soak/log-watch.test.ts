// World: none.
import { describe, expect, it } from 'vitest';
import { LogWatch } from './log-watch.ts';

const started = 'time=2026-01-02T03:04:05.678Z level=info msg="netstat-exporter has started"\n';
const failed = 'time=2026-01-02T03:04:06.678Z level=warn msg="a push failed" reason=ECONNREFUSED\n';

describe('a log', () => {
  it('has nothing unexpected in it where all warnings were waited for', async () => {
    const watch = new LogWatch(() => started + failed);
    expect(watch.unexpected()).toEqual([failed.trim()]);
    await watch.expect(/a push failed/);
    expect(watch.unexpected()).toEqual([]);
    expect(watch.expectedWarnings).toBe(1);
  });

  it('is waited for', async () => {
    let text = started;
    const watch = new LogWatch(() => text);
    const expected = watch.expect(/a push failed/);
    text += failed;
    await expected;
    expect(watch.unexpected()).toEqual([]);
  });

  it('has a line unexpected that came twice and was waited for once', async () => {
    const watch = new LogWatch(() => failed + started + failed);
    await watch.expect(/a push failed/);
    expect(watch.unexpected()).toEqual([failed.trim()]);
  });

  it('has what is no line of the logger unexpected, and what is not whole not yet', () => {
    const watch = new LogWatch(() => `(node:1) Warning: something leaks\n${failed.trim()}`);
    expect(watch.unexpected()).toEqual(['(node:1) Warning: something leaks']);
  });
});
