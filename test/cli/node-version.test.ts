// World: none.
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { OLDEST_NODE, problemOfNode } from '../../src/cli/node-version.ts';

it('is the version that package.json tells npm', () => {
  expect(packageJson.engines.node).toBe(`>=${OLDEST_NODE}`);
});

it.each(['22.18.0', '22.18.1', '22.21.0', '22.100.0', '23.0.0', '24.1.0', '26.10.0', '100.0.0', process.versions.node])(
  'is old enough for %s',
  (version) => {
    expect(problemOfNode(version)).toBeUndefined();
  },
);

it.each(['0.10.48', '2.18.0', '10.24.1', '20.20.2', '21.99.0', '22.0.0', '22.2.0', '22.17.1'])(
  'is too new for %s',
  (version) => {
    expect(problemOfNode(version)).toBe(`netstat-exporter needs Node.js 22.18 or later; this is ${version}`);
  },
);
