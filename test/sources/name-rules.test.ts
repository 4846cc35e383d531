// World 2 (the ABI stand-in), fixtures, and this Linux host: name rules, from the command lines that a source reads to the samples.
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aggregate } from '../../src/metrics/aggregate.ts';
import type { NameRule } from '../../src/metrics/settings.ts';
import { openLinuxSource } from '../../src/sources/linux/source.ts';
import { readText } from '../support/exposition.ts';
import { startProgram } from '../support/program.ts';
import { linesOf } from '../support/samples.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { EVERYTHING } from '../support/source-options.ts';
import { ProcfsTree } from './linux/procfs-tree.ts';
import { describeOnStandin, readOnce, WITHOUT_WMI } from './windows/open-standin.ts';

const LISTEN = 2;

function namedBy(...nameRules: readonly NameRule[]) {
  return {
    settings: { ...DEFAULT_SETTINGS, nameRules },
    commandLinesOf: new Set(nameRules.map(({ image }) => image)),
  };
}

describeOnStandin('on Windows, the application pools of IIS', (standin) => {
  const POOLS = namedBy({ image: 'w3wp.exe', pattern: /-ap "([^"]+)"/su });

  it('are told apart by the rule, and by nothing without it', () => {
    const pids = { DefaultAppPool: 812, Shop: 816 };
    standin.queriedProcesses(Object.values(pids).map((pid) => ({ pid, name: 'w3wp.exe' })));
    standin.openedProcesses(
      Object.entries(pids).map(([pool, pid]) => ({ pid, commandLine: String.raw`c:\inetsrv\w3wp.exe -ap "${pool}"` })),
    );
    standin.table('tcp4', {
      endpoints: Object.values(pids).map((pid) => ({ state: LISTEN, localPort: 8000 + pid, pid })),
    });
    const listening = (commandLinesOf: ReadonlySet<string>): readonly string[] =>
      linesOf(
        aggregate(readOnce(standin.libraries, { ...WITHOUT_WMI, commandLinesOf }), POOLS.settings),
        'netstat_process_tcp_connections',
      ).filter((line) => line.includes('state="listen"'));
    expect(listening(POOLS.commandLinesOf)).toEqual([
      'process="w3wp.exe[DefaultAppPool]",state="listen" 1',
      'process="w3wp.exe[Shop]",state="listen" 1',
    ]);
    expect(listening(new Set())).toEqual(['process="w3wp.exe",state="listen" 2']);
  });
});

describe('on Linux, programs that run in Java', () => {
  it('are told apart by the class that is their main one', () => {
    const tree = new ProcfsTree();
    tree.sockets(
      'tcp',
      { state: 10, local: ['0.0.0.0', 9092], inode: 1 },
      { state: 10, local: ['0.0.0.0', 9042], inode: 2 },
    );
    const java = { command: 'java', executable: '/opt/jdk/bin/java' };
    tree.process(20, { startTime: 5, ...java, descriptors: { 3: 1 } });
    tree.write('20/cmdline', 'java\0-Xmx1g\0-cp\0kafka.jar\0kafka.Kafka\0server.properties\0');
    tree.process(30, { startTime: 6, ...java, descriptors: { 3: 2 } });
    tree.write('30/cmdline', 'java\0-jar\0own.jar\0');
    tree.write('sys/net/ipv4/ip_local_port_range', '32768\t60999\n');
    tree.write('sys/net/ipv4/ip_local_reserved_ports', '\n');
    const { settings, commandLinesOf } = namedBy({ image: 'java', pattern: /\s(kafka\.[A-Z]\w*)/su });
    const snapshot = openLinuxSource({ ...EVERYTHING, commandLinesOf }, { procfsRoot: tree.root }).read();
    expect(linesOf(aggregate(snapshot, settings), 'netstat_listener_info')).toEqual([
      expect.stringContaining('port="9042",process="java"'),
      expect.stringContaining('port="9092",process="java[kafka.Kafka]"'),
    ]);
  });
});

describe.runIf(process.platform === 'linux')('the program itself, by a rule on its own command line', () => {
  it('is told with the name of its script', async () => {
    const image = basename(process.execPath);
    const rule = String.raw`--collector.process.name-rule=${image}=(netstat-[a-z]+)\.js`;
    await using program = await startProgram(rule, '--collector.interval=0');
    const port = new URL(program.url).port;
    const { samples } = readText(await program.scrape());
    const listener = samples.find(({ name, labels }) => name === 'netstat_listener_info' && labels['port'] === port);
    expect(listener?.labels['process']).toBe(`${image}[netstat-exporter]`);
  });
});
