// World: none. Quoting the command line of the service; test/on-windows/service-manager.test.ts asks Windows itself.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/config/error.ts';
import {
  commandLine,
  MAX_COMMAND_LINE_UNITS,
  programName,
} from '../../../src/windows-service/managing/command-line.ts';
import { parseCommandLine } from './argument-parser.ts';
import { trickyArguments } from './tricky-arguments.ts';

const PROGRAM = 'C:\\Program Files\\x.exe';

describe('the command line', () => {
  test.each([
    [[], '"C:\\Program Files\\x.exe"'],
    [['--flag=value'], '"C:\\Program Files\\x.exe" --flag=value'],
    [['a b', ''], '"C:\\Program Files\\x.exe" "a b" ""'],
    [['a\tb'], '"C:\\Program Files\\x.exe" "a\tb"'],
    [['C:\\folder\\'], '"C:\\Program Files\\x.exe" C:\\folder\\'],
    [['C:\\my folder\\'], '"C:\\Program Files\\x.exe" "C:\\my folder\\\\"'],
    [['say "x"'], '"C:\\Program Files\\x.exe" "say \\"x\\""'],
    [['\\"'], '"C:\\Program Files\\x.exe" "\\\\\\""'],
    [['^&|<>%!'], '"C:\\Program Files\\x.exe" ^&|<>%!'],
  ])('of %j is %s', (args, line) => {
    expect(commandLine(PROGRAM, args)).toBe(line);
  });

  test('gives back whatever arguments it was made of', () => {
    fc.assert(
      fc.property(trickyArguments(), (args) => {
        expect(parseCommandLine(commandLine(PROGRAM, args))).toEqual([PROGRAM, ...args]);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['\0', '\n', '\r'])('holds no %j', (character) => {
    for (const args of [[`a${character}`], ['a', character]]) {
      expect(() => commandLine(PROGRAM, args)).toThrow(ConfigError);
    }
    expect(() => commandLine(`C:\\a${character}b.exe`, [])).toThrow(ConfigError);
    expect(() => commandLine(PROGRAM, [`a${character}b`])).toThrow(
      `${JSON.stringify(`a${character}b`)} cannot be in a service's command line; allowed: no line break and no NUL`,
    );
  });

  test.each(['x.exe', 'folder\\x.exe', '\\x.exe', 'C:x.exe', '/usr/bin/x', '', 'C:\\a".exe'])(
    'takes no program %j, which is no full path',
    (program) => {
      expect(() => commandLine(program, [])).toThrow(
        `${JSON.stringify(program)} cannot be a service's program; allowed: a full path, as C:\\folder\\program.exe`,
      );
    },
  );

  test.each(['c:\\x.exe', '\\\\server\\share\\x.exe'])('takes the program %s', (program) => {
    expect(commandLine(program, [])).toBe(`"${program}"`);
  });

  test('has no more characters than Windows gives back', () => {
    const most = MAX_COMMAND_LINE_UNITS - `"${PROGRAM}" `.length;
    expect(commandLine(PROGRAM, ['x'.repeat(most)])).toHaveLength(MAX_COMMAND_LINE_UNITS);
    expect(() => commandLine(PROGRAM, ['x'.repeat(most + 1)])).toThrow(
      "the service's command line has 3501 characters; allowed: at most 3500; write flags into a file for --config.file",
    );
  });

  test('leaves room for all else that QueryServiceConfigW gives in its 8 KiB', () => {
    const BYTES_PER_UNIT = 2;
    const [struct, displayName, account, empties] = [64, 257, 64, 4];
    expect(struct + BYTES_PER_UNIT * (MAX_COMMAND_LINE_UNITS + 1 + displayName + account + empties)).toBeLessThan(8192);
  });
});

describe('the program of a command line', () => {
  test.each([
    ['"C:\\Program Files\\A\\Netstat-Exporter.exe" --service', 'netstat-exporter.exe'],
    ['C:\\Program Files\\A\\netstat-exporter.exe --service', 'netstat-exporter.exe'],
    ['C:\\Program Files\\A\\netstat-exporter.EXE', 'netstat-exporter.exe'],
    ['C:\\a.exe.d\\b.exe x.exe', 'b.exe'],
    ['C:\\a.exe C:\\b.exe', 'a.exe'],
    ['  "C:\\a.exe"', 'a.exe'],
    ['"C:\\a b"', 'a b'],
    ['C:\\tool --x', 'tool'],
    ['%SystemRoot%\\system32\\svchost.exe -k x', 'svchost.exe'],
    ['\\\\?\\C:\\a\\b.exe', 'b.exe'],
    ['', ''],
  ])('%j is %s', (line, name) => {
    expect(programName(line)).toBe(name);
  });

  test('is found again in whatever line was made', () => {
    fc.assert(
      fc.property(trickyArguments(), (args) => {
        expect(programName(commandLine('C:\\Some folder\\X.exe', args))).toBe('x.exe');
      }),
    );
  });
});
