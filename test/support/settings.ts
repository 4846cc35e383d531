// The settings of aggregation as the program has them by default.
import { GROUPS } from '../../src/metrics/catalogue.ts';
import type { AggregationSettings } from '../../src/metrics/settings.ts';

export const DEFAULT_SETTINGS: AggregationSettings = {
  groups: new Set(GROUPS),
  processInclude: /^(?:.+)$/u,
  processExclude: undefined,
  nameRules: [],
  processLimit: 100,
  pidLabel: false,
  portInclude: [],
  portLimit: 200,
  listenerLimit: 500,
  destinationLimit: 50,
  ephemeralRange: undefined,
};
