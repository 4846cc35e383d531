// `npm run pictures`: draws the dashboards of docs/dashboards.md, with what they tell of a world where everything goes wrong.
// `--minutes=6`: for how long that is looked at. As root on Linux; it needs what `npm run test:peers` needs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type LiveWorld, startLiveWorld } from '../test/peers/dashboards/live-world.ts';
import { choicesOf, hostVariable } from '../test/peers/dashboards/variable-choices.ts';
import { type DashboardFile, readDashboards } from '../test/support/dashboard-files.ts';
import { ALL, type ChosenVariable } from '../test/support/interpolation.ts';
import { build } from './build.ts';
import { dashboardPicture } from './pictures/dashboard-picture.ts';
import type { Chosen } from './pictures/header-picture.ts';
import { type PictureTime, readAnswers } from './pictures/read-answers.ts';
import { PROJECT } from './run-command.ts';

const FOLDER = join(PROJECT, 'docs', 'pictures');
const DIALECT = 'scraped';
const POINTS = 120;
/** Slower than in the tests: what grows is to do so until the picture ends. */
const STEP_MS = 12_000;
/** More than four of the world's scrapes (Grafana, "Prometheus template variables"). */
const RATE_INTERVAL = '15s';
const SECONDS_IN_MINUTE = 60;
const MILLISECONDS = 1_000;

await main();

async function main(): Promise<void> {
  const minutes = readMinutes();
  await build();
  await using world = await startLiveWorld({ stepMs: STEP_MS });
  console.log(`all is there; until the pictures are drawn, ${minutes} minutes pass`);
  await sleep(minutes * SECONDS_IN_MINUTE * MILLISECONDS);
  const time = timeUntilNow(minutes);
  mkdirSync(FOLDER, { recursive: true });
  for (const file of readDashboards().filter(({ dialect }) => dialect === DIALECT)) {
    const picture = await draw(file, world, time);
    writeFileSync(join(FOLDER, `${file.name}.svg`), picture);
    console.log(`docs/pictures/${file.name}.svg: ${Math.round(picture.length / 1_000)} kB`);
  }
}

function readMinutes(): number {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '6' } } });
  const minutes = Number(values.minutes);
  if (!Number.isInteger(minutes) || minutes < 1)
    throw new Error(`--minutes=${values.minutes}: give a whole number, at least 1`);
  return minutes;
}

function timeUntilNow(minutes: number): PictureTime {
  const seconds = minutes * SECONDS_IN_MINUTE;
  const stepSeconds = Math.ceil(seconds / POINTS);
  const endSeconds = Math.floor(Date.now() / MILLISECONDS);
  return {
    range: { startSeconds: endSeconds - seconds, endSeconds, stepSeconds },
    variables: { rateInterval: RATE_INTERVAL, interval: `${stepSeconds}s`, range: `${seconds}s` },
  };
}

async function draw({ json }: DashboardFile, world: LiveWorld, time: PictureTime): Promise<string> {
  const store = world.stores[DIALECT];
  const chosen = await choose(json, world);
  const answers = await readAnswers(json, store, chosen, time);
  return dashboardPicture(json, chosen.map(shown), answers);
}

/** The host where things go wrong, where one is to be chosen, and a process of which there is something to tell; else all. */
async function choose(json: DashboardFile['json'], world: LiveWorld): Promise<readonly ChosenVariable[]> {
  const hostOfAll = hostVariable(json, DIALECT)?.includeAll === true;
  const host = hostOfAll ? ALL : world.hosts[DIALECT].busy;
  const process = world.culprits.leak.process;
  for await (const chosen of choicesOf(json, world.stores[DIALECT], { dialect: DIALECT, host }))
    if (chosen.every(({ variable, choice }) => variable.name !== 'process' || choice === ALL || choice === process))
      return chosen;
  throw new Error(`no choice of the variables of ${json.title} has the process ${process}`);
}

function shown({ variable, choice }: ChosenVariable): Chosen {
  const { name, label } = variable as { readonly name: string; readonly label?: string };
  return { label: label ?? name, text: choice === ALL ? 'All' : [choice].flat().join(', ') };
}
