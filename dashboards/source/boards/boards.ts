// All dashboards.
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { DashboardName } from '../grafana/directory.ts';
import type { Dialect } from '../queries/dialect.ts';
import { fleet } from './fleet/fleet.ts';
import { hostOverview } from './host-overview/host-overview.ts';
import { inventory } from './inventory/inventory.ts';
import { portExhaustion } from './port-exhaustion/port-exhaustion.ts';
import { processDrillDown } from './process/process.ts';

export const BOARDS: Readonly<Record<DashboardName, (dialect: Dialect) => Dashboard>> = {
  fleet,
  'host-overview': hostOverview,
  process: processDrillDown,
  inventory,
  'port-exhaustion': portExhaustion,
};
