// Reads a Dockerfile, by the Dockerfile reference of Docker's documentation: the instructions and forms that this project may
// use. All else is an error, so that nothing is read as something that Docker would not do.

export type Instruction = { readonly line: number } & (
  | { readonly keyword: 'ARG' | 'ENV' | 'LABEL'; readonly variables: Variables }
  | { readonly keyword: 'WORKDIR'; readonly path: string }
  | {
      readonly keyword: 'COPY';
      readonly from?: string;
      /** With `*` for any part of a name. */
      readonly sources: readonly string[];
      readonly destination: string;
    }
  | { readonly keyword: 'RUN'; readonly command: string }
  | { readonly keyword: 'ENTRYPOINT' | 'CMD'; readonly command: readonly string[] }
  | { readonly keyword: 'EXPOSE'; readonly ports: readonly number[] }
  | { readonly keyword: 'USER'; readonly name: string }
);

type Variables = ReadonlyMap<string, string>;

export interface Stage {
  readonly image: string;
  readonly platform?: string;
  readonly name?: string;
  readonly instructions: readonly Instruction[];
}

export class DockerfileError extends Error {}

interface LogicalLine {
  readonly line: number;
  readonly keyword: string;
  readonly rest: string;
}

/** What BuildKit defines, on the hosts that build this project's images: in FROM, and where ARG asks for it. */
const PREDEFINED = { BUILDPLATFORM: 'linux/amd64' } as const;

/**
 * The stages, with variables put in where Docker does it: not in RUN, ENTRYPOINT and CMD. `given`: what `--build-arg` gives,
 * and BuildKit for the platform of the image, such as TARGETARCH. Throws a DockerfileError that names the line.
 */
export function parseDockerfile(text: string, given: Readonly<Record<string, string>> = {}): readonly Stage[] {
  const stages: (Stage & { readonly instructions: Instruction[] })[] = [];
  const known = new Map<string, string>(Object.entries({ ...PREDEFINED, ...given }));
  const global = new Map<string, string>(Object.entries(PREDEFINED));
  let variables = global;
  for (const logical of logicalLines(text)) {
    const { keyword, line } = logical;
    const stage = stages.at(-1);
    if (keyword === 'ARG') {
      const argument = readArgument(logical, variables, known);
      variables.set(...argument);
      stage?.instructions.push({ line, keyword, variables: new Map([argument]) });
    } else if (keyword === 'FROM') {
      stages.push({ ...readFrom(logical, global), instructions: [] });
      variables = new Map();
    } else if (stage === undefined) fail(line, `${keyword} stands before the first FROM`);
    else {
      const instruction = readInstruction(logical, variables);
      if (instruction.keyword === 'ENV') for (const [name, value] of instruction.variables) variables.set(name, value);
      stage.instructions.push(instruction);
    }
  }
  if (stages.length === 0) throw new DockerfileError('the Dockerfile has no FROM');
  return stages;
}

