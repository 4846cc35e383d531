// World: none.
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serviceArguments } from '../../../src/cli/service/definition.ts';
import { ConfigError } from '../../../src/config/error.ts';

describe('the arguments that the service is started with', () => {
  it('are the flags that were given, each value by itself, after --service', () => {
    expect(
      serviceArguments({
        'web.listen-address': [':9100', '[::1]:9100'],
        'web.enable-live-view': true,
        'collector.process.include': ['a b"c.*'],
      }),
    ).toEqual([
      '--service',
      '--web.listen-address=:9100',
      '--web.listen-address=[::1]:9100',
      '--web.enable-live-view',
      '--collector.process.include=a b"c.*',
    ]);
  });

  it('have whole paths, as Windows starts services in its own folder', () => {
    expect(serviceArguments({ 'config.file': ['config.yaml'] })).toEqual([
      '--service',
      `--config.file=${resolve('config.yaml')}`,
    ]);
  });

  it('have no secret in them: every user could read it', () => {
    const secret = () => serviceArguments({ 'otlp.headers': ['authorization=Bearer mine'] });
    expect(secret).toThrow(ConfigError);
    expect(secret).toThrow(/^--otlp\.headers: holds a secret, .*; allowed: the same in the file of --config\.file$/);
    expect(secret).not.toThrow(/mine/);
  });
});
