// World: Windows or Wine (npm run test:windows), real sockets of this host; the built program.
import { describe } from 'vitest';
import { itTellsWhoHoldsUdpSockets } from '../incidents/busy-udp-server.ts';
import { itTellsWhoLeaksConnections } from '../incidents/leaked-connections.ts';
import { itTellsARestartingProcess } from '../incidents/restarts.ts';

describe('leaked connections', itTellsWhoLeaksConnections);
describe('a busy UDP server', itTellsWhoHoldsUdpSockets);
describe('restarts', () => itTellsARestartingProcess({ showsTimeWait: false }));
