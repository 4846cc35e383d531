// World: systemd as process 1 of a machine of namespaces, and the program as one file. Provided by: apt-get install systemd openssl; root; Linux with overlayfs and cgroup2
// The commands of docs/linux.md and deploy/systemd/README.md, as they stand there, and what comes of them.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildExecutables } from '../../../scripts/build-exe.ts';
import { hasNeededCapabilities } from '../../../src/cli/privilege.ts';
import { makeNetwork } from '../../incidents/network-namespace.ts';
import { type Certificates, makeCertificates } from '../../support/certificates.ts';
import { type ClientAnswer, get } from '../../support/client.ts';
import { readText, sampleValue } from '../../support/exposition.ts';
import { startHttpReceiver } from '../../support/otlp-receiver.ts';
import { PATIENCE } from '../../support/patience.ts';
import { PASSWORD, TLS_LINES, USER, USER_LINES } from '../../support/web-config-files.ts';
import { bootMachine, type Machine, whyNoMachine } from '../../worlds/systemd/machine.ts';
import { SYSTEMD_FOLDER } from './unit-file.ts';

const TARGET = 'linux-x64';
const SERVICE = 'netstat-exporter.service';
const SOCKET = 'netstat-exporter.socket';
const IPV4 = 'http://127.0.0.1:19182/metrics';
const IPV6 = 'http://[::1]:19182/metrics';
/** Where the machine has what the commands are run in: a checkout. */
const CHECKOUT = '/opt/netstat-exporter';
const CONFIGURATION = '/etc/netstat-exporter';
const CACHE = '/var/cache/netstat-exporter';

/** A program of another user that listens. */
const HOLDER_PORT = 4_242;
const HOLDER = `[Service]
User=nobody
ExecStart=/usr/bin/systemd-socket-activate --listen=127.0.0.1:${HOLDER_PORT} /bin/true
`;
const HELD_BY_HOLDER = { process: 'systemd-socket-activate', services: 'holder.service', state: 'listen' };

/** The shell's lines below a heading of a page. */
function commandsOf(page: string, heading: string): string {
  const text = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8');
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0];
  const commands = /\n```sh\n(.*?)```/s.exec(section ?? '')?.[1];
  if (commands === undefined) throw new Error(`${page} has no commands below "${heading}"`);
  return commands;
}

const problem = process.arch === 'x64' ? whyNoMachine() : 'there is no program of one file for this processor';

