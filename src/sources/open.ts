// The choice between the sources.

import type { Source, SourceOptions } from './source.ts';

/** Can be cloned: it crosses to the collection worker. */
export type SourceChoice =
  /** `wmiWorker` is the URL of the module that asks WMI. */
  | { readonly kind: 'windows'; readonly wmiWorker: string }
  | { readonly kind: 'linux'; readonly procfsRoot: string }
  | { readonly kind: 'replay'; readonly file: string };

/** A source that cannot be used at all. The message is one line. */
export class SourceError extends Error {}

/** Opens a source; its code is loaded only then. Rejects with SourceError, or with RecordingError for a replay. */
export async function openSource(choice: SourceChoice, options: SourceOptions): Promise<Source> {
  switch (choice.kind) {
    case 'windows': {
      requirePlatform('win32', 'Windows', choice.kind);
      const { openWindowsSource } = await import('./windows/source.ts');
      return openWindowsSource(options, { wmiWorker: new URL(choice.wmiWorker) });
    }
    case 'linux': {
      requirePlatform('linux', 'Linux', choice.kind);
      const { openLinuxSource } = await import('./linux/source.ts');
      return openLinuxSource(options, { procfsRoot: choice.procfsRoot });
    }
    case 'replay': {
      const { openReplaySource } = await import('./replay/source.ts');
      return openReplaySource(choice.file);
    }
  }
}

function requirePlatform(platform: NodeJS.Platform, name: string, source: string): void {
  if (process.platform === platform) return;
  throw new SourceError(`the source ${source} can be read only on ${name}; this is ${process.platform}`);
}
