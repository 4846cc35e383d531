// World: bash. The stand-in for `docker build` that the test of the Windows image goes by.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDockerfile } from './dockerfile.ts';
import { type Image, layOut } from './lay-out.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-lay-out-'));
  mkdirSync(join(folder, 'context/src'), { recursive: true });
  writeFileSync(join(folder, 'context/src/a.txt'), 'a\n');
  writeFileSync(join(folder, 'context/b.txt'), 'b\n');
});

afterEach(() => rmSync(folder, { recursive: true }));

function layOutLines(...lines: readonly string[]): Promise<Image> {
  const places = {
    context: join(folder, 'context'),
    work: join(folder, 'work'),
    image: join(folder, 'image'),
    bases: new Map([['elsewhere', join(folder, 'context/src')]]),
  };
  return layOut(parseDockerfile(lines.join('\n'), { GIVEN: 'given' }), places);
}

describe('an image that is laid out', () => {
  it('has what the stages before it made, and says how it is started', async () => {
    const image = await layOutLines(
      'FROM base AS build',
      'WORKDIR /work',
      'ENV SUFFIX=!',
      'COPY src b.txt ./',
      'RUN cat a.txt b.txt > both.txt && printf "$SUFFIX" >> both.txt',
      'FROM base',
      'COPY --from=build /work/both.txt /deep/both.txt',
      'COPY b.txt /deep/',
      'COPY src /src',
      'EXPOSE 80',
      'CMD ["--flag"]',
      'ENTRYPOINT ["program"]',
    );
    expect(image).toMatchObject({ command: ['program', '--flag'], ports: [80] });
    expect(readdirSync(image.folder, { recursive: true }).sort()).toEqual([
      'deep',
      'deep/b.txt',
      'deep/both.txt',
      'src',
      'src/a.txt',
    ]);
    expect(readFileSync(join(image.folder, 'deep/both.txt'), 'utf8')).toBe('a\nb\n!');
  });

  it("has a base image's files, by patterns too, and says who runs it and what it is", async () => {
    writeFileSync(join(folder, 'context/src/b-1.txt'), 'b\n');
    const image = await layOutLines(
      'FROM base AS elsewhere',
      'FROM base',
      'ARG GIVEN',
      'COPY --from=elsewhere /*.txt /',
      'COPY s*/b-*.txt /into/',
      'LABEL a.b=$GIVEN',
      'LABEL c=d',
      'USER 1:1',
    );
    expect(image).toMatchObject({ user: '1:1', labels: { 'a.b': 'given', c: 'd' }, command: [], ports: [] });
    expect(readdirSync(image.folder, { recursive: true }).sort()).toEqual(['a.txt', 'b-1.txt', 'into', 'into/b-1.txt']);
  });

  it("has a stage's arguments in its commands, but those that ENV sets", async () => {
    const lines = ['FROM base AS build', 'ENV A=env', 'ARG A=argument', 'ARG GIVEN', 'RUN printf "$A $GIVEN" > it'];
    const image = await layOutLines(...lines, 'FROM base', 'COPY --from=build /it /');
    expect(readFileSync(join(image.folder, 'it'), 'utf8')).toBe('env given');
    expect(image.user).toBeUndefined();
  });

  it.each([
    ['a file that is not there', ['FROM base', 'COPY c.txt /'], 'line 2: COPY of c.txt'],
    ['a file from outside of the context', ['FROM base', 'COPY ../work /'], 'line 2: COPY of ../work'],
    ['a pattern that nothing has', ['FROM base', 'COPY *.md /'], 'line 2: COPY of *.md'],
    [
      'a base that is changed',
      ['FROM base AS elsewhere', 'RUN true', 'FROM base'],
      'the stage elsewhere has instructions',
    ],
    ['a stage that is not there', ['FROM base', 'COPY --from=build /a /'], 'line 2: COPY --from=build'],
    ['a command that fails', ['FROM base', 'RUN false', 'FROM base'], 'line 2: RUN failed'],
    ['a command with a variable that is not set', ['FROM base', 'RUN : $NOT_SET', 'FROM base'], 'line 2: RUN failed'],
    ["a command on this host's files", ['FROM base', 'RUN ls /etc', 'FROM base'], 'line 2: RUN names an absolute path'],
    ['a command where there is no shell', ['FROM base', 'RUN true'], 'line 2: RUN in the last stage'],
    ['another user', ['FROM base', 'USER nobody', 'FROM base'], 'line 2: USER in a build stage'],
  ])('does not come of %s', async (_what, lines, message) => {
    await expect(layOutLines(...lines)).rejects.toThrow(message);
  });
});
