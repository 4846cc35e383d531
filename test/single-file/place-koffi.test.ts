// World: the file system of this host. Where koffi's binary is loaded from.
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeKoffi } from '../../src/single-file/place-koffi.ts';

const NAME = 'koffi-00112233445566778899aabbccddeeff.node';
const BYTES = Buffer.from('the binary');
const SAME_LENGTH = Buffer.from('the Binary');
const isRoot = process.geteuid?.() === 0;
const ANOTHER_USER = 4_711;

let root: string;
let executable: string;
let beside: string;
let own: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netstat-exporter-place-'));
  mkdirSync(join(root, 'program'));
  executable = join(root, 'program', 'netstat-exporter');
  writeFileSync(executable, 'the program');
  beside = join(root, 'program', NAME);
  own = join(root, 'home', 'cache', 'netstat-exporter');
  file = join(own, NAME);
});

afterEach(() => rmSync(root, { recursive: true }));

function place(): string {
  return placeKoffi(NAME, BYTES, { executable, ownFolder: () => own });
}

function makeOwn(mode = 0o700): void {
  mkdirSync(own, { recursive: true });
  chmodSync(own, mode);
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('without a file beside the program', () => {
  it('it is written where only this user may write', () => {
    expect(place()).toBe(file);
    expect(readFileSync(file)).toEqual(BYTES);
    expect([modeOf(join(root, 'home')), modeOf(own), modeOf(file)]).toEqual([0o700, 0o700, 0o600]);
    expect(readdirSync(own)).toEqual([NAME]);
  });

  it('it is written once', () => {
    const { ino } = statSync(place());
    expect(statSync(place()).ino).toBe(ino);
  });

  it.each([
    ['shorter', () => writeFileSync(file, BYTES.subarray(1), { mode: 0o600 })],
    [
      'greater than Node.js reads',
      () => {
        writeFileSync(file, '', { mode: 0o600 });
        truncateSync(file, 2 ** 33);
      },
    ],
    ['of other content', () => writeFileSync(file, SAME_LENGTH, { mode: 0o600 })],
    [
      'one that others may write',
      () => {
        writeFileSync(file, BYTES);
        chmodSync(file, 0o606);
      },
    ],
    [
      'one that its group may write',
      () => {
        writeFileSync(file, BYTES);
        chmodSync(file, 0o660);
      },
    ],
    [
      'a link to one that would do',
      () => {
        writeFileSync(join(root, 'elsewhere'), BYTES, { mode: 0o600 });
        symlinkSync(join(root, 'elsewhere'), file);
      },
    ],
  ])('a file that is %s is replaced', (_what, write) => {
    makeOwn();
    write();
    expect(place()).toBe(file);
    expect(lstatSync(file).isFile()).toBe(true);
    expect(readFileSync(file)).toEqual(BYTES);
    expect(modeOf(file)).toBe(0o600);
    expect(readdirSync(own)).toEqual([NAME]);
  });

  it('a file is replaced as a whole: who has the old one loaded keeps it', () => {
    makeOwn();
    writeFileSync(file, SAME_LENGTH, { mode: 0o600 });
    const { ino } = statSync(file);
    place();
    expect(statSync(file).ino).not.toBe(ino);
  });

  it.skipIf(!isRoot)('a file of another user is replaced', () => {
    makeOwn();
    writeFileSync(file, BYTES, { mode: 0o600 });
    chownSync(file, ANOTHER_USER, ANOTHER_USER);
    expect(statSync(place()).uid).toBe(0);
  });

  it('a folder that may be read by others will do', () => {
    makeOwn(0o755);
    expect(place()).toBe(file);
  });

  it.each([0o770, 0o707, 0o1777])('a folder with mode %o is refused, with what to do', (mode) => {
    makeOwn(mode);
    expect(place).toThrow(
      `${own} may be written by others than its owner; allowed: a folder that only this user and root may write, or none`,
    );
    expect(existsSync(file)).toBe(false);
  });

  it.skipIf(!isRoot)("another user's folder is refused", () => {
    makeOwn();
    chownSync(own, ANOTHER_USER, ANOTHER_USER);
    expect(place).toThrow(`${own} belongs to another user (${ANOTHER_USER})`);
  });

  it('a link to a folder is refused', () => {
    mkdirSync(join(root, 'elsewhere'), { mode: 0o700 });
    mkdirSync(join(own, '..'), { recursive: true });
    symlinkSync(join(root, 'elsewhere'), own);
    expect(place).toThrow(`${own} is not a folder`);
    expect(readdirSync(join(root, 'elsewhere'))).toEqual([]);
  });

  it('a folder that cannot be made is told in one line, with what to do', () => {
    writeFileSync(join(root, 'home'), '');
    expect(place).toThrow(/^cannot unpack koffi's binary to [^\n]*: ENOTDIR[^\n]*; allowed: [^\n]*beside the program$/);
  });

  it('a place that cannot be written is told, and nothing is left in the folder', () => {
    makeOwn();
    mkdirSync(file);
    expect(place).toThrow(`cannot unpack koffi's binary to ${file}: `);
    expect(readdirSync(own)).toEqual([NAME]);
  });
});

describe('with a file beside the program', () => {
  const places = (): string =>
    placeKoffi(NAME, BYTES, {
      executable,
      ownFolder: () => {
        throw new Error('nobody is to ask for it');
      },
    });

  it('it is that one, and the own folder is not asked for', () => {
    writeFileSync(beside, BYTES);
    expect(places()).toBe(beside);
  });

  it('a file of another name is nothing', () => {
    writeFileSync(join(root, 'program', 'koffi.node'), BYTES);
    expect(place()).toBe(file);
  });

  it.each([
    ['another content', () => writeFileSync(beside, SAME_LENGTH)],
    ['another length', () => writeFileSync(beside, '')],
  ])('one with %s is an error, and stays', (_what, write) => {
    write();
    const before = readFileSync(beside);
    expect(places).toThrow(
      `${beside} has not the content that its name says; allowed: the file that came with this program, or none`,
    );
    expect(readFileSync(beside)).toEqual(before);
  });

  it('a link is an error, wherever it leads', () => {
    symlinkSync(join(root, 'nowhere'), beside);
    expect(places).toThrow(`${beside} is not a file of its own`);
  });

  it('one that others may write is an error', () => {
    writeFileSync(beside, BYTES);
    chmodSync(beside, 0o666);
    expect(places).toThrow(`${beside} may be written by others than its owner`);
  });

  it.skipIf(!isRoot)("it may be the program's owner's, who may replace the program too, and nobody else's", () => {
    writeFileSync(beside, BYTES);
    chownSync(beside, ANOTHER_USER, ANOTHER_USER);
    expect(places).toThrow(`${beside} belongs to another user (${ANOTHER_USER})`);
    chownSync(executable, ANOTHER_USER, ANOTHER_USER);
    expect(places()).toBe(beside);
  });
});
