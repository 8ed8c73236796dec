import type { Box } from './layout.ts';

/** A line on the picture, x growing. */
export type Line = readonly (readonly [x: number, y: number])[];

/** Distance that a label keeps from lines and from other labels. */
const AIR = 4;

const overlap = (a: Box, b: Box): number => {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
};

const heightAt = ([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number], x: number): number =>
  x2 === x1 ? y1 : y1 + ((x - x1) / (x2 - x1)) * (y2 - y1);

/** Over how many units of x a line runs through a box. */
const crossed = (box: Box, line: Line): number => {
  let units = 0;
  for (let index = 1; index < line.length; index++) {
    const from = line[index - 1] as Line[number];
    const to = line[index] as Line[number];
    const left = Math.max(from[0], box.left);
    const right = Math.min(to[0], box.right);
    if (left > right) continue;
    const a = heightAt(from, to, left);
    const b = heightAt(from, to, right);
    if (Math.min(a, b) <= box.bottom && Math.max(a, b) >= box.top) units += Math.max(right - left, 1);
  }
  return units;
};

/** What a label must not cover: boxes of other labels weigh far more than lines, which a halo can interrupt. */
const cost = (box: Box, taken: readonly Box[], lines: readonly Line[]): number => {
  const wide = { left: box.left - AIR, top: box.top - AIR, right: box.right + AIR, bottom: box.bottom + AIR };
  const boxes = taken.reduce((sum, other) => sum + overlap(wide, other), 0);
  return boxes * 1000 + lines.reduce((sum, line) => sum + crossed(wide, line), 0);
};

/** The candidate that covers least; of equal ones, the first. Candidates stand in order of preference, at least one. */
export const placeLabel = <T extends Box>(
  candidates: readonly T[],
  taken: readonly Box[],
  lines: readonly Line[],
): T => {
  const costs = candidates.map((box) => cost(box, taken, lines));
  return candidates[costs.indexOf(Math.min(...costs))] as T;
};
