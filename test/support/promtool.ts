// Whether there is a promtool, which tests ask for what Prometheus itself says.
import { spawnSync } from 'node:child_process';

export const HAS_PROMTOOL = spawnSync('promtool', ['--version']).status === 0;
/** How it is provided, for the name of a skipped test. */
export const PROMTOOL_PROVIDED_BY = 'provided by: apt-get install prometheus';
