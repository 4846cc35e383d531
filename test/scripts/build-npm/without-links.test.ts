// World: none.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withoutRelativeLinks } from '../../../scripts/build-npm/without-links.ts';

it('has the text of a link to our own files, without the link', () => {
  expect(
    withoutRelativeLinks('See [docs/security.md](docs/security.md#who), [this](README.md) and [that](#here).'),
  ).toBe('See docs/security.md, this and that.');
});

it('has no picture of ours', () => {
  expect(withoutRelativeLinks('a ![The live view](docs/live.png) b')).toBe('a The live view b');
});

it('keeps links to elsewhere, and what is no link', () => {
  const text = 'On [Prometheus](https://prometheus.io/docs), with `a[0]` and [a], (b), [x] (y).\n';
  expect(withoutRelativeLinks(text)).toBe(text);
});

it('has the text of a picture that is a link', () => {
  expect(withoutRelativeLinks('[![a](b.png)](c.md)')).toBe('a');
});

it('leaves no link to our own files in any text', () => {
  const pieces = fc.array(fc.constantFrom('a', '!', '[', ']', '(', ')', '](', '](b)', '[a](', 'https://a'), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(pieces, (parts) => {
      const targets = withoutRelativeLinks(parts.join('')).matchAll(/\[[^[\]]*\]\(([^()]*)\)/g);
      for (const [, target] of targets) expect(target).toMatch(/^https?:/);
    }),
  );
});
