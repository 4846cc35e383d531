// World: none. What is said about the options is enough for the command line and for the documentation.
import { Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { OPTIONS } from '../../src/config/options.ts';
import { optionReferences, optionsMarkdown } from '../../src/config/reference.ts';
import { complaint } from './world.ts';

/** As a command line would use the references: every value is collected, loadConfig judges. */
function parseArguments(words: readonly string[]): Record<string, string[] | boolean> {
  const command = new Command().exitOverride();
  for (const { flag, description, defaultText } of optionReferences()) {
    const option = new Option(flag, `${description} (default: ${defaultText})`);
    if (option.required) option.argParser((text: string, before: string[] = []) => [...before, text]);
    command.addOption(option);
  }
  command.parse(words, { from: 'user' });
  const given = command.options.map((option) => [option.name(), command.getOptionValue(option.attributeName())]);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

describe('a command line made from the references', () => {
  it('takes values after a space or an equals sign, and switches without one', async () => {
    const words = [
      '--collector.interval=0',
      '--log.level',
      'debug',
      '--collector.process.pid-label',
      '--collector.disable=port',
    ];
    const flags = parseArguments([...words, '--collector.disable', 'process', '--web.listen-address=[::1]:1']);
    expect(await loadConfig({ flags, environment: {} })).toMatchObject({
      'collector.interval': 0,
      'log.level': 'debug',
      'collector.process.pid-label': true,
      'collector.disable': ['port', 'process'],
      'web.listen-address': [{ host: '::1', port: 1 }],
      'collector.timeout': 8_000,
    });
  });

  it('notices what is given twice', async () => {
    const flags = parseArguments(['--log.level=info', '--log.level=info']);
    expect(await complaint(loadConfig({ flags, environment: {} }))).toBe(
      '--log.level: given more than once; allowed: once',
    );
  });
});

describe('the references', () => {
  it('are one for each option, in the order of the table', () => {
    expect(optionReferences().map(({ name }) => name)).toEqual(Object.keys(OPTIONS));
  });

  it('say what an option is, and what it is without one', () => {
    const [address] = optionReferences();
    expect(address).toMatchObject({ flag: '--web.listen-address <address>', repeatable: true, defaultText: ':19182' });
    const range = optionReferences().find(({ name }) => name === 'collector.ephemeral.range');
    expect(range).toMatchObject({
      flag: '--collector.ephemeral.range <first-last>',
      repeatable: false,
      defaultText: 'from the OS',
    });
    expect(optionReferences().find(({ name }) => name === 'path.procfs')?.description).toMatch(/Linux only\.$/);
  });

  it('name the variables behind an option, the first one first', () => {
    const description = optionReferences().find(({ name }) => name === 'otlp.compression')?.description;
    expect(description).toMatch(
      /Environment: OTEL_EXPORTER_OTLP_METRICS_COMPRESSION, else OTEL_EXPORTER_OTLP_COMPRESSION\.$/,
    );
  });

  it('have help that is made of sentences', () => {
    for (const { name, description } of optionReferences()) expect(description, name).toMatch(/^[A-Z].*\.$/);
  });
});

describe('the reference in Markdown', () => {
  it('is a table with a line for each option', () => {
    const lines = optionsMarkdown().split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '| Option | Default | Meaning |',
      '| --- | --- | --- |',
      '| `--web.listen-address=<address>` | `:19182` | Address to serve on: :9100, 127.0.0.1:9100, [::1]:9100 or localhost:9100. Repeatable. |',
    ]);
    expect(lines).toHaveLength(Object.keys(OPTIONS).length + 3);
    for (const line of lines.slice(0, -1)) expect(line.match(/(?<!\\)\|/g), line).toHaveLength(4);
  });

  it('shows a default as code where a user could write it, as words where not', () => {
    expect(optionsMarkdown()).toContain('| `--collector.process.pid-label` | `false` | ');
    expect(optionsMarkdown()).toContain('| `--collector.disable=<group>` | none | ');
    expect(optionsMarkdown()).toContain('counted in \\_other');
  });
});
