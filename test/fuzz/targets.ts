// All fuzz targets, by name.
import type { FuzzTarget } from './target.ts';
import { configFile } from './targets/config-file.ts';
import { configValues } from './targets/config-values.ts';
import { http } from './targets/http.ts';
import { httpValues } from './targets/http-values.ts';
import { netlink } from './targets/netlink.ts';
import { netlinkDump } from './targets/netlink-dump.ts';
import { otlpAnswers } from './targets/otlp-answers.ts';
import { procfsSockets } from './targets/procfs-sockets.ts';
import { procfsTexts } from './targets/procfs-texts.ts';
import { replay } from './targets/replay.ts';
import { webConfig } from './targets/web-config.ts';
import { windowsProcesses } from './targets/windows-processes.ts';
import { windowsServices } from './targets/windows-services.ts';
import { windowsTables } from './targets/windows-tables.ts';
import { windowsValues } from './targets/windows-values.ts';

/** Each name is that of a file in targets/, and of a folder of regressions/ where something was found. */
export const TARGETS: Readonly<Record<string, FuzzTarget>> = {
  netlink,
  'netlink-dump': netlinkDump,
  'procfs-sockets': procfsSockets,
  'procfs-texts': procfsTexts,
  'windows-tables': windowsTables,
  'windows-processes': windowsProcesses,
  'windows-services': windowsServices,
  'windows-values': windowsValues,
  replay,
  'web-config': webConfig,
  'config-file': configFile,
  'config-values': configValues,
  http,
  'http-values': httpValues,
  'otlp-answers': otlpAnswers,
};
