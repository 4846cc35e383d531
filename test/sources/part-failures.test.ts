// World 2 (the ABI stand-in) and fixtures: each part fails once, from the read to the samples.
import { describe, expect, it } from 'vitest';
import { aggregate } from '../../src/metrics/aggregate.ts';
import { HOST_METRIC_NAMES } from '../../src/metrics/catalogue.ts';
import type { Samples } from '../../src/metrics/samples.ts';
import type { Part } from '../../src/model/snapshot.ts';
import { openLinuxSource } from '../../src/sources/linux/source.ts';
import { linesLeft } from '../support/lost-series.ts';
import { linesOf } from '../support/samples.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { EVERYTHING } from '../support/source-options.ts';
import type { Standin } from '../worlds/standin/standin.ts';
import { ProcfsTree } from './linux/procfs-tree.ts';
import { describeOnStandin, readOnce } from './windows/open-standin.ts';

function expectOnlyThatIsLost(before: Samples, after: Samples, part: Part, alsoLost: readonly Part[] = []): void {
  const failed = Object.entries(after.parts).filter(([, { error }]) => error !== undefined);
  expect(failed.map(([name]) => name)).toEqual([part]);
  expect(after.families).not.toEqual(before.families);
  for (const name of HOST_METRIC_NAMES)
    expect(linesOf(after, name), name).toEqual(linesLeft(before, name, [part, ...alsoLost]));
}

describeOnStandin('on Windows, a part that fails takes away what needs it and nothing else', (standin) => {
  const ACCESS_DENIED = 5;
  /** ERROR_GEN_FAILURE: no refusal, so that nobody tries the calls without owners. */
  const GENERAL_FAILURE = 31;
  const LISTENER = { state: 2, localPort: 80, pid: 8 } as const;
  const failures: Readonly<Partial<Record<Part, (host: Standin) => void>>> = {
    tcp4: (host) => host.table('tcp4', { code: GENERAL_FAILURE }),
    tcp6: (host) => host.table('tcp6', { code: GENERAL_FAILURE }),
    udp4: (host) => host.table('udp4', { code: GENERAL_FAILURE }),
    udp6: (host) => host.table('udp6', { code: GENERAL_FAILURE }),
    tcp4_statistics: (host) => host.statistics('tcp4', { code: ACCESS_DENIED }),
    tcp6_statistics: (host) => host.statistics('tcp6', { code: ACCESS_DENIED }),
    udp4_statistics: (host) => host.statistics('udp4', { code: ACCESS_DENIED }),
    udp6_statistics: (host) => host.statistics('udp6', { code: ACCESS_DENIED }),
    processes: (host) => {
      host.queryFailure(0xc000_0022);
      host.snapshotFailures({ create: ACCESS_DENIED });
    },
  };

  function read(fail: (host: Standin) => void = () => {}): Samples {
    standin.reset();
    standin.queriedProcesses([{ pid: 8, name: 'init.exe' }]);
    fail(standin);
    for (const name of ['tcp4', 'tcp6', 'udp4', 'udp6'] as const) standin.table(name, { endpoints: [LISTENER] });
    return aggregate(readOnce(standin.libraries, EVERYTHING), DEFAULT_SETTINGS);
  }

  it.each(Object.entries(failures))('%s', (part, fail) => {
    expectOnlyThatIsLost(read(), read(fail), part as Part);
  });
});

describe('on Linux, a part that fails takes away what needs it and nothing else', () => {
  const SNMP = { tcp: 'Tcp: MaxConn InSegs\nTcp: 9 17\n', udp: 'Udp: InDatagrams\nUdp: 4\n' };
  const failures: Readonly<Partial<Record<Part, (tree: ProcfsTree) => void>>> = {
    tcp4: (tree) => tree.write('net/tcp', 'nonsense'),
    tcp6: (tree) => tree.write('net/tcp6', 'nonsense'),
    udp4: (tree) => tree.write('net/udp', 'nonsense'),
    udp6: (tree) => tree.write('net/udp6', 'nonsense'),
    tcp_statistics: (tree) => tree.write('net/snmp', SNMP.udp),
    udp4_statistics: (tree) => tree.write('net/snmp', SNMP.tcp),
    udp6_statistics: (tree) => tree.write('net/snmp6', 'Udp6InDatagrams many\n'),
    ephemeral_range: (tree) => tree.remove('sys'),
  };

  function read(fail: (tree: ProcfsTree) => void = () => {}): Samples {
    const tree = new ProcfsTree();
    tree.sockets('tcp', { state: 10, local: ['192.0.2.1', 80], inode: 1 });
    tree.sockets('tcp6', { state: 10, local: ['2001:db8::1', 80], inode: 2 });
    tree.sockets('udp', { state: 7, local: ['192.0.2.1', 80], inode: 3 });
    tree.sockets('udp6', { state: 7, local: ['2001:db8::1', 80], inode: 4 });
    tree.write('net/snmp', SNMP.tcp + SNMP.udp);
    tree.write('net/snmp6', 'Udp6InDatagrams 6\n');
    tree.write('sys/net/ipv4/ip_local_port_range', '32768\t60999\n');
    tree.write('sys/net/ipv4/ip_local_reserved_ports', '\n');
    tree.process(8, { startTime: 5, command: 'init', descriptors: { 3: 1, 4: 2, 5: 3, 6: 4 } });
    fail(tree);
    return aggregate(openLinuxSource(EVERYTHING, { procfsRoot: tree.root }).read(), DEFAULT_SETTINGS);
  }

  it.each(Object.entries(failures))('%s', (part, fail) => {
    // The IPv6 table of Linux holds connections of IPv4, too.
    const alsoLost = ({ tcp6: ['tcp4'], udp6: ['udp4'] } as Readonly<Record<string, readonly Part[]>>)[part];
    expectOnlyThatIsLost(read(), read(fail), part as Part, alsoLost);
  });
});
