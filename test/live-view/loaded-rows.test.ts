// World: none. The rows that have come, by position.
import { describe, expect, test } from 'vitest';
import { CHUNK_ROWS, chunksAround, LoadedRows } from '../../src/live-view/loaded-rows.ts';
import { connection, endpointsAnswer } from './endpoints.ts';

function loaded(total: number, ...ranges: (readonly [offset: number, end: number])[]): LoadedRows {
  const rows = new LoadedRows('', endpointsAnswer('c1', 0, 0, 0).collection, undefined, total);
  for (const [offset, end] of ranges)
    rows.add({ offset, end }, endpointsAnswer('c1', total, offset, end - offset).endpoints);
  return rows;
}

describe('rows are asked for in whole chunks', () => {
  test.each([
    [
      { offset: 0, end: 30 },
      { offset: 0, end: 100 },
    ],
    [
      { offset: 95, end: 130 },
      { offset: 0, end: 200 },
    ],
    [
      { offset: 100, end: 200 },
      { offset: 100, end: 200 },
    ],
    [
      { offset: 250, end: 250 },
      { offset: 200, end: 300 },
    ],
    [
      { offset: 50, end: 5_000 },
      { offset: 0, end: 1_000 },
    ],
  ])('%o: %o', (range, chunks) => {
    expect(chunksAround(range)).toEqual(chunks);
  });
});

test('rows are found by position, and are missing where nobody asked', () => {
  const rows = loaded(1_000, [200, 400]);
  expect(rows.at(200)).toEqual(connection(200));
  expect(rows.at(399)).toEqual(connection(399));
  expect(rows.at(199)).toBeUndefined();
  expect(rows.at(400)).toBeUndefined();
});

test('a range is there when all its rows are, and the last chunk may be short', () => {
  const rows = loaded(350, [100, 400]);
  expect(rows.has({ offset: 100, end: 350 })).toBe(true);
  expect(rows.has({ offset: 320, end: 900 })).toBe(true);
  expect(rows.has({ offset: 99, end: 101 })).toBe(false);
  expect(loaded(1_000, [100, 200]).has({ offset: 190, end: 210 })).toBe(false);
  expect(loaded(0, [0, 100]).has({ offset: 0, end: 30 })).toBe(true);
});

test('a list that has become shorter than its total says is not asked for again and again', () => {
  const rows = loaded(1_000);
  rows.add({ offset: 0, end: 200 }, endpointsAnswer('c1', 50, 0, 200).endpoints);
  expect(rows.has({ offset: 0, end: 200 })).toBe(true);
  expect(rows.at(150)).toBeUndefined();
});

test('only so many rows are kept: those that came first go', () => {
  const rows = loaded(1_000_000);
  for (let chunk = 0; chunk < 300; chunk++)
    rows.add({ offset: chunk * CHUNK_ROWS, end: (chunk + 1) * CHUNK_ROWS }, [connection(chunk)]);
  expect(rows.at(99 * CHUNK_ROWS)).toBeUndefined();
  expect(rows.at(100 * CHUNK_ROWS)).toEqual(connection(100));
  expect(rows.at(299 * CHUNK_ROWS)).toEqual(connection(299));
});

describe('an endpoint is found again', () => {
  test('wherever it has gone, and whatever has become of it', () => {
    const rows = loaded(1_000, [0, 200]);
    expect(rows.find({ ...connection(150), state: 'time_wait', pid: null, process: '_none' }, 3)).toBe(150);
    expect(rows.find(connection(201), 3)).toBeUndefined();
  });

  test('of those that are alike the nearest one', () => {
    const rows = loaded(1_000);
    rows.add({ offset: 0, end: 100 }, [connection(1), connection(1), connection(2), connection(1)]);
    expect(rows.find(connection(1), 0)).toBe(0);
    expect(rows.find(connection(1), 3)).toBe(3);
    expect(rows.find(connection(1), 99)).toBe(3);
  });
});
