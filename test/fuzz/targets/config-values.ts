// The texts of flags and variables: each option's own parser, and what is written of a value parses to it again.
import assert from 'node:assert/strict';
import { ValueError } from '../../../src/config/error.ts';
import type { OptionTable } from '../../../src/config/option.ts';
import { OPTIONS } from '../../../src/config/options.ts';
import { formatDuration, parseDuration } from '../../../src/config/values/duration.ts';
import { formatListenAddress, parseListenAddress } from '../../../src/config/values/listen-address.ts';
import { formatPorts, parsePorts } from '../../../src/config/values/ports.ts';
import { VARIABLES } from '../../../src/config/variables.ts';
import { valueOrRefusal } from '../properties.ts';
import { choose, chosen, type FuzzTarget, textOf } from '../target.ts';

/** What parses to `value` is written so that it parses to `value`. */
function roundTrip<T>(parse: (text: string) => T, format: (value: T) => string): (text: string) => void {
  return (text) => {
    const value = valueOrRefusal(ValueError, () => parse(text));
    if (value !== undefined) assert.deepEqual(parse(format(value)), value);
  };
}

const TABLE: OptionTable = OPTIONS;
/** A parser, and what is known that it takes. */
const PARSERS: readonly (readonly [parse: (text: string) => unknown, taken: readonly string[]])[] = [
  ...Object.values(TABLE).map((option) => [option.parse, [option.default ?? []].flat()] as const),
  ...Object.values(TABLE).flatMap(({ environment = [] }) => environment.map(({ parse }) => [parse, []] as const)),
  ...Object.values(VARIABLES).map(({ parse }) => [parse, []] as const),
];
const USUAL = ['info', '10s', '/m', '5', 'a=b,c=%20', 'http://h:1', 'a=(b)', ':1'];
/** Of CHECKS. */
const FIRST_PARSER = 3;
const CHECKS: readonly ((text: string) => void)[] = [
  roundTrip(parseDuration, formatDuration),
  roundTrip(parseListenAddress, formatListenAddress),
  roundTrip(parsePorts, formatPorts),
  ...PARSERS.map(
    ([parse]) =>
      (text: string) =>
        void valueOrRefusal(ValueError, () => parse(text)),
  ),
];

export const configValues: FuzzTarget = {
  check(input) {
    const { choice, rest } = choose(CHECKS, input);
    choice(textOf(rest));
  },
  taken: [
    ...chosen(0, '1m30s', '1.5h', '0', '1d'),
    ...chosen(1, ':9100', '[::1]:9100', 'host.example:9100'),
    ...chosen(2, '80,443,8000-8100'),
    ...PARSERS.flatMap(([, texts], index) => chosen(index + FIRST_PARSER, ...texts)),
  ],
  others: PARSERS.flatMap((_, index) => chosen(index + FIRST_PARSER, ...USUAL)),
  words: [
    'http://',
    'https://',
    'localhost',
    '127.0.0.1',
    '[::1]',
    ':9100',
    'a=b',
    '%41',
    '(',
    ')',
    'ms',
    'true',
    'false',
    'auto',
  ],
  maxLength: 512,
};
