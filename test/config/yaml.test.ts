// World: none. The configuration file: names nested and flat, and errors that name their lines.
import { describe, expect, it } from 'vitest';
import { complaint, fromFile } from './world.ts';

describe('names in a file', () => {
  it.each([
    'collector: {interval: 5s, process: {limit: 50}}',
    'collector.interval: 5s\ncollector.process.limit: 50\n',
    'collector:\n  interval: 5s\ncollector.process:\n  limit: 50\n',
    'collector:\n  process.limit: "50"\n  interval: \'5s\'\n',
    '# a comment\n---\ncollector: {process.limit: 50}\ncollector.interval: !!str 5s\n...\n',
    '%YAML 1.1\n---\ncollector: {process.limit: 50, interval: 5s}',
  ])('may be nested at the dots, flat, or mixed: %j', async (text) => {
    expect(await fromFile(text)).toMatchObject({ 'collector.interval': 5_000, 'collector.process.limit': 50 });
  });

  it('may be missing altogether', async () => {
    for (const text of ['', '# nothing\n', '---\n', 'collector:\n  # nothing yet\n', 'web: ~']) {
      expect(await fromFile(text)).toMatchObject({ 'log.level': 'info' });
    }
  });

  it('may have no dot at all', async () => {
    expect(await fromFile('source: linux')).toMatchObject({ source: { kind: 'linux' } });
  });
});

describe('values in a file', () => {
  it('are the text that was written, whatever YAML would make of it', async () => {
    const text =
      'collector.port.include: 80,443\ncollector.process.include: 1e3\ncollector.process.exclude: "null"\npath.procfs: 0x10';
    const config = await fromFile(text);
    expect(config['collector.port.include']).toHaveLength(2);
    expect(config['collector.process.include'].source).toBe('^(?:1e3)$');
    expect(config['collector.process.exclude']?.source).toBe('^(?:null)$');
    expect(config['path.procfs']).toBe('0x10');
  });

  it('are lists, or one value, where the option is repeatable', async () => {
    expect(await fromFile('collector.disable: [port, process]')).toMatchObject({
      'collector.disable': ['port', 'process'],
    });
    expect(await fromFile('collector:\n  disable:\n  - port')).toMatchObject({ 'collector.disable': ['port'] });
    expect(await fromFile('collector.disable: port')).toMatchObject({ 'collector.disable': ['port'] });
    expect(await fromFile('collector.disable: []')).toMatchObject({ 'collector.disable': [] });
  });

  it('are name rules as they are written, plain or in quotes', async () => {
    const text = [
      'collector:',
      '  process:',
      '    name-rule:',
      '    - w3wp.exe=-ap "([^"]+)"',
      "    - 'java=\\.([A-Z]\\w+)'",
      '    - "node=/(\\\\w+)\\\\.js # x"',
    ];
    expect((await fromFile(text.join('\n')))['collector.process.name-rule']).toEqual([
      { image: 'w3wp.exe', pattern: /-ap "([^"]+)"/su },
      { image: 'java', pattern: /\.([A-Z]\w+)/su },
      { image: 'node', pattern: /\/(\w+)\.js # x/su },
    ]);
    expect((await fromFile('collector.process.name-rule: a=(b)'))['collector.process.name-rule']).toHaveLength(1);
    expect((await fromFile('collector.process.name-rule: []'))['collector.process.name-rule']).toEqual([]);
  });

  it('are true and false for switches', async () => {
    expect(await fromFile('web.disable-exporter-metrics: true')).toMatchObject({
      'web.disable-exporter-metrics': true,
    });
    expect(await complaint(fromFile('web.disable-exporter-metrics: yes'))).toBe(
      'config.yml:1: web.disable-exporter-metrics: "yes" is not known here; allowed: true, false',
    );
  });
});

