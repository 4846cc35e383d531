// The one place where tests open the Windows source on the stand-in; without the test runner, so that worker threads can, too.

import type { Snapshot } from '../../../src/model/snapshot.ts';
import type { Source, SourceOptions } from '../../../src/sources/source.ts';
import type { WindowsLibraries } from '../../../src/sources/windows/libraries.ts';
import { openWindowsSource } from '../../../src/sources/windows/source.ts';
import { EVERYTHING } from '../../support/source-options.ts';

/** All but what needs a thread of its own for each source that is opened. */
export const WITHOUT_WMI: SourceOptions = { ...EVERYTHING, ephemeralRange: false };

const WMI_WORKER = new URL('../../../src/cli/wmi-worker.ts', import.meta.url);

export function openSource(libraries: WindowsLibraries, options: SourceOptions = WITHOUT_WMI): Source {
  return openWindowsSource(options, { wmiWorker: WMI_WORKER, libraries });
}

/** Opens a source and reads it once. */
export function readOnce(libraries: WindowsLibraries, options: SourceOptions = WITHOUT_WMI): Snapshot {
  const source = openSource(libraries, options);
  const snapshot = source.read();
  source.close();
  return snapshot;
}
