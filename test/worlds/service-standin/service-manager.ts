// World 2: how a test scripts the service control manager of the stand-in, its one service, and files.

import { wideString } from '../../../src/sources/windows/utf16.ts';
import { openServiceStandin, type ServiceStandin } from './service-standin.ts';

/** By dwCurrentState. */
const STATES = ['', 'stopped', 'starting', 'stopping', 'running', 'continuing', 'pausing', 'paused'] as const;

export interface Step {
  readonly state: Exclude<(typeof STATES)[number], ''> | number;
  readonly exitCode?: number;
  readonly specificExitCode?: number;
  readonly pid?: number;
}

/** What is left out stays as it is. */
export interface Configuration {
  readonly type?: number;
  readonly start?: number;
  readonly errorControl?: number;
  readonly commandLine?: string;
  readonly dependencies?: readonly string[];
  readonly account?: string;
}

const NO_CHANGE = 0xffff_ffff;
const WHEN = { now: 0, afterStart: 1, afterStop: 2 } as const;

export interface ServiceManagerStandin extends ServiceStandin {
  readonly libraries: { readonly advapi32: string; readonly kernel32: string };
  /** Nothing is installed then, and nothing fails. */
  reset(): void;
  /** The function fails with this code from now on, at that level if it has levels; 0: not any more. */
  fails(name: string, code: number, level?: number): void;
  /** What queries of the status answer one after another, from now on, or once the service was started or told to stop. The last one stays. */
  answers(when: keyof typeof WHEN, ...steps: readonly Step[]): void;
  /** Another program has a handle to the service, or has it no more. */
  hold(holds: boolean): void;
  /** Somebody else changes the service. */
  configure(configuration: Configuration): void;
  /** A setting that somebody else has made: a text, a list or numbers, without pointers. */
  setting(level: number, block: Uint16Array | Uint32Array): void;
  /** Pointers of answers lead so many bytes away from what they mean. */
  pointersLead(bytes: number): void;
  openHandles(): number;
  moveFails(code: number): void;
  registryText(key: string, name: string, text: string): void;
  registryFails(code: number): void;
}

export function openServiceManagerStandin(): ServiceManagerStandin {
  const standin = openServiceStandin();
  const { library, file } = standin;
  const resets = ['services', 'service_status', 'service_config', 'registry'].map((what) =>
    library.func(`void standin_reset_${what}()`),
  );
  const failure = library.func('int32_t standin_service_failure(str function, uint32_t level, uint32_t code)');
  const steps = library.func('int32_t standin_service_steps(int32_t when, void *steps, uint32_t count)');
  const hold = library.func('void standin_hold_service(int32_t holds)');
  const configure = library.func(
    'void standin_configure_service(uint32_t type, uint32_t start, uint32_t error_control, void *line, void *dependencies, void *account)',
  );
  const setting = library.func('int32_t standin_service_setting(uint32_t level, void *block, uint32_t size)');
  const pointers = library.func('void standin_service_pointers(int64_t error)');
  const openHandles = library.func('uint32_t standin_open_service_handles()');
  const moveFailure = library.func('void standin_move_failure(uint32_t code)');
  const registryValue = library.func(
    'int32_t standin_registry_value(void *subkey, void *name, uint32_t type, void *data, uint32_t size)',
  );
  const registryFailures = library.func(
    'void standin_registry_failures(int32_t create, int32_t set, int32_t get, int32_t remove)',
  );
  return {
    ...standin,
    libraries: { advapi32: file, kernel32: file },
    reset() {
      for (const reset of resets) reset();
      moveFailure(0);
      standin.forget();
    },
    fails: (name, code, level = 0) => expectTaken(failure(name, level, code)),
    answers: (when, ...wanted) =>
      expectTaken(steps(WHEN[when], Uint32Array.from(wanted.flatMap(stepWords)), wanted.length)),
    hold: (holds) => hold(Number(holds)),
    configure({ type = NO_CHANGE, start = NO_CHANGE, errorControl = NO_CHANGE, commandLine, dependencies, account }) {
      const list = dependencies?.map((name) => `${name}\0`).join('');
      const [line, names, user] = [commandLine, list, account].map((text) =>
        text === undefined ? null : wideString(text),
      );
      configure(type, start, errorControl, line, names, user);
    },
    setting: (level, block) => expectTaken(setting(level, block, block.byteLength)),
    pointersLead: (bytes) => pointers(bytes),
    openHandles: () => openHandles(),
    moveFails: (code) => moveFailure(code),
    registryText(key, name, text) {
      const REG_SZ = 1;
      const data = wideString(text);
      registryValue(wideString(key), wideString(name), REG_SZ, data, data.byteLength);
    },
    registryFails: (code) => registryFailures(0, 0, code, 0),
  };
}

function stepWords({ state, exitCode = 0, specificExitCode = 0, pid = 0 }: Step): number[] {
  return [typeof state === 'number' ? state : STATES.indexOf(state), exitCode, specificExitCode, pid];
}

/** The stand-in's tables are small: a script that does not fit into them is a mistake in the test. */
function expectTaken(taken: number): void {
  if (taken === 0) throw new Error('the stand-in has no room for this');
}
