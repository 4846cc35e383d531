#!/usr/bin/env node
// What Node.js starts: it begins the program, or says in one line that this Node.js is too old to read the program.
// Its bundle is read by old ones, too, some of them as a script that is no module: it asks for nothing but main.js.

import { problemOfNode } from './node-version.ts';

/** As for all else that keeps the program from starting. */
const EXIT_CANNOT_START = 2;

const problem = problemOfNode(process.versions.node);
if (problem === undefined) {
  void import('./main.ts');
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = EXIT_CANNOT_START;
}
