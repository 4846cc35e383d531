// Two networks with a cable between them: a host in each.
import { ip, makeNetwork, type Network } from '../../incidents/network-namespace.ts';

/** Of the cable's ends: private addresses (RFC 1918). */
export const BUSY_ADDRESS = '10.77.0.1';
export const CALM_ADDRESS = '10.77.0.2';
const PREFIX_BITS = 30;
const BUSY_DEVICE = 'to-calm';
const CALM_DEVICE = 'to-busy';

export interface Networks extends Disposable {
  readonly busy: Network;
  readonly calm: Network;
}

export function makeNetworks(): Networks {
  using made = new DisposableStack();
  const busy = made.use(makeNetwork());
  const calm = made.use(makeNetwork());
  {
    using _inBusy = busy.enter();
    ip('link', 'add', BUSY_DEVICE, 'type', 'veth', 'peer', 'name', CALM_DEVICE, 'netns', calm.file);
    setUp(BUSY_DEVICE, BUSY_ADDRESS);
  }
  {
    using _inCalm = calm.enter();
    setUp(CALM_DEVICE, CALM_ADDRESS);
  }
  const networks = made.move();
  return { busy, calm, [Symbol.dispose]: () => networks.dispose() };
}

function setUp(device: string, address: string): void {
  ip('address', 'add', `${address}/${PREFIX_BITS}`, 'dev', device);
  ip('link', 'set', device, 'up');
}
