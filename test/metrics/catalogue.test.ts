// World: none; pure.
import { describe, expect, it } from 'vitest';
import { definitionOf, METRIC_NAMES } from '../../src/metrics/catalogue.ts';

describe('the catalogue', () => {
  it.each(METRIC_NAMES)('%s is named by the rules', (name) => {
    const { kind, unit, help } = definitionOf(name);
    expect(name).toMatch(/^netstat_[a-z0-9_]+$/);
    expect(name.endsWith('_total')).toBe(kind === 'counter');
    expect(name.endsWith('_info')).toBe(kind === 'info');
    expect(/_seconds(_total)?$/.test(name)).toBe(unit === 's');
    expect(help).toMatch(/^[A-Z].*\.$/);
  });
});
