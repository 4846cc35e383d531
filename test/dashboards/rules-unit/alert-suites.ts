// The cases of all alerts.
import type { AlertSuite } from './cases.ts';
import { CLOSE_WAIT_SUITE } from './close-wait-cases.ts';
import { EXPORTER_SUITES } from './exporter-cases.ts';
import { LISTENER_SUITE } from './listener-cases.ts';
import { PORT_SUITES } from './port-cases.ts';
import { PUSH_SUITE } from './push-cases.ts';
import { SYN_RECEIVED_SUITE } from './syn-received-cases.ts';
import { TRAFFIC_SUITES } from './traffic-cases.ts';

export const ALERT_SUITES: readonly AlertSuite[] = [
  ...PORT_SUITES,
  CLOSE_WAIT_SUITE,
  ...TRAFFIC_SUITES,
  SYN_RECEIVED_SUITE,
  LISTENER_SUITE,
  ...EXPORTER_SUITES,
  PUSH_SUITE,
];
