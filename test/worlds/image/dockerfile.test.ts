// World: none. The reader of Dockerfiles that the test of the Windows image goes by.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DockerfileError, parseDockerfile } from './dockerfile.ts';

const parseStage = (...lines: readonly string[]) =>
  parseDockerfile(['FROM base', ...lines].join('\n'))[0]?.instructions;

describe('a Dockerfile', () => {
  it('is read by stages', () => {
    const text = [
      '# syntax=docker/dockerfile:1',
      'ARG VERSION=26',
      `FROM --platform=$BUILDPLATFORM node:\${VERSION}-slim AS build`,
      'WORKDIR /build',
      'from mcr.example/base:v1',
      'COPY --from=build /build/dist /build/LICENSE /app/',
      'EXPOSE 80 443/tcp',
      'USER nobody',
      'ENTRYPOINT ["%PLACE%\\\\node.exe", "a b"]',
      'CMD ["--flag"]',
    ].join('\r\n');
    expect(parseDockerfile(text)).toEqual([
      {
        image: 'node:26-slim',
        platform: 'linux/amd64',
        name: 'build',
        instructions: [{ line: 4, keyword: 'WORKDIR', path: '/build' }],
      },
      {
        image: 'mcr.example/base:v1',
        instructions: [
          {
            line: 6,
            keyword: 'COPY',
            from: 'build',
            sources: ['/build/dist', '/build/LICENSE'],
            destination: '/app/',
          },
          { line: 7, keyword: 'EXPOSE', ports: [80, 443] },
          { line: 8, keyword: 'USER', name: 'nobody' },
          { line: 9, keyword: 'ENTRYPOINT', command: ['%PLACE%\\node.exe', 'a b'] },
          { line: 10, keyword: 'CMD', command: ['--flag'] },
        ],
      },
    ]);
  });

  it('has lines that go on after a backslash, over comments and empty lines', () => {
    expect(parseStage('RUN one && \\', '  # why', '', '  two', 'WORKDIR /a')).toEqual([
      { line: 2, keyword: 'RUN', command: 'one &&   two' },
      { line: 6, keyword: 'WORKDIR', path: '/a' },
    ]);
  });

  it('has its variables put in, but not into what a shell or the container runtime reads', () => {
    const lines = ['ENV A=x B="y z"', 'ARG C=$B', `USER $A/\${C}`, 'RUN echo $A', 'CMD ["$A"]'];
    expect(parseStage(...lines)?.map(({ line, ...instruction }) => instruction)).toEqual([
      { keyword: 'ENV', variables: new Map(Object.entries({ A: 'x', B: 'y z' })) },
      { keyword: 'ARG', variables: new Map([['C', 'y z']]) },
      { keyword: 'USER', name: 'x/y z' },
      { keyword: 'RUN', command: 'echo $A' },
      { keyword: 'CMD', command: ['$A'] },
    ]);
  });

  it('has the arguments that are given, before what it says of them, where it asks for them', () => {
    const lines = ['ARG A', 'ARG B=file', 'ARG C=file', `LABEL a.b="$A $B" c=\${C}`, 'ARG BUILDPLATFORM'];
    const [stage] = parseDockerfile(['FROM base', ...lines].join('\n'), { A: 'given', B: 'given', D: 'given' });
    expect(stage?.instructions.map(({ line, ...instruction }) => instruction)).toEqual([
      { keyword: 'ARG', variables: new Map([['A', 'given']]) },
      { keyword: 'ARG', variables: new Map([['B', 'given']]) },
      { keyword: 'ARG', variables: new Map([['C', 'file']]) },
      { keyword: 'LABEL', variables: new Map(Object.entries({ 'a.b': 'given given', c: 'file' })) },
      { keyword: 'ARG', variables: new Map([['BUILDPLATFORM', 'linux/amd64']]) },
    ]);
    expect(() => parseDockerfile('FROM base\nUSER $D', { D: 'given' })).toThrow('line 2: no variable is set for "$D"');
  });

  it.each([
    ['nothing', ''],
    ['an instruction before FROM', 'RUN true\nFROM base'],
    ['an unknown instruction', 'FROM base\nADD a b'],
    ['an instruction without an argument', 'FROM base\nRUN'],
    ['another escape character', '# escape=`\nFROM base'],
    ['a last line that goes on', 'FROM base\nRUN true \\'],
    ['a variable that is not set', 'FROM base:$VERSION'],
    ["another stage's variable", 'FROM base\nARG A=x\nFROM base\nWORKDIR /$A'],
    ['an ARG without a value', 'ARG A\nFROM base'],
    ['an unknown option of FROM', 'FROM --pull base'],
    ['a command that needs a shell', 'FROM base\nENTRYPOINT node.exe'],
    ['a command that is not of strings', 'FROM base\nCMD [1]'],
    ['a command of nothing', 'FROM base\nCMD []'],
    ['a RUN with an option', 'FROM base\nRUN --network=none true'],
    ['a RUN with a document', 'FROM base\nRUN <<EOF'],
    ['a COPY without a destination', 'FROM base\nCOPY a'],
    ['a COPY with another option', 'FROM base\nCOPY --link a b'],
    ['a COPY of a pattern that Docker knows, and this does not', 'FROM base\nCOPY [ab].json ./'],
    ['a COPY of a pattern onto one file', 'FROM base\nCOPY *.json a'],
    ['a COPY into a pattern', 'FROM base\nCOPY a *'],
    ['a health check, which needs a shell', 'FROM base\nHEALTHCHECK CMD true'],
    ['a COPY of two files onto one', 'FROM base\nCOPY a b c'],
    ['a port that is none', 'FROM base\nEXPOSE 65536'],
    ['a protocol other than TCP', 'FROM base\nEXPOSE 53/udp'],
  ])('is refused for %s', (_what, text) => {
    expect(() => parseDockerfile(text)).toThrow(DockerfileError);
  });

  it('of any text whatever is read or refused, with the line', () => {
    const word = fc.constantFrom(
      'FROM',
      'ARG',
      'ENV',
      'COPY',
      'RUN',
      'CMD',
      'EXPOSE',
      'AS',
      'A=b',
      '$A',
      '${',
      '["',
      '"]',
      '--from=a',
      '\\',
      '\n',
      ' ',
      '#',
      '=',
      '1',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word).map((words) => words.join(' ')),
      fc.array(word).map((words) => `FROM a\n${words.join('')}`),
    );
    fc.assert(
      fc.property(text, (garbage) => {
        try {
          expect(parseDockerfile(garbage).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(DockerfileError);
          expect((error as Error).message).toMatch(/^line \d+: .|^the Dockerfile has no FROM$/);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
