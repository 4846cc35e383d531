// World: Windows or Wine (npm run test:windows), real sockets of this host; the built program. The services want an administrator.
import { describe } from 'vitest';
import { itTellsWhoHoldsUdpSockets } from '../incidents/busy-udp-server.ts';
import { nodeCalled } from '../incidents/incident-process.ts';
import { itTellsWhoLeaksConnections } from '../incidents/leaked-connections.ts';
import { itTellsARestartingProcess } from '../incidents/restarts.ts';
import { describeServices, serviceCalled } from './windows-service.ts';

describe('leaked connections', () => itTellsWhoLeaksConnections(nodeCalled));
describeServices('leaked connections of a service', () => itTellsWhoLeaksConnections(serviceCalled));

describe('a busy UDP server', () => itTellsWhoHoldsUdpSockets(nodeCalled));
describeServices('a busy UDP server that is a service', () => itTellsWhoHoldsUdpSockets(serviceCalled));

describe('restarts', () => itTellsARestartingProcess({ showsTimeWait: false, makeCulprit: nodeCalled }));
describeServices('restarts of a service', () =>
  itTellsARestartingProcess({ showsTimeWait: false, makeCulprit: serviceCalled }),
);
