// The files of one process in procfs: who it is, what it is called, which unit it belongs to (proc(5)).

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ofProcess } from './files.ts';

/** A pid is the same process only while its start time is. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot. */
  readonly startTime: number;
  /** The kernel's short name. It changes when the process starts another program in its place. */
  readonly command: string;
}

/** The ids of all processes. Throws where the root cannot be listed. */
export function listProcesses(procfsRoot: string): ReadonlySet<number> {
  const names = readdirSync(procfsRoot).filter((name) => /^[1-9]\d{0,9}$/.test(name));
  return new Set(names.map(Number));
}

/** Undefined when there is no such process (any more). Throws, as all that follow, where descriptors or memory are lacking. */
export function readIdentity(procfsRoot: string, pid: number): ProcessIdentity | undefined {
  const stat = ofProcess(() => readFileSync(`${procfsRoot}/${pid}/stat`, 'utf8'));
  return stat === undefined ? undefined : parseIdentity(pid, stat);
}

/** `stat`: the command stands in parentheses and may have some itself; field 22 is the 20th behind the last one. */
export function parseIdentity(pid: number, stat: string): ProcessIdentity | undefined {
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  const startTime = stat.slice(close + 2).split(' ', 20)[19];
  if (open === -1 || close < open || startTime === undefined || !/^\d{1,20}\s*$/.test(startTime)) return undefined;
  return { pid, startTime: Number(startTime), command: stat.slice(open + 1, close) };
}

/** The base name of the program's file; the kernel's short name where that may not be read. */
export function readProcessName(procfsRoot: string, { pid, command }: ProcessIdentity): string {
  const path = ofProcess(() => readlinkSync(join(procfsRoot, `${pid}`, 'exe'))) ?? '';
  return parseExecutable(path) || command;
}

/** The kernel adds a word to the path of a file that is deleted, as every updated program's is until its next start. */
export function parseExecutable(path: string): string {
  return basename(path.endsWith(' (deleted)') ? path.slice(0, -' (deleted)'.length) : path);
}

/** The systemd unit, as a list of one; empty where there is none or it may not be read. */
export function readUnits(procfsRoot: string, { pid }: ProcessIdentity): readonly string[] {
  const cgroup = ofProcess(() => readFileSync(join(procfsRoot, `${pid}`, 'cgroup'), 'utf8')) ?? '';
  const unit = parseUnit(cgroup);
  return unit === undefined ? [] : [unit];
}

/** The last `*.service` or `*.scope` in the paths of `cgroup`, lines of `0::/system.slice/ssh.service`. */
export function parseUnit(cgroup: string): string | undefined {
  const paths = cgroup.split('\n').map((line) => /^\d+:[^:]*:(.*)$/.exec(line)?.[1] ?? '');
  return paths.flatMap((path) => path.split('/')).findLast((name) => /.\.(?:service|scope)$/.test(name));
}
