// World: none. Variables that stand behind options, with a table of this test's own: units may differ from the flags'.
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { ConfigError } from '../../src/config/error.ts';
import { oneOf } from '../../src/config/values/choice.ts';
import { integerBetween } from '../../src/config/values/integer.ts';
import { parsePath } from '../../src/config/values/path.ts';

const TABLE = {
  'push.interval': {
    placeholder: 'seconds',
    parse: (text: string) => Number(text) * 1_000,
    help: '',
    environment: [
      { name: 'OTEL_PUSH_METRICS_INTERVAL', parse: integerBetween(1, 1_000) },
      { name: 'OTEL_PUSH_INTERVAL', parse: integerBetween(1, 1_000) },
    ],
  },
  'push.key': {
    placeholder: 'key',
    parse: oneOf(['a']),
    isSecret: () => true,
    help: '',
    environment: [{ name: 'OTEL_PUSH_KEY', parse: oneOf(['a']) }],
  },
  'path.other': { placeholder: 'path', parse: parsePath, help: '' },
} as const;

describe('the environment', () => {
  it('gives a value in the unit of the variable', () => {
    expect([...readEnvironment(TABLE, { OTEL_PUSH_INTERVAL: '500' })]).toEqual([['push.interval', 500]]);
  });

  it('gives the value of the first variable that is set and not empty', () => {
    const both = { OTEL_PUSH_INTERVAL: '5', OTEL_PUSH_METRICS_INTERVAL: '7' };
    expect(readEnvironment(TABLE, both).get('push.interval')).toBe(7);
    expect(readEnvironment(TABLE, { ...both, OTEL_PUSH_METRICS_INTERVAL: '' }).get('push.interval')).toBe(5);
  });

  it('gives nothing where no variable is set', () => {
    expect(readEnvironment(TABLE, { OTEL_PUSH_INTERVAL: '', PATH: 'x', 'path.other': 'x' }).size).toBe(0);
  });

  it('is named by an error', () => {
    const read = () => readEnvironment(TABLE, { OTEL_PUSH_INTERVAL: '5s' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow('OTEL_PUSH_INTERVAL: "5s" is not a whole number; allowed: a whole number from 1 to 1000');
    expect(() => readEnvironment(TABLE, { OTEL_PUSH_KEY: 'xyz' })).toThrow(
      'OTEL_PUSH_KEY: the value (not shown) is not known here; allowed: a',
    );
  });
});
