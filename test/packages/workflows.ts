// The workflows of GitHub, as data; and their steps, run here with stand-ins for what they call.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PROJECT } from '../../scripts/run-command.ts';

export const WORKFLOWS = join(PROJECT, '.github', 'workflows');
export const WORKFLOW_NAMES = readdirSync(WORKFLOWS).sort();

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly uses?: string;
  readonly 'runs-on'?: string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

export function workflowText(name: string): string {
  return readFileSync(join(WORKFLOWS, name), 'utf8');
}

export function readWorkflow(name: string): Workflow {
  return parse(workflowText(name)) as Workflow;
}

export function jobOf(workflow: string, name: string): Job {
  const job = readWorkflow(workflow).jobs[name];
  if (job === undefined) throw new Error(`${workflow} has no job ${name}`);
  return job;
}

export function allSteps(): Step[] {
  return WORKFLOW_NAMES.flatMap((name) => Object.values(readWorkflow(name).jobs).flatMap(({ steps = [] }) => steps));
}

export interface StepRun {
  readonly code: number | null;
  readonly stderr: string;
  /** What each stand-in was called with, one line a call. */
  readonly calls: readonly string[];
  /** What the step has written to $GITHUB_OUTPUT. */
  readonly output: string;
}

export interface StepWorld {
  /** The variables that GitHub sets, and those of the step. */
  readonly environment: Readonly<Record<string, string>>;
  /** Commands in place of which their names and arguments are noted; with a script for bash where they have more to do. */
  readonly commands?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** Runs the step of this name as GitHub does on Linux: bash -e -o pipefail. */
export function runStep(job: Job, name: string, { environment, commands = {}, folder = PROJECT }: StepWorld): StepRun {
  const script = job.steps?.find((step) => step.name === name)?.run;
  if (script === undefined) throw new Error(`there is no step “${name}” that runs something`);
  const world = mkdtempSync(join(tmpdir(), 'workflow-step-'));
  try {
    const [bin, calls, output] = [join(world, 'bin'), join(world, 'calls'), join(world, 'output')];
    mkdirSync(bin);
    for (const file of [calls, output]) writeFileSync(file, '');
    for (const [command, more] of Object.entries(commands)) {
      const text = `#!/bin/bash\necho "${command} $*" >>'${calls}'\n${more}\n`;
      writeFileSync(join(bin, command), text, { mode: 0o755 });
    }
    const env = { ...environment, PATH: `${bin}:${process.env['PATH']}`, GITHUB_OUTPUT: output };
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
    const { status, stderr } = spawnSync('bash', args, { cwd: folder, env, encoding: 'utf8' });
    const noted = readFileSync(calls, 'utf8').split('\n').slice(0, -1);
    return { code: status, stderr, calls: noted, output: readFileSync(output, 'utf8') };
  } finally {
    rmSync(world, { recursive: true });
  }
}
