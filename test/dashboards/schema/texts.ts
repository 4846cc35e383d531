// The dashboards as the compiler gets them: as they are committed, and changed into wrong ones.
import { readFileSync } from 'node:fs';
import { readDashboards } from '../../support/dashboard-files.ts';

/** By dialect and name. */
export const DASHBOARDS: Readonly<Record<string, string>> = Object.fromEntries(
  readDashboards().map(({ dialect, name, file }) => [`${dialect}-${name}`, readFileSync(file, 'utf8')]),
);

/** To be changed: it has every kind of what is changed. */
export const { 'scraped-host-overview': RIGHT_DASHBOARD = '' } = DASHBOARDS;

/** By what is wrong then: what is put in place of what in the right dashboard, and what the compiler says to that. */
export type Changes = Readonly<Record<string, readonly [right: string | RegExp, wrong: string, error: RegExp]>>;

/** The changed dashboards, by the keys of their titles. */
export function changed(changes: Changes): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(changes).map(([title, [right, wrong]]) => [
      keyOf(title),
      RIGHT_DASHBOARD.replace(right, () => wrong),
    ]),
  );
}

/** A title as the name of a text. */
export function keyOf(title: string): string {
  return title.replaceAll(' ', '-');
}