describe('an error names its line:', () => {
  it.each([
    [
      'a bad value',
      'collector:\n  interval: 10',
      'config.yml:2: collector.interval: "10" is not a duration; allowed: 0, or a number',
    ],
    [
      'a bad rule in a list',
      'collector.process.name-rule:\n- a=(b)\n- a=b\n',
      'config.yml:3: collector.process.name-rule: "a=b" has a regular expression without a group; allowed: IMAGE=REGEX',
    ],
    [
      'rules as a mapping',
      'collector.process.name-rule: {java: (a)}',
      'config.yml:1: collector.process.name-rule: a mapping is given; allowed: plain text',
    ],
    ['a bad item', 'collector.disable:\n- port\n- x', 'config.yml:3: collector.disable: "x" is not known here'],
    [
      'an unknown name',
      '\ncollector.timeut: 1s',
      'config.yml:2: collector.timeut: unknown option; did you mean collector.timeout?',
    ],
    [
      'an unknown group',
      'colector:\n  interval: 1s',
      'config.yml:1: colector: unknown option; did you mean collector?',
    ],
    ['an unknown nested name', 'log:\n  lvl: info', 'config.yml:2: log.lvl: unknown option; did you mean log.level?'],
    ['a name unlike any', 'x:\n  y: 1', 'config.yml:1: x: unknown option; see --help'],
    ['a name of no option', 'constructor: 1', 'config.yml:1: constructor: unknown option; see --help'],
    ['a very long name', `${'x'.repeat(900)}: 1`, `config.yml:1: ${'x'.repeat(900)}: unknown option; see --help`],
    ['an empty name', ': 1', 'config.yml:1: : unknown option'],
    ['a name too deep', 'log:\n  level:\n    x: 1', 'config.yml:2: log.level: a mapping is given; allowed: plain text'],
    [
      'a name given twice',
      'log.level: info\nlog.level: warn',
      'config.yml:2: not usable as YAML: Map keys must be unique',
    ],
    [
      'a name given flat and nested',
      'log:\n  level: info\nlog.level: warn',
      'config.yml:3: log.level: given before, at config.yml:2; allowed: once',
    ],
    ['a list for one value', 'log.level:\n- info', 'config.yml:1: log.level: a list is given; allowed: one value'],
    [
      'a list in a list',
      'collector.disable:\n- port\n- [x]',
      'config.yml:3: collector.disable: a list is given; allowed: plain text',
    ],
    [
      'an empty list',
      'web.listen-address: []',
      'config.yml:1: web.listen-address: an empty list is given; allowed: at least one value',
    ],
    [
      'a value for a group',
      'log: info',
      'config.yml:1: log: a value is given; allowed: a mapping of the options below log',
    ],
    [
      'a list for a group',
      'log: [info]',
      'config.yml:1: log: a list is given; allowed: a mapping of the options below log',
    ],
    [
      'no value',
      'log:\n  level:',
      'config.yml:2: log.level: no value is given; allowed: a value, or no mention of log.level',
    ],
    ['a null', 'collector.process.include: ~', 'config.yml:1: collector.process.include: no value is given'],
    [
      'an alias',
      'log.level: &a info\nlog.format: *a',
      'config.yml:2: log.format: an alias (a value that begins with * needs quotes) is given; allowed: plain text',
    ],
    ['a merge', '<<: {log.level: info}', 'config.yml:1: <<: unknown option'],
    ['a list as a name', '? [a]\n: b', 'config.yml:1: a list is a key; allowed: names of options'],
    ['a tag', 'log.level: info\nweb.max-requests: !!int 5', 'config.yml:2: not usable as YAML: Unresolved tag'],
    ['bad syntax', 'log.level: info\n\tlog.format: json', 'config.yml:2: not usable as YAML: '],
    ['an open bracket', '\ncollector.disable: [port', 'config.yml:2: not usable as YAML: '],
    [
      'two documents',
      'log.level: info\n---\nlog.level: warn',
      'config.yml:2: not usable as YAML: There is more than one document',
    ],
    [
      'no mapping',
      '\n- log.level',
      'config.yml:2: the file is a list; allowed: a mapping of options, such as log.level: info',
    ],
    ['a single word', 'hello', 'config.yml:1: the file is a value; allowed: a mapping'],
    ['another file', 'config.file: b.yml', 'config.yml:1: config.file: given in a file; allowed: on the command line'],
    ['a control character', 'log.level: "a\\nb\\e"', 'config.yml:1: log.level: "a\\nb\\u001b" is not known here'],
  ])('%s', async (_what, text, beginning) => {
    const message = await complaint(fromFile(text));
    expect(message.slice(0, beginning.length)).toBe(beginning);
  });
});
