// World: this host; the built program.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readText, sampleValue } from '../support/exposition.ts';
import { runProgram, startProgram } from '../support/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('the program', () => {
  it('serves what it reads from the first scrape on', async () => {
    await using program = await startProgram();
    const text = await program.scrape();
    expect(sampleValue(text, 'netstat_tcp_connections', { family: 'ipv4', state: 'listen' })).toBeGreaterThan(0);
    expect(sampleValue(text, 'netstat_exporter_collection_success', { part: 'tcp4' })).toBe(1);
    const { hostname, port } = new URL(program.url);
    const ours = { protocol: 'tcp', family: 'ipv4', address: hostname, port, process: basename(process.execPath) };
    expect(sampleValue(text, 'netstat_listener_info', ours)).toBe(1);
  });

  it('collects at each scrape with interval 0', async () => {
    await using program = await startProgram('--collector.interval=0');
    const timestamps: (number | undefined)[] = [];
    for (let i = 0; i < 3; i++)
      timestamps.push(sampleValue(await program.scrape(), 'netstat_exporter_collection_timestamp_seconds'));
    expect(timestamps).not.toContain(undefined);
    expect(new Set(timestamps).size).toBe(3);
  });

  it('counts destinations only where that is asked for', async () => {
    await using plain = await startProgram();
    expect((await fetch(`${plain.url}/metrics?collect[]=destination`)).status).toBe(400);
    expect(await plain.scrape()).not.toContain('netstat_destination');

    await using program = await startProgram(
      '--collector.destination.enable',
      '--collector.destination.limit=10000',
      '--collector.interval=0',
    );
    // The first scrape may get what was collected at the start; the next one finds its own connection.
    await program.scrape();
    const text = await (await fetch(`${program.url}/metrics?collect[]=destination`)).text();
    const { hostname, port } = new URL(program.url);
    const ours = {
      process: basename(process.execPath),
      remote_address: hostname,
      remote_port: port,
      state: 'established',
    };
    expect(sampleValue(text, 'netstat_destination_tcp_connections', ours)).toBeGreaterThan(0);
  });

  it('reads its configuration file, and flags beat it', async () => {
    const file = fileOf(
      'good.yml',
      'collector:\n  disable: [statistics, port]\nweb.telemetry-path: /other\nlog: {format: json}\n',
    );
    await using program = await startProgram(`--config.file=${file}`, '--log.format=logfmt');
    const text = await (await fetch(`${program.url}/other`)).text();
    expect(text).toContain('netstat_tcp_connections');
    expect(text).not.toContain('netstat_tcp_active_opens_total');
    expect(text).not.toContain('netstat_port');
  });

  it('names no owner whom it is not to look up', async () => {
    const named = ['process', 'listener', 'ephemeral'];
    await using program = await startProgram(...named.map((group) => `--collector.disable=${group}`));
    const text = await program.scrape();
    expect(text).not.toMatch(/netstat_(process|listener|ephemeral)|part="processes"/);
    expect(text).toContain('netstat_port_tcp_connections');
  });

  it('prints its help and its version, and ends with code 0', async () => {
    expect(await runProgram('--help')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('--collector.interval'),
    });
    expect(await runProgram('--version')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^netstat-exporter, version \d/),
    });
  });

  it('checks a configuration without starting', async () => {
    expect(await runProgram('check-config', '--collector.interval=5s')).toEqual({
      code: 0,
      stdout: 'the configuration is valid\n',
      stderr: '',
    });
  });

  it('prints the reference of its metrics', async () => {
    expect((await runProgram('metrics')).stdout).toContain('netstat_process_tcp_connections');
  });

  it('prints how many series there can be, with the flags before the command and after it, and the file', async () => {
    const file = fileOf('limits.yml', 'collector: {listener.limit: 5}\n');
    const flags = [`--config.file=${file}`, '--collector.port.limit=7'];
    const { code, stdout, stderr } = await runProgram(...flags, 'metrics', '--limits', '--collector.process.limit=0');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^netstat_listener_info +5 {2}5 listeners$/m);
    expect(stdout).toMatch(/^netstat_port_udp_endpoints +8 {2}7 ports \+ _other$/m);
    expect(stdout).toMatch(/^netstat_process_udp_endpoints +3 {2}0 groups \+ _none, _unknown, _other$/m);
  });

  it('has no more series of any metric than it says that there can be', async () => {
    const flags = ['--collector.destination.enable', '--collector.process.pid-label', '--collector.process.limit=3'];
    const { stdout } = await runProgram('metrics', '--limits', ...flags);
    const limits = new Map(
      Array.from(stdout.matchAll(/^(.+?) {2,}(\d+)/gm), ([, name, series]) => [name, Number(series)]),
    );
    await using program = await startProgram(...flags, '--collector.interval=0');
    await program.scrape();
    const names = readText(await program.scrape()).samples.map(({ name }) => name);
    const byName = Map.groupBy(names, (name) => (name.startsWith('netstat_') ? name : 'process_*, nodejs_*'));
    expect(byName.size).toBeGreaterThan(20);
    for (const [name, samples] of byName) expect(samples.length, name).toBeLessThanOrEqual(limits.get(name) ?? 0);
  });
});

