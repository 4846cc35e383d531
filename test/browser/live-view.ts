// The live view as its users see it: its parts by their roles and names, and what stands in its rows.
import type { Locator, Page } from 'playwright-core';
import type { SortColumn } from '../../src/views/filter.ts';
import { type RunningProgram, startProgram } from '../support/program.ts';

const INTERVAL = '--collector.interval=';
/** Longer than the page waits between its questions: it sees each collection. */
const SECONDS = '3s';

/** The columns of the list, beside the mark of what has changed. */
export type Column = SortColumn | 'family';

/** Of the address bar, which has the names of the API. */
export type ViewParameters = Readonly<Record<string, string | number>>;

/** The built program with a live view of this host, or of what `args` say, and a collection every three seconds unless these say. */
export async function startLiveView(...args: readonly string[]): Promise<RunningProgram> {
  const interval = args.some((arg) => arg.startsWith(INTERVAL)) ? [] : [`${INTERVAL}${SECONDS}`];
  return startProgram('--web.enable-live-view', ...interval, ...args);
}

export function liveViewUrl({ url }: Pick<RunningProgram, 'url'>, view: ViewParameters = {}): string {
  return `${url}/live${queryOf(view)}`;
}

export function queryOf(view: ViewParameters): string {
  const texts = Object.entries(view).map(([name, value]) => [name, String(value)]);
  return texts.length === 0 ? '' : `?${new URLSearchParams(texts)}`;
}

export class LiveView {
  readonly page: Page;
  readonly endpoints: Locator;
  readonly groups: Locator;
  readonly search: Locator;
  readonly grouping: Locator;
  readonly pause: Locator;
  readonly copy: Locator;
  readonly csv: Locator;
  readonly details: Locator;
  readonly filters: Locator;
  readonly problems: Locator;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.endpoints = page.getByRole('grid', { name: 'Endpoints' });
    this.groups = page.getByRole('grid', { name: 'Groups' });
    this.search = page.getByRole('searchbox', { name: 'Search' });
    this.grouping = page.getByRole('combobox', { name: 'Group by' });
    this.pause = page.locator('[data-action="pause"]');
    this.copy = page.locator('[data-action="copy"]');
    this.csv = page.locator('[data-action="csv"]');
    this.details = page.getByRole('complementary', { name: 'Details' });
    this.filters = page.locator('[data-filter]');
    this.problems = page.locator('[data-problem]');
    this.status = page.locator('[data-status]');
  }

  /** The rows that are there, of the list or of the groups; those that are still asked for are not among them. */
  rows(where: Readonly<Partial<Record<string, string | number>>> = {}): Locator {
    const rows = this.page.locator('[data-row]:not([data-loading])');
    return Object.entries(where).reduce(
      (chosen, [column, text]) => chosen.filter({ has: this.page.locator(cellOf(column), { hasText: exactly(text) }) }),
      rows,
    );
  }

  /** The texts of these columns, a list a row, as they are on the screen: read at one instant, since rows come and go. */
  async texts(...columns: readonly string[]): Promise<readonly (readonly string[])[]> {
    return this.rows().evaluateAll(
      (rows, cells) => rows.map((row) => cells.map((cell) => row.querySelector(cell)?.textContent ?? '')),
      columns.map(cellOf),
    );
  }

  header(column: Column | 'total'): Locator {
    return this.page.locator(`[role="columnheader"][data-column="${column}"]`);
  }

  field(name: Column): Locator {
    return this.details.locator(`[data-field="${name}"]`);
  }

  /** Through the form, as a user does it. */
  async addFilter(name: string, value: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Filter by' }).selectOption(name);
    await this.page.getByRole('textbox', { name: 'Value' }).fill(value);
    await this.page.getByRole('button', { name: 'Add filter' }).click();
  }

  /** The parameters that the address bar has. */
  parameters(): Readonly<Record<string, string>> {
    return Object.fromEntries(new URL(this.page.url()).searchParams);
  }
}

export function cellOf(column: string): string {
  return `[data-cell="${column}"]`;
}

function exactly(text: string | number | undefined): RegExp {
  return new RegExp(`^${String(text).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);
}
