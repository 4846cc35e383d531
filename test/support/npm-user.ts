// Somebody who has Node.js and npm, and a home of their own: what npm and the programs that it installs write is below one folder.
import { execSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Ended, type ProgramProcess, untilEnded } from './program.ts';

const IS_WINDOWS = process.platform === 'win32';

/** What `npm run` sets for its own children, and what says where the user's own things are. */
const NOT_PASSED_ON =
  /^(?:npm_.*|node|node_(?:env|options|path)|init_cwd|home|userprofile|appdata|localappdata|path)$/i;

export interface NpmUser extends Disposable {
  readonly home: string;
  /** The working directory: empty. */
  readonly here: string;
  /** Where `npm install --global` puts packages, and their commands. */
  readonly globals: { readonly packages: string; readonly commands: string };
  /** Starts a command that is found as a shell finds it. Its end ends what it started, too. */
  start(command: string, ...args: readonly string[]): ProgramProcess;
  /** The same, until it ends. */
  run(command: string, ...args: readonly string[]): Promise<Ended>;
  /** The same user, with another Node.js: its folder. */
  with(node: string): NpmUser;
}

/** Where the registry is, and how it is reached. */
export function settingsOfThisMachine(): Readonly<Record<string, string>> {
  const names = ['registry', 'userconfig', 'globalconfig'];
  const text = execSync(`npm config get ${names.join(' ')}`, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return Object.fromEntries(names.map((name) => [name, new RegExp(`^${name}=(.+)$`, 'm').exec(text)?.[1] ?? '']));
}

/** Settings are npm's own, such as `registry`. */
export function npmUser(settings: Readonly<Record<string, string>>): NpmUser {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'npm-user-')));
  const home = join(folder, 'home');
  const here = join(folder, 'here');
  const prefix = join(folder, 'prefix');
  for (const made of [home, here, prefix]) mkdirSync(made);
  const globals = IS_WINDOWS
    ? { packages: join(prefix, 'node_modules'), commands: prefix }
    : { packages: join(prefix, 'lib', 'node_modules'), commands: join(prefix, 'bin') };
  const npmSettings = { prefix, cache: join(folder, 'cache'), 'update-notifier': 'false', ...settings };
  const environment = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.test(name))),
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    ...Object.fromEntries(Object.entries(npmSettings).map(([name, value]) => [`npm_config_${name}`, value])),
  };
  const userOf = (node: string): NpmUser => {
    const PATH = [globals.commands, node, process.env['PATH']].join(delimiter);
    const start = (command: string, ...args: readonly string[]): ProgramProcess => {
      const options = { cwd: here, env: { ...environment, PATH } };
      // On Windows npm's commands, and those that it makes, are batch files.
      if (IS_WINDOWS)
        return spawn([command, ...args].join(' '), { ...options, stdio: ['ignore', 'pipe', 'pipe'], shell: true });
      const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
      // As a terminal does it: to the command, and to all that it has started.
      child.kill = (signal) => process.kill(-(child.pid ?? Number.NaN), signal);
      return child;
    };
    return {
      home,
      here,
      globals,
      start,
      run: (...command) => untilEnded(start(...command)),
      with: userOf,
      [Symbol.dispose]: () => rmSync(folder, { recursive: true, maxRetries: 3 }),
    };
  };
  return userOf(dirname(process.execPath));
}
