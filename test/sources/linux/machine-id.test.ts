// World: fixtures, a root with a /proc of the test's own; and this Linux host.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMachineId, readMachineId } from '../../../src/sources/linux/machine-id.ts';
import { openLinuxSource } from '../../../src/sources/linux/source.ts';
import { NOTHING } from '../../support/source-options.ts';
import { ProcfsTree } from './procfs-tree.ts';

const [HOSTS, OWN, DBUS] = ['0123456789abcdef0123456789abcde1', '0123456789abcdef0123456789abcde2', 'f'.repeat(32)];
const OF_PROCESS_1 = 'proc/1/root/etc/machine-id';

/** A root directory with these files, some text and its end of line each. */
function rootWith(files: Readonly<Record<string, string>>): ProcfsTree {
  const tree = new ProcfsTree();
  for (const [path, text] of Object.entries(files)) tree.write(path, `${text}\n`);
  return tree;
}

/** With the /proc of that root, given in two ways. */
function idIn({ root }: ProcfsTree): string | undefined {
  const id = readMachineId(join(root, 'proc'), root);
  expect(readMachineId(`${root}/./proc/`, root)).toBe(id);
  return id;
}

describe('the id of the machine', () => {
  it('is in /etc/machine-id, or else where D-Bus has it', () => {
    expect(idIn(rootWith({ 'etc/machine-id': OWN, 'var/lib/dbus/machine-id': DBUS }))).toBe(OWN);
    expect(idIn(rootWith({ 'var/lib/dbus/machine-id': DBUS }))).toBe(DBUS);
  });

  it.each(['', 'uninitialized', '0'.repeat(32)])('is looked for elsewhere when a file says %j', (text) => {
    const files = { [OF_PROCESS_1]: text, 'etc/machine-id': text, 'var/lib/dbus/machine-id': DBUS };
    expect(idIn(rootWith(files))).toBe(DBUS);
    expect(idIn(rootWith({ ...files, 'var/lib/dbus/machine-id': text }))).toBeUndefined();
  });

  it('is not known where nothing can be read', () => {
    expect(idIn(rootWith({}))).toBeUndefined();
    expect(idIn(rootWith({ 'etc/machine-id/no-file': OWN }))).toBeUndefined();
  });

  it('is that of the host, for a container that sees the processes of the host', () => {
    expect(idIn(rootWith({ [OF_PROCESS_1]: HOSTS, 'etc/machine-id': OWN }))).toBe(HOSTS);
  });

  it('is never our own when the /proc is that of another host', () => {
    const tree = rootWith({ 'etc/machine-id': OWN, 'var/lib/dbus/machine-id': DBUS, 'host/proc/1/comm': 'init' });
    const procfsRoot = join(tree.root, 'host/proc');
    expect(readMachineId(procfsRoot, tree.root)).toBeUndefined();
    // A link in the root of the host's process 1 would be followed from our own root.
    tree.link('host/proc/1/root/etc/machine-id', join(tree.root, 'etc/machine-id'));
    expect(readMachineId(procfsRoot, tree.root)).toBeUndefined();
    tree.link('host/proc/1/root/etc/machine-id', '/nowhere');
    expect(readMachineId(procfsRoot, tree.root)).toBeUndefined();
    tree.remove('host/proc/1/root');
    tree.write('host/proc/1/root/etc/machine-id', HOSTS);
    expect(readMachineId(procfsRoot, tree.root)).toBe(HOSTS);
  });

  it('is told by a source', () => {
    const tree = rootWith({ '1/root/etc/machine-id': HOSTS });
    expect(openLinuxSource(NOTHING, { procfsRoot: tree.root }).machineId).toBe(HOSTS);
  });

  it('of this host is the one that a file of this host says', () => {
    const files = ['/proc/1/root/etc/machine-id', '/etc/machine-id', '/var/lib/dbus/machine-id'];
    const texts = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8').trim());
    const ids: (string | undefined)[] = texts.filter((text) => text.length === 32);
    expect(ids.length === 0 ? [undefined] : ids).toContain(readMachineId('/proc'));
  });
});

describe('the text of the file', () => {
  it('is an id, with or without the end of the line', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{31}[1-9a-f]$/), (id) => {
        expect(parseMachineId(`${id}\n`)).toBe(id);
        expect(parseMachineId(id)).toBe(id);
      }),
    );
  });

  it.each([
    OWN.toUpperCase(),
    OWN.slice(1),
    `${OWN}0`,
    `${OWN}\n\n`,
    `${OWN}\n${OWN}\n`,
    ` ${OWN}`,
    `${OWN}\0`,
    '01234567-89ab-cdef-0123-456789abcde2',
    OWN.replace('f', 'g'),
  ])('is no id: %j', (text) => {
    expect(parseMachineId(text)).toBeUndefined();
  });

  it('of any kind is an id or none', () => {
    const nearly = fc.stringMatching(/^[0-9a-fA-F\n]{31,34}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearly), (text) => {
        const id = parseMachineId(text);
        if (id !== undefined) expect(text.replace(/\n$/, '')).toBe(id);
        expect(id ?? '').toMatch(/^([0-9a-f]{32})?$/);
      }),
    );
  });
});
