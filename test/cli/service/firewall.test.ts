// World: none.
import { expect, it } from 'vitest';
import { wantedRule } from '../../../src/cli/service/firewall.ts';
import { loadConfig } from '../../../src/config/load.ts';

const PROGRAM = 'C:\\Program Files\\netstat-exporter\\netstat-exporter.exe';

function rule(firewall: string | undefined, ...addresses: readonly string[]) {
  const flags = addresses.length === 0 ? {} : { 'web.listen-address': addresses };
  return loadConfig({ flags, environment: {} }).then((config) => wantedRule(firewall, PROGRAM, config));
}

it('the rule lets those in that it is for, to each port once, for the program and the service alone', async () => {
  expect(await rule('10.0.0.5, localsubnet', '127.0.0.1:9100', '[::1]:9100', ':9200')).toEqual({
    name: 'netstat-exporter (service)',
    description: 'Exports who holds the TCP and UDP ports of this host to Prometheus and over OTLP.',
    program: PROGRAM,
    service: 'netstat-exporter',
    ports: [9100, 9200],
    from: ['10.0.0.5', 'LocalSubnet'],
  });
  expect(await rule('any')).toMatchObject({ ports: [19182], from: ['any'] });
});

it('there is none when nobody is to be let in', async () => {
  expect(await rule(undefined)).toBeUndefined();
});

it.each([
  ['', [], '--firewall: "" is no source of connections; allowed: any; or '],
  ['10.0.0.1/8', [], '--firewall: "10.0.0.1/8" is no source of connections; allowed: '],
  ['any,10.0.0.1', [], '--firewall: "any,10.0.0.1" has "any", which is no source of connections; allowed: '],
  [
    'any',
    [':9100', ':0'],
    '--firewall: the port of --web.listen-address is chosen by Windows; allowed: with a port of your own',
  ],
])('there is none for %j at %j', async (firewall, addresses, message) => {
  await expect(rule(firewall, ...addresses)).rejects.toThrow(message);
});
