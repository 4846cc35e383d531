// Writes the arguments that it was given into a file, as JSON: node.exe argument-printer.ts FILE ARGUMENT…
import { writeFileSync } from 'node:fs';

const [file = '', ...args] = process.argv.slice(2);
writeFileSync(file, JSON.stringify(args));
