// World: none. What Grafana would show, or refuse, of the dashboards as they are committed.
import { describe, expect, it } from 'vitest';
import { readBoards } from './checks/board.ts';
import { CHECKS } from './checks/checks.ts';

const BOARDS = readBoards();

describe.each(BOARDS)('the dashboard $dialect/$name', (board) => {
  it.each(Object.entries(CHECKS))('%s', (_, check) => {
    expect(check(board, BOARDS)).toEqual([]);
  });
});
