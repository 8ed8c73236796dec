import type { Action } from './card.ts';

/** A phone shows four side by side. */
export const BUTTONS_PER_ROW = 4;

/** Buttons in rows of at most `size`, and where one begins a row. */
export const actionRows = (actions: readonly Action[], size: number): Action[][] => {
  const rows: Action[][] = [];
  for (const action of actions) {
    const row = rows.at(-1);
    if (row === undefined || row.length >= size || action.beginsRow) rows.push([action]);
    else row.push(action);
  }
  return rows;
};
