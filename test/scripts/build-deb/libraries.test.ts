// The Debian packages with the libraries that a program needs, from what readelf says of it.
import { describe, expect, it } from 'vitest';
import { packagesOf } from '../../../scripts/build-deb/libraries.ts';

/** What readelf writes of a program that needs these versions of symbols. */
function readelfText(needs: Readonly<Record<string, readonly string[]>>): string {
  const libraries = Object.keys(needs).map(
    (name) => ` 0x0000000000000001 (NEEDED)             Shared library: [${name}]`,
  );
  const versions = Object.entries(needs).flatMap(([name, symbols]) => [
    `  000000: Version: 1  File: ${name}  Cnt: ${symbols.length}`,
    ...symbols.map((symbol) => `  0x0010:   Name: ${symbol}  Flags: none  Version: 13`),
  ]);
  // Versions that it defines itself are no needs.
  return [...libraries, '  000000: Rev: 1  Flags: BASE  Index: 1  Cnt: 1  Name: NODE_26', ...versions].join('\n');
}

describe('the libraries of a program', () => {
  it('are asked for by the names of their packages, and as new as their symbols', () => {
    const needs = {
      'libatomic.so.1': ['LIBATOMIC_1.0'],
      'libc.so.6': ['GLIBC_2.4', 'GLIBC_2.28', 'GLIBC_2.3.4'],
      'libgcc_s.so.1': ['GCC_4.2.0'],
      'libm.so.6': ['GLIBC_2.29', 'GLIBC_2.2.5'],
      'ld-linux-aarch64.so.1': ['GLIBC_2.17'],
      'libstdc++.so.6': ['GLIBCXX_3.4', 'GLIBCXX_3.4.29', 'CXXABI_1.3.11'],
    };
    expect(packagesOf(readelfText(needs))).toBe('libatomic1, libc6 (>= 2.29), libgcc-s1, libstdc++6 (>= 11)');
  });

  it.each([
    ['GLIBCXX_3.4.25', 'libstdc++6'],
    ['GLIBCXX_3.4.26', 'libstdc++6 (>= 9)'],
    ['CXXABI_1.3', 'libstdc++6'],
    ['CXXABI_1.3.11', 'libstdc++6'],
    ['CXXABI_1.3.12', 'libstdc++6 (>= 9)'],
    ['CXXABI_1.3.13', 'libstdc++6 (>= 11)'],
    ['GLIBCXX_3.4.33', 'libstdc++6 (>= 14)'],
  ])('%s is of %s', (symbols, expected) => {
    expect(packagesOf(readelfText({ 'libstdc++.so.6': [symbols] }))).toBe(expected);
  });

  it('are asked for where no version is named', () => {
    expect(packagesOf(readelfText({ 'libdl.so.2': [], 'libpthread.so.0': [] }))).toBe('libc6');
  });

  it.each([
    [{}, 'readelf tells of no library that the program needs'],
    [{ 'libz.so.1': [] }, 'the program needs libz.so.1; no Debian package is known that has it'],
    [{ 'libc.so.6': ['GLIBC_PRIVATE'] }, 'the program needs GLIBC_PRIVATE, which is no version of glibc'],
    [
      { 'libstdc++.so.6': ['GLIBCXX_3.4.99'] },
      'the program needs GLIBCXX_3.4.99; no release of GCC is known that has it',
    ],
    [{ 'libstdc++.so.6': ['OTHER_1'] }, 'the program needs OTHER_1; no release of GCC is known that has it'],
  ])('cannot be told of %j', (needs, message) => {
    expect(() => packagesOf(readelfText(needs))).toThrow(new Error(message));
  });
});
