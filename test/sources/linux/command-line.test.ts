// World: fixtures. The command lines of owning processes, in a /proc of the test's own.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { MAX_COMMAND_LINE_BYTES, parseCommandLine } from '../../../src/sources/linux/command-line.ts';
import { readStart } from '../../../src/sources/linux/files.ts';
import { openLinuxSource } from '../../../src/sources/linux/source.ts';
import { EVERYTHING } from '../../support/source-options.ts';
import { ProcfsTree } from './procfs-tree.ts';

vi.mock(import('../../../src/sources/linux/files.ts'), { spy: true });

const KAFKA = { startTime: 5, command: 'java', executable: '/opt/jdk/bin/java', descriptors: { 3: 501 } };

/** Kafka and Cassandra in Java, a web server, and a program that owns no socket. */
function host(): ProcfsTree {
  const tree = new ProcfsTree();
  const inodes = [501, 502, 503];
  tree.sockets('tcp', ...inodes.map((inode) => ({ state: 10, local: ['0.0.0.0', inode] as const, inode })));
  tree.process(20, KAFKA);
  tree.write('20/cmdline', 'java\0-cp\0kafka.jar\0kafka.Kafka\0server.properties\0');
  tree.process(30, { startTime: 6, command: 'java', executable: '/usr/bin/Java', descriptors: { 3: 502 } });
  tree.write('30/cmdline', 'java\0org.apache.cassandra.service.CassandraDaemon\0');
  tree.process(40, { startTime: 7, command: 'nginx', executable: '/usr/sbin/nginx', descriptors: { 3: 503 } });
  tree.write('40/cmdline', 'nginx: master process\0\0\0\0');
  tree.process(50, { startTime: 8, command: 'java', executable: '/opt/jdk/bin/java' });
  tree.write('50/cmdline', 'java\0Bystander\0');
  return tree;
}

function open(tree: ProcfsTree, ...images: readonly string[]) {
  return openLinuxSource({ ...EVERYTHING, commandLinesOf: new Set(images) }, { procfsRoot: tree.root });
}

/** By process id; processes without one are left out. */
function commandLines({ processes = new Map() }: Snapshot): Record<number, string | undefined> {
  const known = [...processes.values()].filter((process) => 'commandLine' in process);
  return Object.fromEntries(known.map(({ pid, commandLine }) => [pid, commandLine]));
}

/** The files whose start was read, below the root. */
function filesRead(tree: ProcfsTree): string[] {
  return vi.mocked(readStart).mock.calls.map(([path]) => path.slice(tree.root.length + 1));
}

afterEach(() => {
  vi.clearAllMocks();
});

describe('the text of a command line', () => {
  it.each([
    ['java\0-jar\0a.jar\0', 'java -jar a.jar'],
    ['no end', 'no end'],
    ['an\0empty\0\0argument\0', 'an empty  argument'],
    ['a title over the arguments\0\0\0\0\0', 'a title over the arguments'],
    ['\0first\0', ' first'],
    ['\0\0', undefined],
    ['', undefined],
  ])('%j is %j', (text, commandLine) => {
    expect(parseCommandLine(Buffer.from(text))).toBe(commandLine);
  });

  it('has the replacement character in place of what is no UTF-8', () => {
    expect(parseCommandLine(Buffer.from([0x61, 0xff, 0, 0xc3, 0xa9, 0xc3, 0]))).toBe('a\ufffd é\ufffd');
  });

  it('is the arguments with blanks between them, whatever they are', () => {
    const withoutNul = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '0'));
    fc.assert(
      fc.property(fc.array(withoutNul), withoutNul, (first, last) => {
        const given = [...first, `${last}.`];
        expect(parseCommandLine(Buffer.from(given.map((text) => `${text}\0`).join('')))).toBe(given.join(' '));
      }),
    );
  });

  it('of any bytes is a text without NULs and no longer than they are, or none if they are all NULs', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(3), (bytes, end) => {
        const text = parseCommandLine(Buffer.concat([bytes, Buffer.alloc(end)]));
        expect(text === undefined).toBe(bytes.every((byte) => byte === 0));
        expect(text ?? '').not.toContain('\0');
        expect(text?.length ?? 0).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe('command lines', () => {
  it('are those of the owning processes of the images that were asked for, whatever the case of their names', () => {
    expect(commandLines(open(host(), 'java').read())).toEqual({
      20: 'java -cp kafka.jar kafka.Kafka server.properties',
      30: 'java org.apache.cassandra.service.CassandraDaemon',
    });
  });

  it('of no other process are read', () => {
    const tree = host();
    open(tree, 'java', 'postgres').read();
    expect(filesRead(tree)).toEqual(['20/cmdline', '30/cmdline']);
  });

  it('are not read at all where no image was asked for', () => {
    const tree = host();
    expect(commandLines(open(tree).read())).toEqual({});
    expect(filesRead(tree)).toEqual([]);
  });

  it('are read once', () => {
    const tree = host();
    const source = open(tree, 'nginx');
    const first = commandLines(source.read());
    tree.write('40/cmdline', 'nginx: shutting down\0');
    expect(commandLines(source.read())).toEqual(first);
    expect(filesRead(tree)).toEqual(['40/cmdline']);
  });

  it('are read anew when the process runs another program, or is another one', () => {
    const tree = host();
    const source = open(tree, 'java');
    const kafka = () => commandLines(source.read())[20];
    kafka();
    tree.process(20, { ...KAFKA, command: 'other' });
    tree.write('20/cmdline', 'java\0Other\0');
    expect(kafka()).toBe('java Other');
    tree.process(20, { ...KAFKA, command: 'other', startTime: 6 });
    tree.write('20/cmdline', 'java\0Third\0');
    expect(kafka()).toBe('java Third');
  });

  it('are forgotten when the process runs an image that was not asked for', () => {
    const tree = host();
    const source = open(tree, 'java');
    source.read();
    tree.process(20, { ...KAFKA, command: 'bash', executable: '/bin/bash' });
    tree.write('20/cmdline', 'bash\0');
    expect(Object.keys(commandLines(source.read()))).toEqual(['30']);
  });

  it('are cut off at their limit', () => {
    const tree = host();
    const padding = 'é'.repeat(MAX_COMMAND_LINE_BYTES / 2 - 'java\0End'.length / 2);
    tree.write('20/cmdline', `java\0${padding}End\0--password=secret\0`);
    expect(commandLines(open(tree, 'java').read())[20]).toBe(`java ${padding}End`);
  });

  it.each<readonly [string, (tree: ProcfsTree) => void]>([
    ['has no such file', (tree) => tree.remove('20/cmdline')],
    ['has an empty one', (tree) => tree.write('20/cmdline', '')],
    ['has one of NULs', (tree) => tree.write('20/cmdline', '\0\0\0')],
    [
      'has one that cannot be read',
      (tree) => {
        tree.remove('20/cmdline');
        mkdirSync(join(tree.root, '20/cmdline'));
      },
    ],
  ])('are absent, and no part fails, where a process %s; it is asked again the next time', (_, spoil) => {
    const tree = host();
    const source = open(tree, 'java');
    spoil(tree);
    const snapshot = source.read();
    expect(snapshot.processes?.get(20)).toEqual({ pid: 20, name: 'java', services: [] });
    expect(Object.keys(commandLines(snapshot))).toEqual(['30']);
    expect(snapshot.parts.processes).not.toHaveProperty('error');
    tree.remove('20/cmdline');
    tree.write('20/cmdline', 'java\0kafka.Kafka\0');
    expect(commandLines(source.read())[20]).toBe('java kafka.Kafka');
  });
});
