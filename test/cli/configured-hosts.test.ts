// World: none.
import { expect, it } from 'vitest';
import { configuredHosts } from '../../src/cli/live-view.ts';
import { loadConfig } from '../../src/config/load.ts';

it('the hosts of the live view are those that are listened on and those that are named, as a request names them', async () => {
  const flags = {
    'web.listen-address': [':9182', 'Server01.example.net.:9182', '127.0.0.1:0', '[2001:db8::1]:9182'],
    'web.live-view.host': ['Server01', 'server01.example.com.', '192.0.2.10'],
  };
  expect(configuredHosts(await loadConfig({ flags, environment: {} }))).toEqual([
    'server01.example.net',
    '127.0.0.1',
    '2001:db8::1',
    'server01',
    'server01.example.com',
    '192.0.2.10',
  ]);
});
