// All dashboards.
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { DashboardName } from '../grafana/dashboard.ts';
import type { Dialect } from '../queries/dialect.ts';
import { hostOverview } from './host-overview/host-overview.ts';

export const BOARDS: Readonly<Partial<Record<DashboardName, (dialect: Dialect) => Dashboard>>> = {
  'host-overview': hostOverview,
};
