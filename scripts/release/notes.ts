// RELEASE-NOTES.md: what is new, and what holds for the files of this release.
import type { Commit } from '../commit.ts';
import type { ReleaseOptions } from './options.ts';

/** `entries`: the section of the changelog, without its heading. */
export function releaseNotes(
  entries: string,
  commit: Commit,
  options: Pick<ReleaseOptions, 'isSnapshot' | 'signing'>,
): string {
  const { isSnapshot, signing } = options;
  const revision =
    commit.id.slice(0, 12) + (commit.changed === undefined ? '' : ', with changes that are not committed');
  return [
    ...(isSnapshot ? [`A snapshot of ${revision}: no release.`, ''] : []),
    entries,
    '',
    '## The files',
    '',
    '`sha256sum --check --ignore-missing SHA256SUMS` compares what was downloaded with the sums; the `.cdx.json` file says what is inside (CycloneDX).',
    signing === undefined
      ? 'Nothing is signed: Windows warns of an unknown publisher.'
      : `The Windows program and its MSI are signed${signing.timestamp === undefined ? ', without a timestamp: the signatures hold as long as the certificate' : ', with a timestamp'}.`,
    '',
  ].join('\n');
}
