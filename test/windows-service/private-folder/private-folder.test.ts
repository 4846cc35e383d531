// World 2 (the stand-in of owners and access lists), and files of this host: folders that are for administrators and the service.

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePrivate } from '../../../src/windows-service/private-folder/private-folder.ts';
import { describeOnFileSecurity, ORDINARY, readCall, setCall } from './open-file-security.ts';
import { PRIVATE, SHUT } from './private-security.ts';

const SERVICE = 'netstat-exporter';
const PROGRAM = 'C:\\Downloads\\netstat-exporter.exe';
const ADMINISTRATOR = 'S-1-5-21-1-2-3-1001';
const STRANGER = 'S-1-5-21-1-2-3-1002';

describeOnFileSecurity('a private folder', (security, libraries, standin) => {
  let above: string;
  let folder: string;
  const shut = () => makePrivate({ path: folder, service: SERVICE, program: PROGRAM }, libraries);
  const changes = () => standin.calls().filter((call) => call.startsWith('Set'));

  beforeEach(() => {
    above = mkdtempSync(join(tmpdir(), 'private-'));
    folder = join(above, 'netstat-exporter');
    security.put(PROGRAM, `O:${ADMINISTRATOR}${ORDINARY}`);
    security.put(folder, `O:BA${ORDINARY}`);
  });
  afterEach(() => rmSync(above, { recursive: true }));

  /** Files that are in the folder before, each with its owner. */
  function lay(files: Readonly<Record<string, string>>): void {
    for (const [name, owner] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(join(path, '..'), { recursive: true });
      if (name.includes('.')) writeFileSync(path, name);
      else mkdirSync(path, { recursive: true });
      security.put(path, `O:${owner}${ORDINARY}`);
    }
  }

  test('is made, with all folders above it, and is for SYSTEM, administrators and the service', () => {
    folder = join(above, 'a', 'b');
    security.put(folder, `O:BA${ORDINARY}`);
    expect(shut()).toEqual([`${folder} is made: only administrators and the service ${SERVICE} may read it`]);
    expect(existsSync(folder)).toBe(true);
    expect(changes()).toEqual([
      setCall(folder, SHUT, 'inherits nothing'),
      setCall(folder, PRIVATE, 'inherits nothing'),
    ]);
  });

  test('that was there is shut, with all that is in it, and only then open to the service', () => {
    lay({ 'config.yaml': 'SY', keys: 'LA', 'keys/server.key': ADMINISTRATOR });
    expect(shut()).toEqual([`${folder} is shut: only administrators and the service ${SERVICE} may read it`]);
    const files = ['config.yaml', 'keys', join('keys', 'server.key')].map((name) => join(folder, name));
    expect(changes()).toEqual([
      setCall(folder, SHUT, 'inherits nothing'),
      ...files.map((file) => setCall(file, 'O:BAD:', 'inherits')),
      setCall(folder, PRIVATE, 'inherits nothing'),
    ]);
    // What others could put there until it was shut is seen as well.
    const calls = standin.calls();
    const shutAt = calls.indexOf(setCall(folder, SHUT, 'inherits nothing'));
    for (const file of files) {
      expect(calls.indexOf(readCall(file))).toBeLessThan(shutAt);
      expect(calls.lastIndexOf(readCall(file))).toBeGreaterThan(shutAt);
    }
  });

  test('that is one already is left as it is, whatever is in it', () => {
    security.put(folder, PRIVATE);
    lay({ 'config.yaml': STRANGER });
    expect(shut()).toEqual([]);
    expect(standin.calls()).toEqual([readCall(folder)]);
  });

  test.each([
    ['whose service was another', PRIVATE.replace(/\d\)$/, '0)')],
    ['that was left half done', SHUT],
    ['that inherits', PRIVATE.replace('PAI', 'AI')],
    ['that lets somebody in besides', `${PRIVATE}(A;;FR;;;BU)`],
    ['that belongs to an administrator', PRIVATE.replace('O:BA', `O:${ADMINISTRATOR}`)],
  ])('%s is set right', (_, before) => {
    mkdirSync(folder);
    security.put(folder, before);
    expect(shut()).toHaveLength(1);
    expect(changes().at(-1)).toBe(setCall(folder, PRIVATE, 'inherits nothing'));
    expect(shut()).toEqual([]);
  });

  test.each([['netstat-exporter'], ['config.yaml'], [join('keys', 'server.key')]])(
    'is not taken over when %s belongs to somebody who may be no administrator',
    (name) => {
      lay({ 'config.yaml': 'BA', keys: 'BA', 'keys/server.key': 'BA' });
      const path = name === SERVICE ? folder : join(folder, name);
      security.put(path, `O:${STRANGER}${ORDINARY}`);
      expect(shut).toThrow(
        `${path} belongs to ${STRANGER}, who may be no administrator: look at what is in it, and delete it, or take it over with: takeown /a /f "${path}"`,
      );
      expect(changes()).toEqual([]);
    },
  );

  test('has no file without an owner, nor one of an account whose number begins like a trusted one', () => {
    lay({ 'config.yaml': `${ADMINISTRATOR}0` });
    expect(shut).toThrow(`belongs to ${ADMINISTRATOR}0,`);
    security.put(join(folder, 'config.yaml'), ORDINARY);
    expect(shut).toThrow('belongs to nobody,');
  });

  test.each(['WD', 'BU', 'AU', 'CO', 'LS'])('has no file of %s', (owner) => {
    lay({ 'config.yaml': owner });
    expect(shut).toThrow(`belongs to ${owner},`);
  });

  test('cannot be where a file is', () => {
    writeFileSync(folder, '');
    expect(shut).toThrow(`cannot make the folder ${folder}: EEXIST`);
  });

  test.each(['GetNamedSecurityInfoW', 'SetNamedSecurityInfoW'])('is a failure when %s fails', (name) => {
    security.fails(name, 5);
    expect(shut).toThrow(`${name}(${folder}) failed: 5 (Access is denied.); run this as an administrator`);
  });
});
