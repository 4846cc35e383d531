// The configuration file that the package lays: each option with its help and default, commented out.

import type { Option } from '../../src/config/option.ts';
import { OPTIONS } from '../../src/config/options.ts';

const HEAD = `# What netstat-exporter runs with: YAML. Take the # away from what is to be another, then: net stop netstat-exporter && net start netstat-exporter
# "C:\\Program Files\\netstat-exporter\\netstat-exporter.exe" check-config --config.file=THIS_FILE says what is wrong in it.
# What the service is started with beats what stands here: LISTEN_PORT and the other properties of the installation.
`;

/** Lines end as on Windows. */
export function defaultConfig(): string {
  const options = Object.entries<Option>(OPTIONS).filter(
    ([, { commandLineOnly, os }]) => commandLineOnly !== true && os !== 'linux',
  );
  const blocks = options.map(([name, option]) => `\n# ${option.help}\n#${name}: ${defaultOf(option)}\n`);
  return [HEAD, ...blocks].join('').replaceAll('\n', '\r\n');
}

/** As YAML, of which JSON is a part. An empty text is what holds where there is no default. */
function defaultOf(option: Option): string {
  return JSON.stringify(option.default ?? '');
}
