// World: this Linux host, as root, with iproute2: a network of the test's own, real sockets; the built program.
import { nodeCalled } from './incident-process.ts';
import { describeInOwnNetwork } from './own-network.ts';
import { itTellsARestartingProcess } from './restarts.ts';

describeInOwnNetwork('restarts', () => itTellsARestartingProcess({ showsTimeWait: true, makeCulprit: nodeCalled }));
