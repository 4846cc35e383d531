// Reads the files of deploy/.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** Of a path in deploy/. */
export function deployPath(path: string): string {
  return fileURLToPath(new URL(`../../deploy/${path}`, import.meta.url));
}

/** Trusts that the file has this shape: a test that reads what is not there fails. */
export function readYaml<Shape>(file: string): Shape {
  return parse(readFileSync(file, 'utf8')) as Shape;
}
