// The sockets that systemd passes to a service: sd_listen_fds(3).

import type { Environment } from './environment.ts';
import { ConfigError, quote } from './error.ts';

/** SD_LISTEN_FDS_START: after the standard input and both outputs. */
const FIRST_DESCRIPTOR = 3;
/** More than any socket unit has. */
const MAXIMUM_SOCKETS = 64;

const ALLOWED = 'a service that is started by a socket unit of systemd, which sets LISTEN_FDS and LISTEN_PID';

/** Their file descriptors, at least one. Throws ConfigError. */
export function passedSockets(
  environment: Environment = process.env,
  processId: number = process.pid,
  platform: NodeJS.Platform = process.platform,
): readonly number[] {
  if (platform === 'win32') {
    throw new ConfigError('--web.systemd-socket: there is no systemd on Windows; allowed: --web.listen-address');
  }
  const count = environment['LISTEN_FDS'];
  const recipient = environment['LISTEN_PID'];
  if (!count) throw problem('LISTEN_FDS is not set');
  if (recipient !== String(processId)) {
    const found = recipient ? `is ${quote(recipient)}` : 'is not set';
    throw problem(
      `LISTEN_PID ${found}, and this process is ${processId}: npm or a shell in between is another process; start node itself`,
    );
  }
  if (!/^\d{1,9}$/.test(count)) throw problem(`LISTEN_FDS is ${quote(count)}, not a number`);
  if (Number(count) === 0) throw problem('LISTEN_FDS is 0: no socket is passed');
  if (Number(count) > MAXIMUM_SOCKETS) throw problem(`LISTEN_FDS is ${count}, more than ${MAXIMUM_SOCKETS}`);
  return Array.from({ length: Number(count) }, (_, index) => FIRST_DESCRIPTOR + index);
}

function problem(text: string): ConfigError {
  return new ConfigError(`--web.systemd-socket: ${text}; allowed: ${ALLOWED}`);
}
