// A small reader of Prometheus text, written from the formats' descriptions and knowing nothing of the writer.

export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
}

export interface ReadText {
  /** Lines of `# TYPE`, `# HELP` and `# UNIT`: what follows the name. */
  readonly types: ReadonlyMap<string, string>;
  readonly helps: ReadonlyMap<string, string>;
  readonly units: ReadonlyMap<string, string>;
  readonly samples: readonly ReadSample[];
  readonly ended: boolean;
}

/** Throws on any line that neither format allows, on metadata said twice, and on anything after `# EOF`. */
export function readText(text: string): ReadText {
  const metadata = {
    TYPE: new Map<string, string>(),
    HELP: new Map<string, string>(),
    UNIT: new Map<string, string>(),
  };
  const samples: ReadSample[] = [];
  let ended = false;
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end');
  for (const line of text.split('\n').slice(0, -1)) {
    if (ended) throw new Error(`after the end: ${line}`);
    const [, keyword, name = '', rest = ''] = /^# (TYPE|HELP|UNIT) (\S+) (.*)$/s.exec(line) ?? [];
    if (line === '# EOF') ended = true;
    else if (keyword === 'TYPE' || keyword === 'HELP' || keyword === 'UNIT') setOnce(metadata[keyword], name, rest);
    else samples.push(readSample(line));
  }
  return { types: metadata.TYPE, helps: metadata.HELP, units: metadata.UNIT, samples, ended };
}

function setOnce(map: Map<string, string>, name: string, value: string): void {
  if (map.has(name)) throw new Error(`said twice of ${name}`);
  map.set(name, value);
}

function readSample(line: string): ReadSample {
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(line)?.[0];
  if (name === undefined) throw new Error(`no name: ${JSON.stringify(line)}`);
  const labels: Record<string, string> = {};
  let at = name.length;
  if (line[at] === '{') {
    do {
      const label = /^[a-zA-Z_]\w*(?==")/.exec(line.slice(at + 1))?.[0];
      if (label === undefined || label in labels)
        throw new Error(`no label, or one said twice: ${JSON.stringify(line)}`);
      const { value, end } = readQuoted(line, at + 1 + label.length + 1);
      labels[label] = value;
      at = end;
    } while (line[at] === ',');
    if (line[at] !== '}') throw new Error(`labels without end: ${JSON.stringify(line)}`);
    at += 1;
  }
  const value = /^ (\S+)$/.exec(line.slice(at))?.[1];
  if (value === undefined) throw new Error(`no value: ${JSON.stringify(line)}`);
  return { name, labels, value };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' };

function readQuoted(line: string, start: number): { value: string; end: number } {
  let value = '';
  let at = start + 1;
  while (line[at] !== '"') {
    const character = line[at];
    if (character === undefined) throw new Error(`quotes without end: ${JSON.stringify(line)}`);
    const read = character === '\\' ? ESCAPES[line[at + 1] ?? ''] : character;
    if (read === undefined) throw new Error(`unknown escape: ${JSON.stringify(line)}`);
    value += read;
    at += character === '\\' ? 2 : 1;
  }
  return { value, end: at + 1 };
}

/** The value of the first sample of this name that has these labels, and perhaps others; undefined if there is none. */
export function sampleValue(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels);
  const found = readText(text).samples.find(
    (sample) => sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value),
  );
  return found === undefined ? undefined : Number(found.value);
}
