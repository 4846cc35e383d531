// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregate } from '../../src/metrics/aggregate.ts';
import { cleanName, servicesLabel } from '../../src/metrics/names.ts';
import { linesOf } from '../support/samples.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { type SnapshotRows, snapshotOf } from '../support/snapshots.ts';

describe('a name', () => {
  it('keeps what people use in names', () => {
    for (const name of ['svchost.exe', 'Größe ünïcode.exe', 'a "b" \\c', '数据库', '😀'])
      expect(cleanName(name)).toBe(name);
  });

  it('loses control characters, line ends and halves of characters', () => {
    expect(cleanName('a\nb\u0000c\u001bd\u009be\u2028f')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf');
    expect(cleanName('a\ud800')).toBe('a\ufffd');
  });

  it('is cut at 255 bytes, between characters', () => {
    expect(cleanName('x'.repeat(300))).toBe('x'.repeat(255));
    expect(cleanName('é'.repeat(200))).toBe('é'.repeat(127));
    expect(cleanName('😀'.repeat(100))).toBe('😀'.repeat(63));
  });

  it('is fit for a label, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const clean = cleanName(name);
        expect(clean.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(255);
        expect(clean).not.toMatch(/\p{Cc}/u);
        expect(cleanName(clean)).toBe(clean);
      }),
    );
  });
});

describe('the services of a process', () => {
  it('are one label, with commas', () => {
    expect(servicesLabel([])).toBe('');
    expect(servicesLabel(['Dnscache', 'NlaSvc'])).toBe('Dnscache,NlaSvc');
  });

  it('are whole names, as many as fit into 256 bytes', () => {
    const names = Array.from({ length: 40 }, (_, i) => `service${String(i).padStart(3, '0')}`);
    const label = servicesLabel(names);
    expect(label).toBe(names.slice(0, 23).join(','));
    expect(Buffer.byteLength(label)).toBeLessThanOrEqual(256);
  });
});

describe('names from other people', () => {
  const rows = (...names: readonly string[]): SnapshotRows => ({
    tcp4: names.map((_, i) => ['listen', '0.0.0.0', i + 1, '0.0.0.0', 0, i + 1]),
    processes: names.map((name, i) => [i + 1, name]),
  });

  it('lose their control characters before they are grouped', () => {
    const samples = aggregate(snapshotOf(rows('evil\u0007', 'evil\n')), DEFAULT_SETTINGS);
    expect(linesOf(samples, 'netstat_process_tcp_connections')).toContain('process="evil\ufffd",state="listen" 2');
  });

  it('are counted with the reserved ones where they are the same', () => {
    const settings = { ...DEFAULT_SETTINGS, processExclude: /^(?:excluded)$/u };
    const samples = aggregate(snapshotOf(rows('_other', 'excluded')), settings);
    expect(linesOf(samples, 'netstat_process_tcp_connections')).toContain('process="_other",state="listen" 2');
  });
});
