// The dashboard of port exhaustion and leaks: what runs out, when, and whose doing it is.
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../../grafana/dashboard.ts';

import type { Dialect } from '../../queries/dialect.ts';
import { destinations } from './destinations.ts';
import { growing, leaks, unfinished } from './leaks.ts';
import { now } from './now.ts';
import { overTime, owners } from './owners.ts';
import { pace } from './pace.ts';
import { fullness, ranges } from './ranges.ts';
import { scopeOf } from './scope.ts';

export function portExhaustion(dialect: Dialect): Dashboard {
  const scope = scopeOf(dialect);
  return dashboard({
    name: 'port-exhaustion',
    description:
      'How full the ephemeral ranges are and when they will be used up, who has the ports, in which state and where to; and which processes leak sockets. What the limit really is, on Linux and on Windows: docs/port-exhaustion.md.',
    dialect,
    lines: [
      now(scope),
      fullness(scope),
      ranges(scope),
      owners(scope),
      overTime(scope),
      destinations(scope),
      pace(scope),
      growing(scope),
      leaks(scope),
      unfinished(scope),
    ],
  });
}
