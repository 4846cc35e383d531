// World: node, started with a stderr that works, is closed, has no reader, or is full. The lines of the log.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger, type LoggerOptions } from '../../src/cli/logger.ts';

type Log = ReturnType<typeof createLogger>;

/** The lines, without line feeds, that a logger writes while it is used. */
function linesOf(options: Pick<LoggerOptions, 'level' | 'format'>, use: (log: Log) => void): string[] {
  const lines: string[] = [];
  use(createLogger({ ...options, destination: { write: (line) => lines.push(line) } }));
  for (const line of lines) expect(line).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]*\n$/u);
  return lines.map((line) => line.slice(0, -1));
}

function logfmtLine(use: (log: Log) => void): string {
  const [line = ''] = linesOf({ level: 'info', format: 'logfmt' }, use);
  return line.replace(/^time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=/, '');
}

function jsonLine(use: (log: Log) => void): Record<string, unknown> {
  const [line = ''] = linesOf({ level: 'info', format: 'json' }, use);
  return JSON.parse(line) as Record<string, unknown>;
}

/** A reader of logfmt: words with `=` between key and value, values bare or in quotes with backslash escapes. */
function readLogfmt(line: string): [key: string, value: string][] {
  const pairs: [string, string][] = [];
  const pair = /([^\s="\\]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s="\\]+))(?: |$)/y;
  while (pair.lastIndex < line.length) {
    const [, key, quoted, bare] = pair.exec(line) ?? [];
    if (key === undefined) throw new Error(`not logfmt: ${line}`);
    pairs.push([
      key,
      bare ?? (quoted ?? '').replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_all, code, letter) => unescaped(code, letter)),
    ]);
  }
  return pairs;
}

function unescaped(code: string | undefined, letter: string): string {
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[letter] ?? letter;
}

describe('a line of logfmt', () => {
  it.each<[string, (log: Log) => void, string]>([
    ['the message', (log) => log.info('listening'), 'info msg=listening'],
    [
      'the message before the keys',
      (log) => log.warn({ port: 80, up: true }, 'it is up'),
      'warn msg="it is up" port=80 up=true',
    ],
    ['no message', (log) => log.info({ part: 'tcp4' }), 'info part=tcp4'],
    ['nothing of what is undefined', (log) => log.info({ a: undefined, b: null }, 'x'), 'info msg=x b=null'],
    ['an empty value', (log) => log.info({ services: '' }, 'x'), 'info msg=x services=""'],
    ['quotes and backslashes', (log) => log.info({ path: 'C:\\a "b"' }, 'x'), 'info msg=x path="C:\\\\a \\"b\\""'],
    ['an equals sign', (log) => log.info('a=b'), 'info msg="a=b"'],
    ['other letters as they are', (log) => log.info({ name: 'größe漢' }, 'x'), 'info msg=x name=größe漢'],
    ['a line feed', (log) => log.info('a\nb'), 'info msg="a\\nb"'],
    [
      'controls of either kind',
      (log) => log.info('a\u001b[31m\u009b\u007f\u2028\u202e'),
      'info msg="a\\u001b[31m\\u009b\\u007f\\u2028\\u202e"',
    ],
    ['what only looks escaped', (log) => log.info('\\u202e'), 'info msg="\\\\u202e"'],
    ['nested objects with dots', (log) => log.info({ a: { b: { c: 1 }, d: 'e' } }, 'x'), 'info msg=x a.b.c=1 a.d=e'],
    ['lists as JSON', (log) => log.info({ a: [1, 'b'] }, 'x'), 'info msg=x a="[1,\\"b\\"]"'],
    [
      'deep objects as JSON',
      (log) => log.info({ a: { b: { c: { d: { e: 1 } } } } }, 'x'),
      'info msg=x a.b.c.d="{\\"e\\":1}"',
    ],
    ['strange keys made fit', (log) => log.info({ 'a b="\n': 1, '': 2 }, 'x'), 'info msg=x a_b___=1 _=2'],
    ['bindings of a child', (log) => log.child({ part: 'tcp4' }).info('x'), 'info msg=x part=tcp4'],
  ])('has %s', (_what, use, line) => {
    expect(logfmtLine(use)).toBe(line);
  });

  it('reads back as what was logged, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (value, message) => {
        const pairs = readLogfmt(logfmtLine((log) => log.info({ value }, '%s', message)).replace('info', 'level=info'));
        expect(pairs).toEqual([
          ['level', 'info'],
          ['msg', message],
          ['value', value],
        ]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is one line of logfmt, whatever object was logged', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.anything()), (fields) => {
        expect(
          readLogfmt(logfmtLine((log) => log.info({ fields }, 'x')).replace('info', 'level=info')).slice(0, 2),
        ).toEqual([
          ['level', 'info'],
          ['msg', 'x'],
        ]);
      }),
    );
  });
});

