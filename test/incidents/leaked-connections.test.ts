// World: this Linux host, as root, with iproute2: a network of the test's own, real sockets; the built program.
import { nodeCalled } from './incident-process.ts';
import { itTellsWhoLeaksConnections } from './leaked-connections.ts';
import { describeInOwnNetwork } from './own-network.ts';

describeInOwnNetwork('leaked connections', () => itTellsWhoLeaksConnections(nodeCalled));
