// A stand-in for `docker build`: does a Dockerfile's steps in folders. Commands of the build stages run for real, with this
// host's bash and Node.js in place of the base image's; the last stage's files end up in a folder.
import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import type { Instruction, Stage } from './dockerfile.ts';

const OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;
/** For one RUN: npm may have to fetch all packages. */
const RUN_TIMEOUT_MS = 240_000;

export interface Image {
  /** What the image adds to its base. */
  readonly folder: string;
  /** ENTRYPOINT and CMD. */
  readonly command: readonly string[];
  readonly ports: readonly number[];
  /** As USER has it; undefined where that is the base's. */
  readonly user: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** The folders that stand for the root of the stages built so far, by the stages' names. */
type Roots = ReadonlyMap<string, string>;

export interface Places {
  /** The build context: what COPY without --from may take. */
  readonly context: string;
  /** For the build stages, in subfolders. Outside of the project, as a container is: what looks for a checkout finds none. */
  readonly work: string;
  /** For the image. */
  readonly image: string;
  /** What stands for the files of the base image of a build stage, by the stage's name. Such a stage has no instructions. */
  readonly bases?: ReadonlyMap<string, string>;
}

/** Builds all stages. Throws when a step fails, or when it could not be done in a folder as Docker does it in a container. */
export async function layOut(stages: readonly Stage[], places: Places): Promise<Image> {
  const roots = new Map<string, string>();
  for (const [index, stage] of stages.slice(0, -1).entries()) {
    const name = stage.name ?? String(index);
    const base = places.bases?.get(name);
    if (base !== undefined && stage.instructions.length > 0)
      throw new Error(`the stage ${name} has instructions, which would be done in ${base}`);
    const root = base ?? join(places.work, name);
    await build(stage, root, places.context, roots);
    roots.set(name, root);
  }
  const last = stages.at(-1);
  if (last === undefined) throw new Error('a Dockerfile without stages has no image');
  return layOutLast(last, places, roots);
}

async function build(stage: Stage, root: string, context: string, roots: Roots): Promise<void> {
  let workingDirectory = '/';
  const environment: Record<string, string> = {};
  const argumentsOfStage: Record<string, string> = {};
  mkdirSync(root, { recursive: true });
  for (const instruction of stage.instructions) {
    switch (instruction.keyword) {
      case 'WORKDIR':
        workingDirectory = posix.resolve(workingDirectory, instruction.path);
        mkdirSync(join(root, workingDirectory), { recursive: true });
        break;
      case 'ARG':
        Object.assign(argumentsOfStage, Object.fromEntries(instruction.variables));
        break;
      case 'ENV':
        Object.assign(environment, Object.fromEntries(instruction.variables));
        break;
      case 'COPY':
        copy(instruction, join(root, posix.resolve(workingDirectory, instruction.destination)), context, roots);
        break;
      case 'RUN':
        await run(instruction.line, instruction.command, join(root, workingDirectory), {
          ...argumentsOfStage,
          ...environment,
        });
        break;
      default:
        throw notDone(instruction, 'a build stage');
    }
  }
}

/** The last stage only takes files and says how to start: its base image has no shell to run anything in. */
function layOutLast(stage: Stage, places: Places, roots: Roots): Image {
  let entrypoint: readonly string[] = [];
  let command: readonly string[] = [];
  const ports: number[] = [];
  const labels: Record<string, string> = {};
  let user: string | undefined;
  mkdirSync(places.image, { recursive: true });
  for (const instruction of stage.instructions) {
    switch (instruction.keyword) {
      case 'COPY':
        copy(instruction, join(places.image, posix.resolve('/', instruction.destination)), places.context, roots);
        break;
      case 'ENTRYPOINT':
        entrypoint = instruction.command;
        break;
      case 'CMD':
        command = instruction.command;
        break;
      case 'EXPOSE':
        ports.push(...instruction.ports);
        break;
      case 'LABEL':
        Object.assign(labels, Object.fromEntries(instruction.variables));
        break;
      case 'USER':
        user = instruction.name;
        break;
      case 'ARG':
        break;
      default:
        throw notDone(instruction, 'the last stage');
    }
  }
  return { folder: places.image, command: [...entrypoint, ...command], ports, user, labels };
}

/** Of a folder its content, of a file the file itself: into `target` if the destination is written as a folder, else as `target`. */
function copy(
  { line, from, sources, destination }: Extract<Instruction, { keyword: 'COPY' }>,
  target: string,
  context: string,
  roots: Roots,
): void {
  const root = from === undefined ? context : roots.get(from);
  if (root === undefined) throw new Error(`line ${line}: COPY --from=${from}, but no stage before it has that name`);
  const paths = sources.flatMap((source) => {
    const found = globSync(join(root, posix.resolve('/', source)));
    if (found.length === 0) throw new Error(`line ${line}: COPY of ${source}, which is not there`);
    return found;
  });
  for (const path of paths) {
    const isInto = /(?:^|\/)\.?$/.test(destination) && !statSync(path).isDirectory();
    const place = isInto ? join(target, basename(path)) : target;
    mkdirSync(dirname(place), { recursive: true });
    cpSync(path, place, { recursive: true, verbatimSymlinks: true });
  }
}

async function run(
  line: number,
  command: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  if (/(?:^|[\s"'=:;&|<>(])\/\w/.test(command))
    throw new Error(`line ${line}: RUN names an absolute path, which would be this host's: ${command}`);
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  const { NODE_ENV, NODE_OPTIONS, ...inherited } = process.env;
  try {
    await promisify(execFile)('bash', ['-euc', command], {
      cwd: folder,
      env: { ...inherited, PATH: path, ...environment },
      maxBuffer: OUTPUT_LIMIT_BYTES,
      timeout: RUN_TIMEOUT_MS,
    });
  } catch (error) {
    throw new Error(`line ${line}: RUN failed`, { cause: error });
  }
}

function notDone({ line, keyword }: Instruction, where: string): Error {
  return new Error(`line ${line}: ${keyword} in ${where} is not done here`);
}
