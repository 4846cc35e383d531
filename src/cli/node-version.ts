// The Node.js that the program needs.

/** The oldest one: package.json's `engines`, and what the bundle is made for. */
export const OLDEST_NODE = '22.18';

/** What is wrong with a Node.js of this version, such as 20.20.2; undefined where the program runs on it. */
export function problemOfNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `netstat-exporter needs Node.js ${OLDEST_NODE} or later; this is ${version}`;
}
