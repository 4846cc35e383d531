// PEM: blocks of base 64 between lines that say what they hold (RFC 7468).

const BEGIN = '-----BEGIN ';
const DASHES = '-----';

export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY` */
  readonly label: string;
  /** With its first and last line. */
  readonly text: string;
}

/** All blocks in their order; what stands between them does not count. Nothing after a block without an end. */
export function pemBlocks(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  for (let begin = text.indexOf(BEGIN); begin !== -1; begin = text.indexOf(BEGIN, begin)) {
    const labelEnd = text.indexOf(DASHES, begin + BEGIN.length);
    if (labelEnd === -1) break;
    const label = text.slice(begin + BEGIN.length, labelEnd);
    const lastLine = `-----END ${label}-----`;
    const end = text.indexOf(lastLine, labelEnd);
    if (end === -1) break;
    blocks.push({ label, text: `${text.slice(begin, end)}${lastLine}\n` });
    begin = end + lastLine.length;
  }
  return blocks;
}
