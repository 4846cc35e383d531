// World: none. Rules that add a piece of the command line to a name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNameRule } from '../../../src/config/values/name-rule.ts';

describe('a name rule', () => {
  it.each([
    ['w3wp.exe=-ap "([^"]+)"', 'w3wp.exe', 'w3wp.exe -ap "DefaultAppPool" -v "v4.0"', 'DefaultAppPool'],
    ['java=\\.([A-Z]\\w+)', 'java', 'java -cp a:b org.example.Broker --port=1', 'Broker'],
    ['node=(?<script>[^/]+\\.js)', 'node', 'node /opt/app/server.js', 'server.js'],
    ['a=x|(y)', 'a', 'y', 'y'],
  ])('%s is for the processes of %s, and finds a piece of the command line', (text, image, commandLine, piece) => {
    const rule = parseNameRule(text);
    expect(rule.image).toBe(image);
    expect(rule.pattern.exec(commandLine)?.[1]).toBe(piece);
  });

  it('has its image before the first =, and all that follows is the expression', () => {
    const { image, pattern } = parseNameRule(' my app = --name=(.)');
    expect([image, pattern.source]).toEqual(['my app', ' --name=(.)']);
  });

  it('finds the same each time, across the lines of a command line too', () => {
    const { pattern } = parseNameRule('sh=-c.(exit.*)$');
    const found = [1, 2].map(() => pattern.exec('sh -c\nexit 1;\nexit 2')?.[1]);
    expect(found).toEqual(['exit 1;\nexit 2', 'exit 1;\nexit 2']);
  });

  it.each([
    ['java', 'has no ='],
    ['', 'has no ='],
    ['=(a)', 'has no image before its ='],
    [' =(a)', 'has no image before its ='],
    ['java=', 'has a regular expression without a group'],
    ['java=kafka', 'has a regular expression without a group'],
    ['java=(?:kafka)', 'has a regular expression without a group'],
    ['java=\\(kafka\\)', 'has a regular expression without a group'],
    ['java=[(]', 'has a regular expression without a group'],
    ['java=(?=kafka)', 'has a regular expression without a group'],
    ['java=(', 'is not a regular expression (Unterminated group)'],
    ['java=a: (', 'is not a regular expression (Unterminated group)'],
    ['java=(a))(b', "is not a regular expression (Unmatched ')')"],
    ['java=\\Q(a)', 'is not a regular expression (Invalid escape)'],
  ])('is not written %j, which %s', (text, problem) => {
    expect(() => parseNameRule(text)).toThrow(`${problem}; allowed: IMAGE=REGEX, a JavaScript regular expression`);
  });

  it('has an expression that matches with a group, or is refused, whatever is written', () => {
    const piece = fc.constantFrom(...'()|[]?:=<n>\\*+{},^$.ab1/-'.split(''), '(?:', '(?=', '(?<n>', '\\(', '\\1');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const expression = pieces.join('');
        const groups = groupsOf(expression);
        if (groups > 0)
          expect(parseNameRule(`a=${expression}`).pattern.source).toBe(new RegExp(expression, 'su').source);
        else expect(() => parseNameRule(`a=${expression}`)).toThrow(/; allowed: IMAGE=REGEX/);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** How many groups an expression has: counted by the engine, where it is followed by as many references to them. 0 where it is none. */
function groupsOf(expression: string): number {
  try {
    new RegExp(expression, 'su');
  } catch {
    return 0;
  }
  for (let groups = 0; ; groups++) {
    try {
      new RegExp(`(?:${expression})\\${groups + 1}`, 'su');
    } catch {
      return groups;
    }
  }
}
