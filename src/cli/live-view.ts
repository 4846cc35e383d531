// Who may see the live view.

import { ConfigError } from '../config/error.ts';
import type { Config } from '../config/options.ts';
import { formatListenAddress, isLoopback } from '../config/values/listen-address.ts';
import type { WebSecurity } from '../web/security.ts';

/** It shows remote addresses: where others can reach it they are asked who they are. Throws ConfigError. */
export function checkLiveView(config: Config, security: Pick<WebSecurity, 'tls' | 'users'>): void {
  if (!config['web.enable-live-view'] || asksWhoItIs(security)) return;
  const reachable = reachableAt(config);
  if (reachable === undefined) return;
  throw new ConfigError(
    `--web.enable-live-view: others can reach ${reachable}, and nobody is asked who they are; allowed: --web.listen-address=127.0.0.1:19182, or basic_auth_users or client_auth_type: RequireAndVerifyClientCert in the file of --web.config.file`,
  );
}

function asksWhoItIs({ tls, users }: Pick<WebSecurity, 'tls' | 'users'>): boolean {
  return users.size > 0 || tls?.clientAuthType === 'RequireAndVerifyClientCert';
}

/** The first address that is not loopback, as the user wrote it; undefined where all are. */
function reachableAt(config: Config): string | undefined {
  if (config['web.systemd-socket']) return 'the sockets of systemd';
  const address = config['web.listen-address'].find((candidate) => !isLoopback(candidate));
  return address === undefined ? undefined : `--web.listen-address=${formatListenAddress(address)}`;
}

/** Names and addresses that somebody has configured for this server, in lower case and without the dot of the root. */
export function configuredHosts(config: Config): readonly string[] {
  const listened = config['web.listen-address'].flatMap(({ host }) => (host === undefined ? [] : [host.toLowerCase()]));
  return [...listened, ...config['web.live-view.host']].map((host) => host.replace(/\.$/, ''));
}
