// World: none.
import { describe, expect, it } from 'vitest';
import { ALL, type Choice, type ChosenVariable, interpolate } from './interpolation.ts';

const TIME = { rateInterval: '1m', interval: '15s', range: '6h' };
const OPTIONS = ['w3wp.exe', 'a+b'];

function chosen(choice: Choice, of: object = {}): ChosenVariable {
  return { variable: { name: 'process', ...of }, choice, options: OPTIONS };
}

describe('interpolation', () => {
  it.each(['x{p="$process"}', `x{p="\${process}"}`, 'x{p="[[process]]"}'])('puts a value in place of %s', (query) => {
    expect(interpolate(query, [chosen('nginx')], TIME)).toBe('x{p="nginx"}');
  });

  it('leaves a value as it is where only one can be chosen, but for what quotes need', () => {
    expect(interpolate('x{p="$process"}', [chosen('w3wp.exe')], TIME)).toBe('x{p="w3wp.exe"}');
    expect(interpolate('x{p="$process"}', [chosen('a\\b')], TIME)).toBe('x{p="a\\\\b"}');
  });

  it.each([{ multi: true }, { includeAll: true }])(
    'escapes a value for a regular expression in quotes with %o',
    (of) => {
      expect(interpolate('x{p=~"$process"}', [chosen('w3wp.exe', of)], TIME)).toBe('x{p=~"w3wp\\\\.exe"}');
      expect(interpolate('x{p=~"$process"}', [chosen(['a', 'b.c'], of)], TIME)).toBe('x{p=~"(a|b\\\\.c)"}');
    },
  );

  it('takes all values for All, or what the variable has for that, as it is', () => {
    expect(interpolate('$process', [chosen(ALL, { includeAll: true })], TIME)).toBe('(w3wp\\\\.exe|a\\\\+b)');
    expect(interpolate('$process', [chosen(ALL, { includeAll: true, allValue: '.*' })], TIME)).toBe('.*');
    expect(interpolate(`\${process:regex}`, [chosen(ALL, { includeAll: true, allValue: '.*' })], TIME)).toBe('.*');
  });

  it('has the formats of Grafana', () => {
    const both = [chosen(['w3wp.exe', 'b'], { multi: true })];
    expect(interpolate(`\${process:regex}`, both, TIME)).toBe('(w3wp\\.exe|b)');
    expect(interpolate(`\${process:pipe} \${process:raw}`, both, TIME)).toBe('w3wp.exe|b w3wp.exe,b');
    expect(() => interpolate(`\${process:csv}`, both, TIME)).toThrow('unknown format of the variable process: csv');
  });

  it('knows the variables of time', () => {
    expect(interpolate(`x[$__rate_interval] y[$__interval] z[\${__range}]`, [], TIME)).toBe('x[1m] y[15s] z[6h]');
  });

  it('refuses what is no variable of the dashboard', () => {
    expect(() => interpolate('x{p="$proces"}', [chosen('nginx')], TIME)).toThrow('$proces is no variable');
  });
});
