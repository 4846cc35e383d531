// Units of deploy/systemd/ in the terms of systemd.syntax(7). They use no continued lines, and no quotation marks.
import { readFileSync } from 'node:fs';
import { deployPath } from '../yaml-file.ts';

/** Section, then setting, then what it is set to, in the order of the file. */
export type Unit = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

export const SYSTEMD_FOLDER = deployPath('systemd');

/** Throws on a line that is neither comment, section nor setting. */
export function readUnit(name: string): Unit {
  const unit = new Map<string, Map<string, readonly string[]>>();
  let settings = new Map<string, readonly string[]>();
  for (const line of readFileSync(`${SYSTEMD_FOLDER}/${name}`, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const section = /^\[(\w+)\]$/.exec(line)?.[1];
    const [, setting, value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (section !== undefined) {
      settings = new Map();
      unit.set(section, settings);
    } else if (setting !== undefined) settings.set(setting, [...(settings.get(setting) ?? []), value]);
    else throw new Error(`${name}: neither section nor setting: ${line}`);
  }
  return unit;
}

/** What a setting that stands once is set to. */
export function settingOf(unit: Unit, section: string, setting: string): string | undefined {
  const values = unit.get(section)?.get(setting) ?? [];
  if (values.length > 1) throw new Error(`${setting}= stands ${values.length} times`);
  return values[0];
}
