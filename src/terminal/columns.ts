// The columns of the listing of endpoints, and what stands in them.

import type { Change, Endpoint } from '../views/endpoint.ts';
import { formatEnd } from '../views/ends.ts';

/** Says without colour what has happened. */
const CHANGE_MARKS = { new: '+', changed: '~', closed: '-' } as const satisfies Record<Change, string>;

/** In a cell that has nothing, so that programs that count words find each cell at its place. */
export const NOTHING = '-';
/** No other end, as netstat writes it. */
const ANY_END = '*:*';

export const COLUMN_NAMES = ['change', 'protocol', 'local', 'remote', 'state', 'pid', 'process', 'services'] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

interface Column {
  readonly heading: string;
  readonly cell: (endpoint: Endpoint) => string;
  /** What its cells hold: `name` is other people's text, which may be wide; all others are ASCII. */
  readonly holds: 'word' | 'number' | 'address' | 'name';
}

export const COLUMNS: Readonly<Record<ColumnName, Column>> = {
  change: { heading: ' ', holds: 'word', cell: ({ change }) => (change === undefined ? ' ' : CHANGE_MARKS[change]) },
  protocol: { heading: 'Proto', holds: 'word', cell: ({ protocol }) => protocol },
  local: {
    heading: 'Local Address',
    holds: 'address',
    cell: ({ localAddress, localPort }) => formatEnd(localAddress, localPort),
  },
  remote: {
    heading: 'Remote Address',
    holds: 'address',
    cell: ({ remoteAddress, remotePort }) =>
      remoteAddress === null ? ANY_END : formatEnd(remoteAddress, remotePort ?? 0),
  },
  state: { heading: 'State', holds: 'word', cell: ({ state }) => state ?? NOTHING },
  pid: { heading: 'PID', holds: 'number', cell: ({ pid }) => (pid === null ? NOTHING : String(pid)) },
  process: { heading: 'Process', holds: 'name', cell: ({ process }) => process },
  services: {
    heading: 'Services',
    holds: 'name',
    cell: ({ services }) => (services.length === 0 ? NOTHING : services.join(',')),
  },
};
