// All that a dashboard or a file of rules asks of a store, as questions that have an answer there or have none.
import {
  type DashboardFile,
  type DialectName,
  type PanelJson,
  panelsOf,
  type RuleFile,
  type TargetJson,
  targetsOf,
} from '../../support/dashboard-files.ts';
import { ALL, type ChosenVariable, interpolate } from '../../support/interpolation.ts';
import type { Series } from '../series.ts';
import { hasData, type RangeSeries } from '../store.ts';
import { comparedOperands } from './comparison-operands.ts';
import type { Look } from './expected-empty.ts';
import { HOST_LABELS } from './hosts.ts';
import type { LiveWorld } from './live-world.ts';
import { choicesOf, TIME } from './variable-choices.ts';

/** What a panel over time is asked for: the world is not much older. */
const RANGE_SECONDS = 60;
const STEP_SECONDS = 5;

/** What must have an answer: a query of a panel, a panel, a rule, an operand of an alert. */
export interface Question {
  readonly title: string;
  readonly query?: string;
  /** As it stands in the file. */
  readonly expression: string;
  /** Rejects where the store refuses the expression. */
  hasAnswer(): Promise<boolean>;
}

/** A recording rule is one as it is; an alert must know what it compares, whether it fires or not. */
export function questionsOfRules(world: LiveWorld, { dialect, groups }: RuleFile): readonly Question[] {
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap(({ record, alert, expr }) => {
      const operands = alert === undefined ? [expr] : comparedOperands(expr);
      return operands.map((expression, index) => ({
        title: record ?? alert ?? '',
        query: String(index + 1),
        expression,
        hasAnswer: async () => hasData(await answerTo(world, dialect, { expr: expression, instant: true })),
      }));
    });
}

/** On a healthy host, each panel must show something; where things go wrong, each of its queries must. */
export async function questionsOfDashboard(
  world: LiveWorld,
  file: DashboardFile,
  look: Look,
): Promise<readonly Question[]> {
  const { dialect, json } = file;
  const host = look === 'all' ? ALL : world.hosts[dialect][look];
  const choices: (readonly ChosenVariable[])[] = [];
  for await (const chosen of choicesOf(json, world.stores[dialect], { dialect, host })) choices.push(chosen);
  const isAnswered = async (target: TargetJson): Promise<boolean> => {
    for (const chosen of choices) {
      const expr = interpolate(target.expr, chosen, TIME);
      const series = await answerTo(world, dialect, { ...target, expr });
      if (hasData(series.filter(({ labels }) => isOf(labels[HOST_LABELS[dialect]], host)))) return true;
    }
    return false;
  };
  return panelsOf(json).flatMap((panel) =>
    look === 'busy' || look === 'all' ? questionsOfTargets(panel, isAnswered) : questionsOfPanel(panel, isAnswered),
  );
}

function questionsOfTargets(
  panel: PanelJson,
  isAnswered: (target: TargetJson) => Promise<boolean>,
): readonly Question[] {
  return targetsOf(panel).map((target) => ({
    title: titleOf(panel),
    query: target.refId,
    expression: target.expr,
    hasAnswer: () => isAnswered(target),
  }));
}

function questionsOfPanel(panel: PanelJson, isAnswered: (target: TargetJson) => Promise<boolean>): readonly Question[] {
  const targets = targetsOf(panel);
  const hasAnswer = async (): Promise<boolean> => {
    for (const target of targets) if (await isAnswered(target)) return true;
    return false;
  };
  const expression = targets.map(({ expr }) => expr).join(', ');
  return targets.length === 0 ? [] : [{ title: titleOf(panel), expression, hasAnswer }];
}

function titleOf({ title, type }: PanelJson): string {
  return `${title} (${type})`;
}

async function answerTo(
  { stores }: LiveWorld,
  dialect: DialectName,
  { expr, instant }: Pick<TargetJson, 'expr' | 'instant'>,
): Promise<readonly (Series | RangeSeries)[]> {
  // VictoriaMetrics takes more than PromQL, such as `rate(x)`: what Prometheus refuses must not pass.
  if (dialect !== 'scraped') await stores.scraped.query(expr);
  if (instant === true) return stores[dialect].query(expr);
  const endSeconds = Math.floor(Date.now() / 1000);
  const range = { startSeconds: endSeconds - RANGE_SECONDS, endSeconds, stepSeconds: STEP_SECONDS };
  return stores[dialect].queryRange(expr, range);
}

/** A series that tells no host is one over hosts. */
function isOf(seriesHost: string | undefined, host: string | typeof ALL): boolean {
  return seriesHost === undefined || host === ALL || seriesHost === host;
}
