// netstat-exporter(1), made from the table of options.
import { type OptionReference, optionReferences } from '../../src/config/reference.ts';

/** What there is on Linux, as --help has it. */
export const COMMANDS: Readonly<Record<string, string>> = {
  'check-config': 'Check the flags, the environment and the configuration files, and start nothing.',
  'record FILE': 'Write a snapshot of this host, for --source=replay:FILE.',
  connections: 'List the TCP and UDP endpoints of this host, with their states and owners.',
  statistics: 'Print the counters of TCP and UDP.',
  metrics: 'Print the reference of all metrics.',
};

const DESCRIPTION = `netstat-exporter shows the TCP and UDP endpoints of this host to Prometheus, or sends them over OTLP: by state, by owning process and unit, and by local port, with the ephemeral ports in use and the kernel's counters. Without a command it serves http://HOST:19182/metrics until it is ended.

The Debian package runs it as netstat-exporter.service. Its flags are in ARGS= of /etc/default/netstat-exporter; systemctl restart netstat-exporter puts them in force.`;

const FILES: Readonly<Record<string, string>> = {
  '/etc/default/netstat-exporter':
    'Flags and environment of the service. Only root may read it: it may have secrets. Its comments tell how it is written.',
  '/usr/lib/systemd/system/netstat-exporter.service': 'The service; systemctl edit netstat-exporter changes it.',
  '/usr/lib/systemd/system/netstat-exporter.socket':
    'The port opened by systemd. It is for ARGS=--web.systemd-socket; systemctl enable --now netstat-exporter.socket, with the service stopped.',
};

const EXIT_STATUS = `0 after SIGTERM or SIGINT, or when a command is done; 2 for a wrong command line or configuration, or an address that cannot be listened on, with one line that says why.`;

/** `date`: as YYYY-MM-DD. */
export function manPage(version: string, date: string): string {
  const title = ['NETSTAT-EXPORTER', '1', date, `netstat-exporter ${version}`, 'User Commands'];
  return [
    `.TH ${title.map((part) => `"${escaped(part)}"`).join(' ')}`,
    section('NAME', 'netstat\\-exporter \\- exports who holds the TCP and UDP ports of this host'),
    section('SYNOPSIS', '.B netstat\\-exporter\n.RI [ options ]\n.RI [ command ]'),
    section('DESCRIPTION', paragraphs(DESCRIPTION)),
    section('COMMANDS', `${paragraphs('COMMAND --help tells the options of each.')}\n${tagged(COMMANDS)}`),
    section('OPTIONS', optionReferences().map(optionText).join('\n')),
    section('FILES', tagged(FILES)),
    section('EXIT STATUS', paragraphs(EXIT_STATUS)),
    section('SEE ALSO', '.BR ss (8),\n.BR systemctl (1),\n.BR journalctl (1)'),
    '',
  ].join('\n');
}

function section(name: string, text: string): string {
  return `.SH ${name}\n${text}`;
}

function optionText({ flag, description, defaultText }: OptionReference): string {
  const [name = '', placeholder] = flag.split(' ');
  const value = placeholder === undefined ? '' : `=\\fI${escaped(placeholder.slice(1, -1))}\\fR`;
  return `.TP\n\\fB${escaped(name)}\\fR${value}\n${line(`${description} Default: ${defaultText}.`)}`;
}

function tagged(entries: Readonly<Record<string, string>>): string {
  return Object.entries(entries)
    .map(([name, text]) => `.TP\n\\fB${escaped(name)}\\fR\n${line(text)}`)
    .join('\n');
}

function paragraphs(text: string): string {
  return text.split('\n\n').map(line).join('\n.PP\n');
}

/** One line of text, which is not taken for a request. groff_char(7): a plain hyphen is no minus. */
function line(text: string): string {
  return escaped(text).replace(/^[.']/, '\\&$&');
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-');
}