describe('a line of JSON', () => {
  it('has level and time as text, and nothing of the host', () => {
    const { time, ...rest } = jsonLine((log) => log.warn({ port: 80 }, 'up'));
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(rest).toEqual({ level: 'warn', port: 80, msg: 'up' });
  });

  it('reads back as what was logged, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(jsonLine((log) => log.info({ value }, 'x'))['value']).toBe(value);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('an error', () => {
  const error = Object.assign(new TypeError('a\nb', { cause: new Error('why') }), { code: 'EACCES' });

  it('has its type, its message with its causes, and its code', () => {
    expect(logfmtLine((log) => log.error({ err: error }, 'x'))).toBe(
      'error msg=x err.type=TypeError err.message="a\\nb: why" err.code=EACCES',
    );
    expect(jsonLine((log) => log.error(error))).toMatchObject({
      msg: 'a\nb',
      err: { type: 'TypeError', message: 'a\nb: why', code: 'EACCES' },
    });
  });

  it('has its stack only where the level is debug', () => {
    for (const format of ['json', 'logfmt'] as const) {
      expect(linesOf({ level: 'info', format }, (log) => log.error({ err: error }))[0]).not.toContain('logger.test');
      expect(linesOf({ level: 'debug', format }, (log) => log.error({ err: error }))[0]).toContain('logger.test');
    }
  });

  it('may cause itself, be frozen, or be no error', () => {
    const circle = new Error('round');
    circle.cause = circle;
    expect(logfmtLine((log) => log.error({ err: Object.freeze(circle) }))).toContain('err.message="round: round');
    expect(logfmtLine((log) => log.error({ err: 'text' }))).toBe('error err=text');
  });
});

describe('the level', () => {
  it('leaves out what is less severe', () => {
    const lines = linesOf({ level: 'warn', format: 'logfmt' }, (log) => {
      log.debug('a');
      log.info('b');
      log.warn('c');
      log.error('d');
    });
    expect(lines.map((line) => line.split(' ').slice(1).join(' '))).toEqual(['level=warn msg=c', 'level=error msg=d']);
  });
});

it('is given to its destination with the level of each line', () => {
  const written: (readonly [string, string])[] = [];
  const destination = {
    write: (line: string, level: string) => void written.push([level, line.split(' ').slice(1).join(' ')]),
  };
  const log = createLogger({ level: 'debug', format: 'logfmt', destination });
  log.debug('a');
  log.info('b');
  log.warn('c');
  log.error('d');
  expect(written).toEqual([
    ['debug', 'level=debug msg=a\n'],
    ['info', 'level=info msg=b\n'],
    ['warn', 'level=warn msg=c\n'],
    ['error', 'level=error msg=d\n'],
  ]);
});

describe('the log on stderr', () => {
  const logger = fileURLToPath(new URL('../../src/cli/logger.ts', import.meta.url));
  const stderr = fileURLToPath(new URL('../../src/cli/stderr.ts', import.meta.url));

  /** Starts node with `body`, in which `log` is a logger; it says `alive` on stdout when it comes to its end. */
  function startLogging(body: string) {
    const create = `import { createLogger } from ${JSON.stringify(logger)}; import { createStderr } from ${JSON.stringify(stderr)}; import fs from 'node:fs'; import net from 'node:net';
      const log = createLogger({ level: 'info', format: 'logfmt', destination: createStderr() });`;
    const code = `${create} ${body}; fs.writeSync(1, 'alive'); process.exit(0);`;
    return spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['pipe', 'pipe', 'pipe'] });
  }

  it('has every line, even just before the end', async () => {
    const { stdout, stderr } = startLogging(
      `for (let n = 0; n < 1000; n++) log.info({ n }, 'x'.repeat(200)); log.info('last')`,
    );
    const [said, logged] = await Promise.all([text(stdout), text(stderr)]);
    expect(said).toBe('alive');
    expect(logged.trimEnd().split('\n')).toHaveLength(1_001);
    expect(logged).toMatch(/level=info msg=last\n$/);
  });

  it('may be closed', async () => {
    expect(await text(startLogging(`fs.closeSync(2); log.info('a'); log.error('b')`).stdout)).toBe('alive');
  });

  it('may have lost its reader', async () => {
    const child = startLogging(
      `await new Promise((go) => process.stdin.once('data', go)); log.info('a'); log.error('b')`,
    );
    child.stderr.destroy();
    await once(child.stderr, 'close');
    child.stdin.write('go');
    expect(await text(child.stdout)).toBe('alive');
  });

  it('may be full, and not wait', async () => {
    const child = startLogging(`new net.Socket({ fd: 2 }); for (let n = 0; n < 5000; n++) log.info('x'.repeat(1000))`);
    expect(await text(child.stdout)).toBe('alive');
    child.stderr.destroy();
  });
});
