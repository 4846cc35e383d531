// Reads headers such as Accept: a list of choices with parameters and a quality each (RFC 9110, 12.4.2).

export interface Choice {
  /** In lower case. */
  readonly value: string;
  /** Without `q`. Names in lower case, values without quotes. */
  readonly parameters: ReadonlyMap<string, string>;
  /** 0 to 1; 0 is a refusal. */
  readonly quality: number;
}

/** Several times what any client sends; of more nothing is read, as it would take time. */
const MAX_LENGTH = 1024;
const QUALITY = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/** The choices in their order; none of too long a header. One whose quality cannot be read is left out. */
export function parseQualityList(header: string): readonly Choice[] {
  if (header.length > MAX_LENGTH) return [];
  return header.split(',').flatMap((item) => {
    const [value = '', ...parts] = item.split(';').map((part) => part.trim());
    const parameters = new Map(parts.map(parseParameter));
    const quality = parameters.get('q') ?? '1';
    parameters.delete('q');
    return value !== '' && QUALITY.test(quality)
      ? [{ value: value.toLowerCase(), parameters, quality: Number(quality) }]
      : [];
  });
}

function parseParameter(text: string): [string, string] {
  const [name = '', value = ''] = text.split('=', 2).map((side) => side.trim());
  return [name.toLowerCase(), value.replace(/^"(.*)"$/, '$1')];
}
