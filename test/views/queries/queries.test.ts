// World: none; one test asks promtool.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aggregate } from '../../../src/metrics/aggregate.ts';
import type { AggregationSettings } from '../../../src/metrics/settings.ts';
import { blocksOf } from '../../../src/views/blocks.ts';
import { withChanges } from '../../../src/views/changes/changes.ts';
import { QueryWriter } from '../../../src/views/queries/queries.ts';
import { HAS_PROMTOOL, PROMTOOL_PROVIDED_BY } from '../../support/promtool.ts';
import { DEFAULT_SETTINGS } from '../../support/settings.ts';
import { type SnapshotRows, snapshotOf } from '../../support/snapshots.ts';

const PROCESSES = [
  [7, 'nginx', 'nginx.service'],
  [8, 'curl'],
] as const;

/** The queries for the first endpoint. */
function queriesFor(rows: SnapshotRows, choice: Partial<AggregationSettings> = {}) {
  const settings = { ...DEFAULT_SETTINGS, ...choice };
  const snapshot = snapshotOf({ processes: PROCESSES, ...rows });
  return new QueryWriter(settings, aggregate(snapshot, settings), snapshot).queriesFor(blocksOf(snapshot), 0);
}

function promqlFor(rows: SnapshotRows, choice: Partial<AggregationSettings> = {}): readonly string[] {
  return queriesFor(rows, choice).map(({ promql }) => promql);
}

describe('the queries that count', () => {
  it('a connection to elsewhere go from its destination to the whole host', () => {
    expect(queriesFor({ tcp4: [['close_wait', '192.0.2.1', 40_000, '203.0.113.5', 443, 8]] })).toEqual([
      {
        title: 'connections of the process to this destination in this state',
        promql:
          'netstat_destination_tcp_connections{process="curl", services="", remote_address="203.0.113.5", remote_port="443", state="close_wait"}',
      },
      {
        title: 'connections of the process in this state',
        promql: 'netstat_process_tcp_connections{process="curl", services="", state="close_wait"}',
      },
      {
        title: 'age of the oldest connection of the process in close_wait',
        promql: 'netstat_process_close_wait_oldest_seconds{process="curl", services=""}',
      },
      {
        title: 'connections of the local port in this state, among _other',
        promql: 'netstat_port_tcp_connections{port="_other", state="close_wait"}',
      },
      {
        title: 'ephemeral ports that the process uses',
        promql: 'netstat_process_ephemeral_ports_used{protocol="tcp", process="curl", services=""}',
      },
      {
        title: 'connections of the host in this family and state',
        promql: 'netstat_tcp_connections{family="ipv4", state="close_wait"}',
      },
    ]);
  });

  it('an accepted connection ask for no destination', () => {
    expect(
      promqlFor({
        tcp6: [
          ['established', '2001:db8::1', 443, '2001:db8::2', 50_000, 7],
          ['listen', '::', 443, '::', 0, 7],
        ],
      }),
    ).toEqual([
      'netstat_process_tcp_connections{process="nginx", services="nginx.service", state="established"}',
      'netstat_port_tcp_connections{port="443", state="established"}',
      'netstat_tcp_connections{family="ipv6", state="established"}',
    ]);
  });

  it('a listener begin with its own series', () => {
    expect(promqlFor({ tcp6: [['listen', 'fe80::1%2', 443, '::', 0, 7]] })).toEqual([
      'netstat_listener_info{protocol="tcp", family="ipv6", address="fe80::1%2", port="443", process="nginx", services="nginx.service"}',
      'netstat_process_tcp_connections{process="nginx", services="nginx.service", state="listen"}',
      'netstat_port_tcp_connections{port="443", state="listen"}',
      'netstat_tcp_connections{family="ipv6", state="listen"}',
    ]);
  });

  it('a UDP endpoint ask for a listener, or for the use of ephemeral ports', () => {
    expect(promqlFor({ udp4: [['0.0.0.0', 53, 7]] })).toEqual([
      'netstat_listener_info{protocol="udp", family="ipv4", address="0.0.0.0", port="53", process="nginx", services="nginx.service"}',
      'netstat_process_udp_endpoints{process="nginx", services="nginx.service"}',
      'netstat_port_udp_endpoints{port="53"}',
      'netstat_udp_endpoints{family="ipv4"}',
    ]);
    expect(promqlFor({ udp4: [['0.0.0.0', 40_000, 8]] })).toEqual([
      'netstat_process_udp_endpoints{process="curl", services=""}',
      'netstat_port_udp_endpoints{port="_other"}',
      'netstat_process_ephemeral_ports_used{protocol="udp", process="curl", services=""}',
      'netstat_udp_endpoints{family="ipv4"}',
    ]);
  });

  it('an endpoint without an owner name that', () => {
    const [, process] = promqlFor({ tcp4: [['time_wait', '192.0.2.1', 40_000, '203.0.113.5', 443, 0]] });
    expect(process).toBe('netstat_process_tcp_connections{process="_none", services="", state="time_wait"}');
  });

  it('have the process id where the series have it, an empty one too', () => {
    const rows: SnapshotRows = { udp4: [['0.0.0.0', 53, 7]] };
    expect(promqlFor(rows, { pidLabel: true })[1]).toBe(
      'netstat_process_udp_endpoints{process="nginx", services="nginx.service", pid="7"}',
    );
    expect(promqlFor({ udp4: [['0.0.0.0', 53, 0]] }, { pidLabel: true })[1]).toBe(
      'netstat_process_udp_endpoints{process="_none", services="", pid=""}',
    );
  });

  it('ask for _other where the limit folds the process, and for no listener beyond it', () => {
    const rows: SnapshotRows = {
      udp4: [
        ['0.0.0.0', 53, 8],
        ['0.0.0.0', 54, 7],
        ['0.0.0.0', 55, 7],
      ],
    };
    expect(queriesFor(rows, { processLimit: 1, listenerLimit: 0 }).slice(0, 2)).toEqual([
      {
        title: 'UDP endpoints of the process, among _other',
        promql: 'netstat_process_udp_endpoints{process="_other", services=""}',
      },
      { title: 'UDP endpoints of the local port', promql: 'netstat_port_udp_endpoints{port="53"}' },
    ]);
  });

  it('ask for _other where the process is excluded, and say so', () => {
    const [, query] = queriesFor({ udp4: [['0.0.0.0', 53, 8]] }, { processExclude: /^curl$/ });
    expect(query).toEqual({
      title: 'UDP endpoints of the process, among _other',
      promql: 'netstat_process_udp_endpoints{process="_other", services=""}',
    });
  });

  it('are those of the groups that are collected, and of what was read', () => {
    const rows: SnapshotRows = { tcp4: [['listen', '0.0.0.0', 443, '0.0.0.0', 0, 7]] };
    expect(promqlFor(rows, { groups: new Set(['port']) })).toEqual([
      'netstat_port_tcp_connections{port="443", state="listen"}',
    ]);
    expect(promqlFor({ ...rows, errors: ['processes'], missing: ['processes'] })).toEqual([
      'netstat_port_tcp_connections{port="443", state="listen"}',
      'netstat_tcp_connections{family="ipv4", state="listen"}',
    ]);
  });

  it('leave out ports that the OS never hands out', () => {
    const rows: SnapshotRows = {
      udp4: [['0.0.0.0', 40_000, 8]],
      ephemeralRanges: [
        {
          protocol: 'udp',
          family: 'ipv4',
          first: 32_768,
          last: 60_999,
          source: 'procfs',
          reserved: [{ first: 40_000, last: 40_000 }],
        },
      ],
    };
    expect(promqlFor(rows).join()).not.toContain('ephemeral');
    expect(promqlFor(rows, { ephemeralRange: { first: 40_000, last: 40_001 } }).join()).toContain('ephemeral');
  });

  it('ask for an age only of the process that has it', () => {
    const rows: SnapshotRows = {
      tcp4: [
        ['established', '192.0.2.1', 40_000, '203.0.113.5', 443, 8],
        ['close_wait', '192.0.2.1', 40_001, '203.0.113.5', 443, 8],
        ['close_wait', '192.0.2.1', 40_002, '203.0.113.5', 443, 7],
      ],
    };
    expect(promqlFor(rows).join()).not.toContain('oldest');

    // With too many connections that wait to be closed, some have no age.
    const settings = { ...DEFAULT_SETTINGS, processExclude: /^nginx$/ };
    const snapshot = snapshotOf({ processes: PROCESSES, ...rows });
    const samples = aggregate(snapshot, settings);
    const ofOthers = samples.families.map((family) =>
      family.name === 'netstat_process_close_wait_oldest_seconds'
        ? { ...family, labelValues: ['_other', '', ''], values: [1] }
        : family,
    );
    const writer = new QueryWriter(settings, { ...samples, families: ofOthers }, snapshot);
    const asked = (number: number) => writer.queriesFor(blocksOf(snapshot), number).map(({ promql }) => promql);
    expect(asked(1).join()).not.toContain('oldest');
    expect(asked(2)).toContain('netstat_process_close_wait_oldest_seconds{process="_other", services=""}');
  });

  it('are none for what has closed', () => {
    const [now, before] = [snapshotOf({}), snapshotOf({ udp4: [['0.0.0.0', 53, 7]] })];
    const writer = new QueryWriter(DEFAULT_SETTINGS, aggregate(now, DEFAULT_SETTINGS), now);
    expect(writer.queriesFor(withChanges(now, before), 0)).toEqual([]);
  });
});

