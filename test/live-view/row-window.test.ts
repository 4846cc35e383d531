// World: none. Which rows of a long list are in the document.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  firstVisible,
  MAX_HEIGHT_PX,
  rowWindow,
  type Scrolled,
  scrollTopToShow,
  visibleRows,
} from '../../src/live-view/row-window.ts';

const LIST: Scrolled = { scrollTop: 0, viewportHeight: 500, rowHeight: 25, total: 50_000 };

test('at the top there are the rows in view, and some more', () => {
  expect(rowWindow(LIST)).toEqual({ first: 0, end: 30, top: 0, height: 1_250_000 });
});

test('in the middle rows stand where they would without a window', () => {
  expect(rowWindow({ ...LIST, scrollTop: 1_000_000 })).toEqual({
    first: 39_990,
    end: 40_030,
    top: 999_750,
    height: 1_250_000,
  });
});

test('an empty list has no rows, and one that has become short none that are not there', () => {
  expect(rowWindow({ ...LIST, total: 0 })).toEqual({ first: 0, end: 0, top: 0, height: 0 });
  expect(rowWindow({ ...LIST, total: 30, scrollTop: 1_000_000 })).toMatchObject({ first: 0, end: 30, top: 0 });
});

test('a window as tall as its list does not put the whole list into the document', () => {
  const { first, end } = rowWindow({ ...LIST, viewportHeight: 1_250_000 });
  expect(end - first).toBe(400);
});

const scrolledLists = fc
  .record({
    viewportHeight: fc.integer({ min: 0, max: 3_000 }),
    rowHeight: fc.integer({ min: 10, max: 60 }),
    total: fc.integer({ min: 0, max: 5_000_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ share, ...list }): Scrolled => {
    const height = Math.min(list.total * list.rowHeight, MAX_HEIGHT_PX);
    return { ...list, scrollTop: Math.round(share * Math.max(0, height - list.viewportHeight)) };
  });

describe('however long the list is', () => {
  test('the rows fill what is in view, and lie in a list that a browser can make', () => {
    fc.assert(
      fc.property(scrolledLists, (list) => {
        const { first, end, top, height } = rowWindow(list);
        expect(height).toBeLessThanOrEqual(MAX_HEIGHT_PX);
        const shownHeight = Math.min(list.viewportHeight, height);
        expect(top).toBeLessThanOrEqual(list.scrollTop);
        expect(top + (end - first) * list.rowHeight).toBeGreaterThanOrEqual(list.scrollTop + shownHeight - 1);
      }),
    );
  });

  test('every row can be reached, and is then in view', () => {
    const target = fc.tuple(scrolledLists, fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(target, ([list, share]) => {
        fc.pre(list.total > 0 && list.viewportHeight >= list.rowHeight);
        const position = Math.floor(share * (list.total - 1));
        const scrolled = { ...list, scrollTop: scrollTopToShow(position, list) };
        const { first, top } = rowWindow(scrolled);
        const rowTop = top + (position - first) * list.rowHeight - scrolled.scrollTop;
        expect(rowTop).toBeGreaterThanOrEqual(-0.01);
        expect(rowTop + list.rowHeight).toBeLessThanOrEqual(list.viewportHeight + 0.01);
      }),
    );
  });
});

test('a row that is in view moves nothing', () => {
  expect(scrollTopToShow(110, { ...LIST, scrollTop: 2_510 })).toBe(2_510);
});

test('rows that can be seen whole', () => {
  expect(visibleRows({ ...LIST, viewportHeight: 510 })).toBe(20);
  expect(visibleRows({ ...LIST, viewportHeight: 3 })).toBe(1);
  expect(firstVisible({ ...LIST, scrollTop: 2_510 })).toBe(101);
  expect(firstVisible({ ...LIST, total: 0 })).toBe(0);
});
