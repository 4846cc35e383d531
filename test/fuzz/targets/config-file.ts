// The program's configuration file: a frozen configuration, or one line that says what is wrong.
import assert from 'node:assert/strict';
import { ConfigError } from '../../../src/config/error.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { OPTIONS } from '../../../src/config/options.ts';
import { settledOrRefusal } from '../properties.ts';
import type { FuzzTarget } from '../target.ts';

const NAMES = Object.keys(OPTIONS);

export const configFile: FuzzTarget = {
  async check(input) {
    const config = await settledOrRefusal(
      ConfigError,
      loadConfig({
        flags: { 'config.file': 'config.yml' },
        environment: {},
        readFile: async (_path, maximumBytes) => input.slice(0, maximumBytes),
      }),
    );
    if (config === undefined) return;
    assert.ok(Object.isFrozen(config));
    for (const name of NAMES) assert.ok(Object.hasOwn(config, name), `${name} is missing`);
  },
  taken: [
    'log.level: debug\nlog:\n  format: json\n',
    'web:\n  listen-address: [":9100", "127.0.0.1:9200"]\n  telemetry-path: /m\n',
    'otlp:\n  endpoint: http://localhost:4318\n  headers: {a: b}\n  interval: 10s\n',
    '# nothing\n---\n~\n',
    '"log.level": !!str "info"\n',
    '\ufefflog.level: info\r\n',
  ].map((text) => Buffer.from(text)),
  others: ['a: &a [1]\nb: *a\n', '? [complex]\n: >-\n  folded\n', '- a\n- b\n', 'log: [', 'log.level: [1]\n'].map(
    (text) => Buffer.from(text),
  ),
  words: [
    ...NAMES,
    ': ',
    '\n  ',
    '- ',
    '&a ',
    '*a',
    '<<: ',
    '!!str ',
    '__proto__: ',
    'constructor: ',
    '10s',
    '1m30s',
    '---\n',
    '%YAML 1.1\n',
  ],
};