const HOSTILE_NAME = 'a"b\\c{d}\u202e\ufeff\ud800\n,e=~"f"';

describe('a hostile name', () => {
  it('stands in a query as escapes that a line of a terminal can show', () => {
    const [, query] = promqlFor({ udp4: [['0.0.0.0', 53, 9]], processes: [[9, HOSTILE_NAME]] });
    expect(query).toBe(
      String.raw`netstat_process_udp_endpoints{process="a\"b\\c{d}\u202e\ufeff\ufffd\ufffd,e=~\"f\"", services=""}`,
    );
  });

  it.skipIf(!HAS_PROMTOOL)(`is found by Prometheus itself (${PROMTOOL_PROVIDED_BY})`, () => {
    const [, expr = ''] = promqlFor({ udp4: [['0.0.0.0', 53, 9]], processes: [[9, HOSTILE_NAME]] });
    // As the metrics have it: what is broken or a control is replaced.
    const labels = `{process="${inEscapes('a"b\\c{d}\u202e\ufeff\ufffd\ufffd,e=~"f"')}"}`;
    const series = `netstat_process_udp_endpoints${labels}`;
    runPromtool({
      interval: '1m',
      input_series: [
        { series, values: '3' },
        { series: series.replace('}', ', services="other.service"}'), values: '4' },
      ],
      promql_expr_test: [{ expr, eval_time: '0m', exp_samples: [{ labels: series, value: 3 }] }],
    });
  });
});

/** Every character as an escape of Go, so that nothing can be misread. */
function inEscapes(text: string): string {
  return text.replaceAll(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Throws with what promtool says. */
function runPromtool(test: object): void {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-queries-'));
  const file = join(folder, 'test.yaml');
  try {
    // JSON is YAML.
    writeFileSync(file, JSON.stringify({ rule_files: [], tests: [test] }));
    execFileSync('promtool', ['test', 'rules', file], { encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
