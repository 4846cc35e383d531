// C compilers that compile each thing once: tests ask them anew for what no mutant changes, the stand-ins and the headers.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const COMPILERS = ['cc', 'x86_64-w64-mingw32-gcc'];
const SCRIPT = `#!/bin/sh
# The compiler of that name, which is further back in PATH; but what it made of the same arguments and input is copied.
cache=\${PATH%%:*} name=\${0##*/} arguments= output= previous=
for argument; do
  if [ "$previous" = -o ]; then output=$argument; else arguments="$arguments $argument"; fi
  previous=$argument
done
work=$(mktemp -d "$cache/work.XXXXXX")
trap 'rm -r "$work"' EXIT
if [ "$argument" = - ]; then cat >"$work/input"; else : >"$work/input"; fi
made=$cache/$( (echo "$name$arguments"; cat "$work/input") | sha256sum | cut -d ' ' -f 1)
if ! [ -e "$made" ]; then
  PATH=\${PATH#*:} "$name" "$@" <"$work/input" >"$work/made" || exit
  if [ -n "$output" ]; then cp "$output" "$work/made"; fi
  mv "$work/made" "$made"
fi
if [ -n "$output" ]; then cp "$made" "$output"; else cat "$made"; fi
`;

/** Makes them in a new folder. Programs that are run in the environment find them first. */
export function makeCompilerCache(): { readonly folder: string; readonly environment: NodeJS.ProcessEnv } {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-compilers-'));
  for (const name of COMPILERS) writeFileSync(join(folder, name), SCRIPT, { mode: 0o755 });
  // In CI nothing is skipped: a world that is missing would let mutants live.
  return { folder, environment: { ...process.env, CI: '1', PATH: `${folder}${delimiter}${process.env['PATH']}` } };
}
