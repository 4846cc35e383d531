// What the Windows service is called, and what it is started with.

import { withAbsolutePaths } from '../../config/absolute-paths.ts';
import { ConfigError } from '../../config/error.ts';
import type { GivenFlags } from '../../config/flags.ts';
import { secretFlags } from '../../config/secrets.ts';

export const SERVICE = {
  name: 'netstat-exporter',
  displayName: 'netstat-exporter',
  description: 'Exports who holds the TCP and UDP ports of this host to Prometheus and over OTLP.',
} as const;

/** Not the service's own name, which an administrator may have given to a rule. */
export const FIREWALL_RULE = 'netstat-exporter (service)';

/** The flag that makes the program report to the service control manager. */
export const SERVICE_FLAG = '--service';

/**
 * The arguments of the service's command line, with whole paths, since Windows starts services in its own folder. Throws
 * ConfigError for a secret: every user of the host can read that command line.
 */
export function serviceArguments(flags: GivenFlags): readonly string[] {
  const [secret] = secretFlags(flags);
  if (secret !== undefined) {
    throw new ConfigError(
      `--${secret}: holds a secret, and every user of this host can read a service's command line; allowed: the same in the file of --config.file`,
    );
  }
  const given = Object.entries(withAbsolutePaths(flags)).flatMap(([name, values]) =>
    values === true ? [`--${name}`] : values.map((value) => `--${name}=${value}`),
  );
  return [SERVICE_FLAG, ...given];
}
