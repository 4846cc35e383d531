// World: this Linux host, as root, with iproute2: a network of the test's own, real sockets; the built program.
import { itTellsWhoHoldsUdpSockets } from './busy-udp-server.ts';
import { nodeCalled } from './incident-process.ts';
import { describeInOwnNetwork } from './own-network.ts';

describeInOwnNetwork('a busy UDP server', () => itTellsWhoHoldsUdpSockets(nodeCalled));
