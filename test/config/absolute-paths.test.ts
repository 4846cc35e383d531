// World: none.
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { relativePaths, withAbsolutePaths } from '../../src/config/absolute-paths.ts';
import { loadConfig } from '../../src/config/load.ts';

describe('flags for a program that is started in another folder', () => {
  it('have whole paths, as they are from here', () => {
    expect(
      withAbsolutePaths({
        'config.file': ['config.yaml'],
        'web.config.file': ['../web.yml'],
        'otlp.certificate': ['certs/ca.pem'],
      }),
    ).toEqual({
      'config.file': [resolve('config.yaml')],
      'web.config.file': [resolve('../web.yml')],
      'otlp.certificate': [resolve('certs/ca.pem')],
    });
  });

  it('name a recording by its whole path', () => {
    expect(withAbsolutePaths({ source: ['replay:server.json'] })).toEqual({
      source: [`replay:${resolve('server.json')}`],
    });
  });

  it('are otherwise as they were, wrong ones included', () => {
    const flags = {
      source: ['linux', 'replay:'],
      'config.file': [''],
      'web.telemetry-path': ['metrics'],
      'web.enable-live-view': true,
      constructor: ['x'],
    } as const;
    expect(withAbsolutePaths(flags)).toEqual(flags);
  });
});

describe('a configuration for a program that is started in another folder', () => {
  const configOf = (yaml: string, flags = {}) =>
    loadConfig({
      flags: { 'config.file': '/c.yaml', ...flags },
      environment: {},
      readFile: async () => Buffer.from(yaml),
    });

  it('has the names of the options with relative paths', async () => {
    const config = await configOf(
      'web.config.file: web.yml\notlp:\n  certificate: ca.pem\nsource: replay:server.json\n',
    );
    expect([...relativePaths(config)].sort()).toEqual(['otlp.certificate', 'source', 'web.config.file']);
  });

  it('has none with whole paths, or without paths', async () => {
    const config = await configOf(`web.config.file: ${resolve('web.yml')}\nsource: linux\n`);
    expect(relativePaths(config)).toEqual([]);
  });
});
