// The commit that is built: all times in packages are its own, so that two builds of it are the same bytes.
import { PROJECT } from './run-command.ts';
import { runTool } from './run-tool.ts';

export interface Commit {
  /** Seconds since 1970. */
  readonly time: number;
  /** All forty digits. */
  readonly id: string;
  /** The first file that differs from it. */
  readonly changed?: string;
}

/** `sourceDateEpoch`: the variable SOURCE_DATE_EPOCH, which goes before the commit's own date. */
export async function readCommit(sourceDateEpoch: string | undefined, folder = PROJECT): Promise<Commit> {
  const git = (...args: string[]): Promise<string> => runTool('git', args, { cwd: folder });
  const [id = '', date = ''] = (await git('log', '-1', '--format=%H %ct')).trim().split(' ');
  const changed = /^.. (.+)$/m.exec(await git('status', '--porcelain'))?.[1];
  const time = sourceDateEpoch === undefined || sourceDateEpoch === '' ? date : sourceDateEpoch;
  if (!/^\d{1,10}$/.test(time)) throw new Error(`SOURCE_DATE_EPOCH=${time}: not a number of seconds since 1970`);
  return { time: Number(time), id, ...(changed !== undefined && { changed }) };
}
