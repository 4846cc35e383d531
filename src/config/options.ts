// The one table of options: the flags, the configuration file, the help and the reference are made from it.

import type { OptionTable, ValueOf } from './option.ts';
import { OTLP_OPTIONS } from './otlp-options.ts';
import { oneOf, parseSwitch } from './values/choice.ts';
import { durationBetween, HOUR_MS, SECOND_MS } from './values/duration.ts';
import { integerBetween } from './values/integer.ts';
import { parseHostName, parseListenAddress } from './values/listen-address.ts';
import { parseNamePattern } from './values/name-pattern.ts';
import { parseNameRule } from './values/name-rule.ts';
import { parsePath } from './values/path.ts';
import { MAXIMUM_PORT, parsePortRange, parsePorts } from './values/ports.ts';
import { parseSourceChoice } from './values/source-choice.ts';
import { parseTelemetryPath } from './values/telemetry-path.ts';
import type { VariableValues } from './variables.ts';

/** What `collector.disable` can turn off: groups of metrics, and the look-up of services. */
export const COLLECTOR_GROUPS = [
  'statistics',
  'connections',
  'process',
  'port',
  'listener',
  'ephemeral',
  'destination',
  'services',
] as const;
export type CollectorGroup = (typeof COLLECTOR_GROUPS)[number];

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['logfmt', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

const MAXIMUM_PARALLEL_SCRAPES = 10_000;
const MAXIMUM_PROCESS_GROUPS = 10_000;
const MAXIMUM_LISTENERS = 10_000;
const MAXIMUM_DESTINATIONS = 10_000;

/** Key: the long flag without its dashes, and the name in the configuration file. */
export const OPTIONS = {
  'web.listen-address': {
    placeholder: 'address',
    parse: parseListenAddress,
    default: [':19182'],
    repeatable: true,
    help: 'Address to serve on: :9100, 127.0.0.1:9100, [::1]:9100 or localhost:9100.',
  },
  'web.telemetry-path': {
    placeholder: 'path',
    parse: parseTelemetryPath,
    default: '/metrics',
    help: 'Path of the metrics.',
  },
  'web.config.file': {
    placeholder: 'file',
    parse: parsePath,
    help: "YAML file with TLS, users, headers and a rate limit, in the format of Prometheus' exporter-toolkit. Read again when it changes.",
  },
  'web.enable-live-view': {
    parse: parseSwitch,
    default: 'false',
    help: 'Serve /live, a page with all endpoints, and its API: they show remote addresses. On other addresses than loopback only with users or client certificates in web.config.file.',
  },
  'web.live-view.host': {
    placeholder: 'host',
    parse: parseHostName,
    default: [],
    repeatable: true,
    help: 'Name under which browsers reach the live view, such as that of a proxy, beside loopback and the addresses that are listened on. Others are refused.',
  },
  'web.systemd-socket': {
    parse: parseSwitch,
    default: 'false',
    os: 'linux',
    help: 'Serve on the sockets that systemd passes, in place of web.listen-address.',
  },
  'web.max-requests': {
    placeholder: 'number',
    parse: integerBetween(0, MAXIMUM_PARALLEL_SCRAPES),
    default: '40',
    help: 'Parallel scrapes that are served; further ones get 503. 0 is no limit.',
  },
  'web.disable-exporter-metrics': {
    parse: parseSwitch,
    default: 'false',
    help: 'Leave out the metrics of the exporter about itself.',
  },
  'collector.interval': {
    placeholder: 'duration',
    parse: durationBetween({ minimumMs: SECOND_MS, maximumMs: HOUR_MS, zero: true }),
    default: '10s',
    help: 'Time between collections, 1s to 1h; 0 collects at each scrape and push. Below a second, reading the tables of a busy host would itself be the load.',
  },
  'collector.timeout': {
    placeholder: 'duration',
    parse: durationBetween({ minimumMs: 1, maximumMs: HOUR_MS, zero: false }),
    default: '8s',
    help: 'Deadline of a collection, at most 1h.',
  },
  'collector.disable': {
    placeholder: 'group',
    parse: oneOf(COLLECTOR_GROUPS),
    default: [],
    repeatable: true,
    help: `Group of metrics to leave out: ${COLLECTOR_GROUPS.join(', ')}. Without services, processes are not looked up among the services.`,
  },
  'collector.process.include': {
    placeholder: 'regexp',
    parse: parseNamePattern,
    default: '.+',
    help: 'Processes with groups of their own: a regular expression on the whole name, as the label process has it. The others are counted in _other.',
  },
  'collector.process.exclude': {
    placeholder: 'regexp',
    parse: parseNamePattern,
    help: 'Processes without groups of their own: a regular expression on the whole name, as the label process has it. They are counted in _other.',
  },
  'collector.process.limit': {
    placeholder: 'number',
    parse: integerBetween(0, MAXIMUM_PROCESS_GROUPS),
    default: '100',
    help: `Groups of processes, at most ${MAXIMUM_PROCESS_GROUPS}; further ones are folded into _other.`,
  },
  'collector.process.name-rule': {
    placeholder: 'image=regexp',
    parse: parseNameRule,
    default: [],
    repeatable: true,
    help: 'Adds a piece of the command line to the name of the processes of an image, as in java[kafka.Kafka]: the first group of a regular expression that is searched for in it. The first rule that matches counts.',
  },
  'collector.process.pid-label': {
    parse: parseSwitch,
    default: 'false',
    help: 'Group by process id too, with the label pid.',
  },
  'collector.port.include': {
    placeholder: 'ports',
    parse: parsePorts,
    help: 'Ports that always have series of their own, such as 80,443,8000-8100.',
  },
  'collector.port.limit': {
    placeholder: 'number',
    parse: integerBetween(0, MAXIMUM_PORT),
    default: '200',
    help: 'Ports with series of their own, besides those of collector.port.include; further ones are folded into _other.',
  },
  'collector.listener.limit': {
    placeholder: 'number',
    parse: integerBetween(0, MAXIMUM_LISTENERS),
    default: '500',
    help: `Listeners with a series of netstat_listener_info, at most ${MAXIMUM_LISTENERS}; further ones are left out, and only counted in netstat_exporter_folded_groups.`,
  },
  'collector.destination.enable': {
    parse: parseSwitch,
    default: 'false',
    help: 'Count outbound connections by process, remote address and remote port.',
  },
  'collector.destination.limit': {
    placeholder: 'number',
    parse: integerBetween(0, MAXIMUM_DESTINATIONS),
    default: '50',
    help: `Destinations with series of their own, at most ${MAXIMUM_DESTINATIONS}; further ones are folded into _other.`,
  },
  'collector.ephemeral.range': {
    placeholder: 'first-last',
    parse: parsePortRange,
    defaultNote: 'from the OS',
    help: 'The ephemeral port range, such as 49152-65535.',
  },
  ...OTLP_OPTIONS,
  'path.procfs': {
    placeholder: 'folder',
    parse: parsePath,
    default: '/proc',
    os: 'linux',
    help: 'Where procfs is mounted.',
  },
  source: {
    placeholder: 'source',
    parse: parseSourceChoice,
    defaultNote: "the host's",
    help: 'What to read: windows, linux, or replay:FILE for a recorded snapshot.',
  },
  'config.file': {
    placeholder: 'file',
    parse: parsePath,
    commandLineOnly: true,
    help: 'YAML file with any of these options, nested at the dots or flat.',
  },
  'log.level': {
    placeholder: 'level',
    parse: oneOf(LOG_LEVELS),
    default: 'info',
    help: `Least severe messages to log: ${LOG_LEVELS.join(', ')}.`,
  },
  'log.format': {
    placeholder: 'format',
    parse: oneOf(LOG_FORMATS),
    default: 'logfmt',
    help: `Format of the log: ${LOG_FORMATS.join(', ')}.`,
  },
} as const satisfies OptionTable;

export type OptionName = keyof typeof OPTIONS;

/**
 * The configuration: flat, frozen, one value an option. Durations are whole milliseconds, repeatable options lists;
 * an option without a default is undefined until somebody gives it. Beside the options are the variables that only the
 * environment says.
 */
export type Config = { readonly [Name in OptionName]: ValueOf<(typeof OPTIONS)[Name]> } & VariableValues;
