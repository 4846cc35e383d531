// World: none.
import { describe, expect, it } from 'vitest';
import { comparedOperands } from './comparison-operands.ts';

describe('the compared operands of an expression', () => {
  it.each([
    ['a / b > 0.8', ['a / b']],
    ['sum by (x) (rate(a{b!="c"}[5m])) >= on (x) group_left () b', ['sum by (x) (rate(a{b!="c"}[5m]))']],
    ['a > 1 and b == bool 2 unless c != 3', ['a', 'b', 'c']],
    ['(a > 1) / b < 5', ['(a > 1) / b', 'a']],
    ['count(a <= 0) + 1', ['a']],
    ['absent(a)', ['absent(a)']],
  ])('%s', (expression, operands) => {
    expect(comparedOperands(expression)).toEqual(operands);
  });

  it('is refused where it is no PromQL', () => {
    expect(() => comparedOperands('sum(a > 1')).toThrow('no PromQL');
  });
});