/** Lines without comments and empty ones, those that end in a backslash joined with the next. */
function logicalLines(text: string): LogicalLine[] {
  const found: LogicalLine[] = [];
  let pending: { readonly line: number; text: string } | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    if (/^#\s*(?:escape|check)\s*=/i.test(raw)) fail(line, `the directive ${JSON.stringify(raw)} is not known here`);
    if (/^\s*(?:#.*)?$/.test(raw)) continue;
    pending ??= { line, text: '' };
    const continued = /^(.*)\\\s*$/.exec(raw);
    pending.text += continued?.[1] ?? raw;
    if (continued !== null) continue;
    found.push(readKeyword(pending.line, pending.text));
    pending = undefined;
  }
  if (pending !== undefined) fail(pending.line, 'the last line ends in a backslash: it has no end');
  return found;
}

function readKeyword(line: number, text: string): LogicalLine {
  const [, keyword = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(text) ?? [];
  if (rest === '') fail(line, `${JSON.stringify(keyword)} has no argument`);
  return { line, keyword: keyword.toUpperCase(), rest };
}

function readFrom({ line, rest }: LogicalLine, variables: Variables): Omit<Stage, 'instructions'> {
  const [, platform, image = '', name] = /^(?:--platform=(\S+)\s+)?([^\s-]\S*)(?:\s+AS\s+(\S+))?$/i.exec(rest) ?? [];
  if (image === '') fail(line, `not of the form FROM [--platform=…] IMAGE [AS NAME]: ${rest}`);
  return {
    image: putIn(image, variables, line),
    ...(platform !== undefined && { platform: putIn(platform, variables, line) }),
    ...(name !== undefined && { name }),
  };
}

/** What is given comes before what the file says. Docker takes an argument without either for an empty one; here it is an error. */
function readArgument({ line, rest }: LogicalLine, variables: Variables, known: Variables): [string, string] {
  if (/^[A-Za-z_]\w*$/.test(rest))
    return [rest, known.get(rest) ?? fail(line, `no value is given for the argument ${rest}`)];
  const [argument, ...others] = readAssignments(line, rest, variables);
  if (argument === undefined || others.length > 0) fail(line, `not of the form ARG NAME[=VALUE]: ${rest}`);
  const [name, value] = argument;
  return [name, known.get(name) ?? value];
}

function readInstruction({ line, keyword, rest }: LogicalLine, variables: Variables): Instruction {
  switch (keyword) {
    case 'ENV':
    case 'LABEL':
      return { line, keyword, variables: new Map(readAssignments(line, rest, variables)) };
    case 'WORKDIR':
      return { line, keyword, path: readWord(line, putIn(rest, variables, line)) };
    case 'USER':
      return { line, keyword, name: putIn(rest, variables, line) };
    case 'COPY':
      return readCopy(line, putIn(rest, variables, line));
    case 'RUN':
      if (/^(?:--|\[)|<</.test(rest))
        fail(line, `of RUN, only commands for the shell are known, without options: ${rest}`);
      return { line, keyword, command: rest };
    case 'ENTRYPOINT':
    case 'CMD':
      return { line, keyword, command: readCommand(line, rest) };
    case 'EXPOSE':
      return { line, keyword, ports: words(putIn(rest, variables, line)).map((word) => readPort(line, word)) };
    default:
      return fail(line, `the instruction ${JSON.stringify(keyword)} is not known here`);
  }
}

function readCopy(line: number, rest: string): Instruction {
  const [, from, paths = ''] = /^(?:--from=(\S+)\s+)?(.*)$/s.exec(rest) ?? [];
  const all = words(paths);
  const sources = all.slice(0, -1);
  const destination = all.at(-1);
  if (destination === undefined || sources.length === 0) fail(line, `COPY needs a source and a destination: ${rest}`);
  const odd = all.find((path) => /^--|^<<|[?[\]"'\\]/.test(path)) ?? /.*\*.*/.exec(destination)?.[0];
  if (odd !== undefined) fail(line, `of COPY, only --from, plain paths and * are known here: ${odd}`);
  if ((sources.length > 1 || sources.some((path) => path.includes('*'))) && !destination.endsWith('/'))
    fail(line, `several files need a folder, with a slash: ${rest}`);
  return { line, keyword: 'COPY', ...(from !== undefined && { from }), sources, destination };
}

/** The exec form alone: the other needs a shell in the image. */
function readCommand(line: number, rest: string): readonly string[] {
  let command: unknown;
  try {
    command = JSON.parse(rest);
  } catch {
    fail(line, `not a JSON array, so it would need a shell in the image: ${rest}`);
  }
  if (!isStrings(command) || command.length === 0) fail(line, `not a JSON array of strings: ${rest}`);
  return command;
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function readPort(line: number, word: string): number {
  const port = Number(/^(\d+)(?:\/tcp)?$/.exec(word)?.[1]);
  if (!(port >= 1 && port <= 65_535)) fail(line, `not a TCP port: ${word}`);
  return port;
}

function readWord(line: number, text: string): string {
  if (words(text).length !== 1 || /["'\\]/.test(text)) fail(line, `not one plain path: ${text}`);
  return text;
}

function readAssignments(line: number, text: string, variables: Variables): [string, string][] {
  const assignment = /([A-Za-z_][\w.]*)=(?:"([^"\\]*)"|([^\s"'\\]*))(?:\s+|$)/y;
  const found: [string, string][] = [];
  while (assignment.lastIndex < text.length) {
    const at = assignment.lastIndex;
    const match = assignment.exec(text);
    if (match === null) return fail(line, `not of the form NAME=VALUE or NAME="VALUE": ${text.slice(at)}`);
    found.push([match[1] ?? '', putIn(match[2] ?? match[3] ?? '', variables, line)]);
  }
  return found;
}

/** `$NAME` and `${NAME}`. Docker takes an unknown variable for an empty one; here it is an error. */
function putIn(text: string, variables: Variables, line: number): string {
  return text.replaceAll(/\$(?:\{(\w+)\}|(\w+)|)/g, (whole, braced?: string, plain?: string) => {
    const value = variables.get(braced ?? plain ?? '');
    return value ?? fail(line, `no variable is set for ${JSON.stringify(whole)}`);
  });
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function fail(line: number, message: string): never {
  throw new DockerfileError(`line ${line}: ${message}`);
}