describe.skipIf(problem !== undefined)(
  `the service under systemd${problem === undefined ? '' : ` (${problem})`}`,
  () => {
    const stack = new AsyncDisposableStack();
    let certificates: Certificates;
    let machine: Machine;

    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-built-'));
      stack.defer(() => rmSync(folder, { recursive: true }));
      await buildExecutables([TARGET], folder);
      stack.use(stack.use(makeNetwork()).enter());
      certificates = stack.use(makeCertificates());
      const webConfig = certificates.path('web.yml');
      writeFileSync(webConfig, TLS_LINES + USER_LINES);
      const files = {
        ...Object.fromEntries(
          ['web.yml', 'server.pem', 'server.key'].map((name) => [`${CONFIGURATION}/${name}`, certificates.path(name)]),
        ),
        [`${CHECKOUT}/build/exe/${TARGET}/netstat-exporter`]: join(folder, TARGET, 'netstat-exporter'),
        ...Object.fromEntries(
          readdirSync(SYSTEMD_FOLDER).map((name) => [`${CHECKOUT}/deploy/systemd/${name}`, join(SYSTEMD_FOLDER, name)]),
        ),
      };
      machine = stack.use(await bootMachine({ files, units: { 'holder.service': HOLDER } }));
      inShell('systemctl start holder.service');
    });
    afterAll(() => stack.disposeAsync());

    /** Runs lines that must all succeed; what they said. */
    function inShell(lines: string): string {
      const { status, output } = machine.run('sh', '-ec', `cd ${CHECKOUT}\n${lines}`);
      expect(status, output).toBe(0);
      return output;
    }

    function stateOf(unit: string): string {
      return machine.property(unit, 'ActiveState');
    }

    async function scrape(url = IPV4): Promise<string> {
      let answer: ClientAnswer | undefined;
      await vi.waitFor(async () => {
        answer = await get(url);
      }, PATIENCE);
      expect(answer?.status).toBe(200);
      return answer?.text ?? '';
    }

    it('is installed and started by the commands of docs/linux.md', async () => {
      inShell(commandsOf('docs/linux.md', 'As a service, by hand'));
      expect(stateOf(SERVICE)).toBe('active');
      expect(inShell(`systemctl is-enabled ${SERVICE}`)).toBe('enabled\n');
      expect(sampleValue(await scrape(), 'netstat_port_tcp_connections', { port: '19182', state: 'listen' })).toBe(1);
    });

    it('runs as its own user, with two capabilities, and cannot get more', () => {
      const processId = machine.property(SERVICE, 'MainPID');
      const status = inShell(`cat /proc/${processId}/status`);
      expect(inShell(`stat --format=%U /proc/${processId}`)).toBe('netstat-exporter\n');
      expect(hasNeededCapabilities(status)).toBe(true);
      const capabilities = Array.from(status.matchAll(/^Cap(?:Inh|Prm|Eff|Bnd|Amb):\t(\w+)$/gm), ([, mask]) => mask);
      expect(capabilities).toEqual(Array(5).fill('0000000000080004'));
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      // SECCOMP_MODE_FILTER.
      expect(status).toMatch(/^Seccomp:\t2$/m);
    });

    it('sees the processes and units of other users', async () => {
      const text = await scrape();
      expect(sampleValue(text, 'netstat_process_tcp_connections', HELD_BY_HOLDER)).toBe(1);
      // Of the test itself, which is not in the machine, it sees connections alone.
      expect(sampleValue(text, 'netstat_process_tcp_connections', { process: '_unknown', state: 'listen' }) ?? 0).toBe(
        0,
      );
    });

    it('reads all by netlink: no part fails, and nothing falls back', async () => {
      const parts = readText(await scrape()).samples.filter(
        ({ name }) => name === 'netstat_exporter_collection_success',
      );
      expect(parts.length).toBeGreaterThan(5);
      expect(parts.filter(({ value }) => value !== '1')).toEqual([]);
      expect(journal()).toContain('netstat-exporter has started');
      expect(journal()).not.toMatch(/level=(warn|error)|was refused/);
    });

    it('unpacks its native part where nobody else can read or write, and nothing else', () => {
      expect(inShell(`stat --format='%U %a' ${CACHE}`)).toBe('netstat-exporter 700\n');
      expect(inShell(`cd ${CACHE}; stat --format='%U %a %n' *`)).toMatch(
        /^netstat-exporter 600 koffi-[0-9a-f]{16,}\.node\n$/,
      );
      const unpacked = inShell(`echo ${CACHE}/*`).trim();
      expect(inShell(`grep -c ${unpacked} /proc/${machine.property(SERVICE, 'MainPID')}/maps`)).not.toBe('0\n');
    });

    it.each([
      ['/', 'ro'],
      ['/var/cache/netstat-exporter', 'rw'],
      ['/home', 'ro'],
      ['/proc/sys', 'ro'],
      ['/sys/fs/cgroup', 'ro'],
    ])('sees %s in a file system that is %s', (path, mode) => {
      const mounts = inShell(
        `findmnt --task ${machine.property(SERVICE, 'MainPID')} --noheadings -o options -T ${path}`,
      );
      expect(mounts.trim().split(',')[0]).toBe(mode);
    });

    it('ends by itself when it is stopped, before systemd ends it', () => {
      inShell(`systemctl stop ${SERVICE}`);
      expect([stateOf(SERVICE), machine.property(SERVICE, 'Result')]).toEqual(['inactive', 'success']);
      expect(journal()).toContain('msg=ending signal=SIGTERM');
    });

    it('is tried again when it cannot start, and says why', async () => {
      inShell('cp /etc/default/netstat-exporter /tmp/default; echo ARGS=--no-such-flag >/etc/default/netstat-exporter');
      machine.run('systemctl', 'start', SERVICE);
      await vi.waitFor(() => expect(machine.property(SERVICE, 'SubState')).toBe('auto-restart'), PATIENCE);
      expect(machine.property(SERVICE, 'ExecMainStatus')).toBe('2');
      expect(journal()).toContain('netstat-exporter: --no-such-flag: unknown option');
      // The starts of this test count towards the limit of those, too.
      inShell(`cp /tmp/default /etc/default/netstat-exporter; systemctl stop ${SERVICE}; systemctl reset-failed`);
    });

    it('starts without a file of flags', async () => {
      inShell(`mv /etc/default/netstat-exporter /tmp/default; systemctl start ${SERVICE}`);
      await scrape();
      inShell('mv /tmp/default /etc/default/netstat-exporter');
    });

    it('is started again when it is killed', async () => {
      inShell(`systemctl start ${SERVICE}`);
      const before = machine.property(SERVICE, 'MainPID');
      inShell(`kill -KILL ${before}`);
      await vi.waitFor(() => expect(machine.property(SERVICE, 'NRestarts')).toBe('1'), PATIENCE);
      await scrape();
      expect(machine.property(SERVICE, 'MainPID')).not.toBe(before);
    });

    it('serves with a key that is root’s alone and with passwords, and pushes', async () => {
      await using receiver = await startHttpReceiver((response) => response.end('{}'));
      expect(inShell(`stat --format='%U %a' ${CONFIGURATION}/server.key`)).toBe('root 600\n');
      const flags = `--web.config.file=${CONFIGURATION}/web.yml --otlp.endpoint=http://127.0.0.1:${receiver.port}`;
      inShell('cp /etc/default/netstat-exporter /tmp/default');
      // In quotation marks one variable can have several flags.
      inShell(`echo 'ARGS="${flags}"' >/etc/default/netstat-exporter; systemctl restart ${SERVICE}`);
      const secure = IPV4.replace('http:', 'https:');
      const client = { ca: certificates.read('authority.pem'), auth: `${USER}:${PASSWORD}` };
      await vi.waitFor(async () => expect(await get(secure, client)).toMatchObject({ status: 200 }), PATIENCE);
      expect(await get(secure, { ca: client.ca })).toMatchObject({ status: 401 });
      // The end has the last push.
      inShell(`systemctl stop ${SERVICE}; cp /tmp/default /etc/default/netstat-exporter`);
      expect(receiver.requests.length).toBeGreaterThan(0);
    });

    it('takes the port of systemd by the commands of the README', async () => {
      // Hosts can be set so that a socket of IPv6 is not one of IPv4.
      writeFileSync('/proc/sys/net/ipv6/bindv6only', '1');
      inShell(commandsOf('deploy/systemd/README.md', 'The port from systemd'));
      expect(inShell(`systemctl is-enabled ${SOCKET}`)).toBe('enabled\n');
      expect([stateOf(SERVICE), stateOf(SOCKET)]).toEqual(['active', 'active']);
      const labels = { process: 'netstat-exporter', services: SERVICE, port: '19182', address: '::' };
      expect(sampleValue(await scrape(IPV6), 'netstat_listener_info', labels)).toBe(1);
    });

    it.each([IPV4, IPV6])('is started by the first scrape where only the socket is there: %s', async (url) => {
      inShell(`systemctl stop ${SERVICE}`);
      expect(stateOf(SERVICE)).toBe('inactive');
      const text = await scrape(url);
      expect(stateOf(SERVICE)).toBe('active');
      expect(sampleValue(text, 'netstat_process_tcp_connections', HELD_BY_HOLDER)).toBe(1);
    });

    it('does without capabilities as the README says, and knows its own sockets alone', async () => {
      const dropIn = /```ini\n(.*?)```/s.exec(readFileSync(join(SYSTEMD_FOLDER, 'README.md'), 'utf8'))?.[1];
      const folder = `/etc/systemd/system/${SERVICE}.d`;
      inShell(`mkdir ${folder}; printf '%s' '${dropIn}' >${folder}/override.conf`);
      inShell(`systemctl daemon-reload; systemctl restart ${SERVICE}`);
      const text = await scrape();
      expect(inShell(`cat /proc/${machine.property(SERVICE, 'MainPID')}/status`)).toMatch(/^CapBnd:\t0+$/m);
      expect(sampleValue(text, 'netstat_process_tcp_connections', { process: '_unknown', state: 'listen' })).toBe(1);
      expect(sampleValue(text, 'netstat_process_tcp_connections', { process: 'netstat-exporter' })).toBeGreaterThan(0);
    });

    it('is removed by the commands of the README, with nothing left', () => {
      inShell(commandsOf('deploy/systemd/README.md', 'Removing it'));
      const left = inShell(
        `rm -r ${CONFIGURATION}; ` +
          'find /etc /usr/bin /usr/lib/systemd /usr/lib/sysusers.d /var/cache -name "*netstat-exporter*"; grep -s netstat-exporter /etc/passwd /etc/group || true',
      );
      expect(left).toBe('');
      expect(stateOf(SERVICE)).toBe('inactive');
    });

    function journal(): string {
      return inShell(`journalctl --output=cat --no-pager --unit=${SERVICE}`);
    }
  },
);
