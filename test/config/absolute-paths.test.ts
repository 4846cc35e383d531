// World: none.
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withAbsolutePaths } from '../../src/config/absolute-paths.ts';

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