describe('a read that hangs', () => {
  it('stops neither the server nor the end of the program', async () => {
    // Nobody writes to the pipe: opening it for reading never returns.
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await using program = await startProgram(
      `--source=replay:${pipe}`,
      '--collector.timeout=1s',
      '--collector.interval=1s',
    );
    expect((await fetch(`${program.url}/-/healthy`)).status).toBe(200);
    expect((await fetch(`${program.url}/-/ready`)).status).toBe(503);
    expect((await fetch(`${program.url}/metrics`)).status).toBe(503);
    expect(program.log()).toContain('a collection has not returned within --collector.timeout');
    await program.end('SIGTERM');
    expect(program.log()).toContain('ending by force');
  });
});

describe('a start that cannot succeed ends with code 2 and one line:', () => {
  it.each([
    ['an unknown flag', ['--nope'], '--nope: unknown option; see --help for all options'],
    [
      'a mistyped flag',
      ['--collector.intervall=1s'],
      '--collector.intervall: unknown option; did you mean collector.interval?',
    ],
    ['an unknown command', ['listen'], 'listen: unknown command; --help lists what there is'],
    ['a mistyped command', ['conections'], 'conections: unknown command; did you mean connections?'],
    [
      'a word too many',
      ['connections', '--search', 'a', 'b'],
      'b: an argument is too many; --help lists what there is',
    ],
    [
      'a bad value',
      ['--collector.interval=10'],
      '--collector.interval: "10" is not a duration; allowed: 0, or a number with a unit',
    ],
    ['a flag given twice', ['--log.level=info', '--log.level=warn'], '--log.level: given more than once'],
    [
      'a flag given before and after a command',
      ['--log.level=info', 'check-config', '--log.level=warn'],
      '--log.level: given more than once',
    ],
    [
      'a flag without its value',
      ['--collector.interval'],
      "'--collector.interval <duration>' argument missing; --help lists the options",
    ],
    ['a missing configuration file', ['--config.file=/nonexistent.yml'], '/nonexistent.yml'],
    ['a flag that changes nothing', ['metrics', '--log.level=info'], '--log.level: changes nothing in the reference'],
    [
      'a bad value for the limits',
      ['metrics', '--limits', '--collector.port.limit=all'],
      '--collector.port.limit: "all"',
    ],
    ['a bad name rule', ['--collector.process.name-rule=java'], '--collector.process.name-rule: "java" has no ='],
    ['a missing recording', ['--source=replay:/nonexistent'], 'cannot replay /nonexistent: ENOENT'],
    ['a source of another system', ['--source=windows'], 'the source windows can be read only on Windows'],
    ['a bad value to check', ['check-config', '--web.max-requests=-1'], '--web.max-requests'],
  ])('%s', async (_what, args, line) => {
    const { code, stdout, stderr } = await runProgram(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^netstat-exporter: [^\n]+\n$/);
    expect(stderr).toContain(line);
  });

  it('a word too many, which is not shown: it may be a piece of a header', async () => {
    const { code, stderr } = await runProgram('--otlp.headers', 'a=Bearer', 'S3cret');
    expect([code, stderr]).toEqual([2, 'netstat-exporter: an argument is too many; --help lists what there is\n']);
  });

  it('a configuration file that cannot be understood, with its line', async () => {
    const file = fileOf('bad.yml', 'collector:\n  interval: 10s\n  timout: 5s\n');
    const { code, stderr } = await runProgram(`--config.file=${file}`);
    expect(code).toBe(2);
    expect(stderr).toContain(`${file}:3: `);
    expect(stderr).toContain('collector.timeout');
  });

  it('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await runProgram(`--web.listen-address=127.0.0.1:${port}`);
    server.close();
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^netstat-exporter: cannot listen on 127\.0\.0\.1:\d+: address already in use \(EADDRINUSE\)[^\n]*\n$/,
    );
  });
});

describe('record', () => {
  it('writes a snapshot that can be played again, with the same metrics', async () => {
    const file = join(folder, 'recording');
    const { code, stderr } = await runProgram('record', file, '--redact');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/: \d+ endpoints of \d+ processes\n$/) });
    const recorded = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('["')).length;

    await using program = await startProgram(`--source=replay:${file}`);
    const text = await program.scrape();
    const played = text
      .split('\n')
      .filter((line) => /^netstat_(tcp_connections|udp_endpoints)\{/.test(line))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    expect(played).toBe(recorded);
  });

  it('says when it cannot write', async () => {
    const { code, stderr } = await runProgram('record', '/nonexistent/recording');
    expect(code).toBe(2);
    expect(stderr).toContain('/nonexistent/recording');
  });
});
