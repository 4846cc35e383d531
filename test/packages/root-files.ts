// The files of a root, listed before and after.

/** Of the kernel, in memory, or brought by the test. */
const LEFT_OUT = ['/dev', '/proc', '/run', '/srv', '/sys', '/tmp'];
const FIND = `find / -xdev \\( ${LEFT_OUT.map((path) => `-path ${path}`).join(' -o ')} \\) -prune -o`;

/** Lines for a shell as root: each file by its path, with its kind, mode, owner and target, and with its content's hash. */
export const LIST_FILES = `${FIND} -printf '%p %y %m %U:%G %l\\n'
${FIND} -type f -print0 | xargs --null sha256sum | sed -E 's/^(\\S+) +(.*)/\\2 \\1/'`;

/** The paths that are in one listing only, or otherwise in the other. */
export function differencesOf(before: string, after: string): string[] {
  const lines = [before, after].map((text) => new Set(text.split('\n')));
  const different = lines.flatMap((some, index) => [...some].filter((line) => !lines[1 - index]?.has(line)));
  return Array.from(new Set(different.map((line) => line.replace(/ .*/s, '')))).sort();
}
