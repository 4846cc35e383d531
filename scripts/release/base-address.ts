// Where the files of a release are to be had, as the package managers' manifests tell it. Nothing of it is known here: it is given.

export interface BaseAddress {
  /** Without a slash at the end; a file is one segment further. */
  readonly url: string;
  /** Of the project: the repository, where the files are GitHub's; else where the files are. */
  readonly homepage: string;
  /** The repository, where the files are those of a GitHub release. */
  readonly github?: string;
}

/** No character that means something to a shell, PowerShell, XML, or in a query. */
const ADDRESS = /^https:\/\/[\w.-]+(?::\d{1,5})?(?:\/[\w.~+-]+)*\/?$/;
const GITHUB_RELEASE = /^(https:\/\/github\.com\/[\w.-]+\/[\w.-]+)\/releases\/download\/([\w.+-]+)$/;

export function parseBaseAddress(text: string, version: string): BaseAddress {
  if (!ADDRESS.test(text))
    throw new Error(
      `--base-address=${text}: not an https address of letters, digits and - _ . ~ + only, such as https://example.com/netstat-exporter/${version}`,
    );
  const url = text.replace(/\/$/, '');
  const [, github, tag] = GITHUB_RELEASE.exec(url) ?? [];
  if (github === undefined) return { url, homepage: url };
  if (tag !== `v${version}`) throw new Error(`--base-address=${text}: the tag of this release is v${version}`);
  return { url, homepage: github, github };
}
