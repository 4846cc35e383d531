// What tests ask a source to read.
import type { SourceOptions } from '../../src/sources/source.ts';

export const EVERYTHING: SourceOptions = {
  tables: true,
  processes: true,
  services: true,
  commandLinesOf: new Set<string>(),
  statistics: true,
  ephemeralRange: true,
};

export const NOTHING: SourceOptions = {
  tables: false,
  processes: false,
  services: false,
  commandLinesOf: new Set<string>(),
  statistics: false,
  ephemeralRange: false,
};
