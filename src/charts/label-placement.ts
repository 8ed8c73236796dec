import type { Polyline } from './curve.ts';
import type { Box } from './layout.ts';

/** Distance of a label from lines and from other labels, in picture units. */
const LABEL_CLEARANCE = 4;

const overlap = (a: Box, b: Box): number => {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
};

const heightAt = ([x1, y1]: Polyline[number], [x2, y2]: Polyline[number], x: number): number =>
  x2 === x1 ? y1 : y1 + ((x - x1) / (x2 - x1)) * (y2 - y1);

/** Units of x over which a line runs through a box. */
const crossed = (box: Box, line: Polyline): number => {
  let units = 0;
  for (let index = 1; index < line.length; index++) {
    const from = line[index - 1] as Polyline[number];
    const to = line[index] as Polyline[number];
    const left = Math.max(from[0], box.left);
    const right = Math.min(to[0], box.right);
    if (left > right) continue;
    const a = heightAt(from, to, left);
    const b = heightAt(from, to, right);
    if (Math.min(a, b) <= box.bottom && Math.max(a, b) >= box.top) units += Math.max(right - left, 1);
  }
  return units;
};

/** Cost of covering other labels and lines. Labels weigh far more: a halo keeps text on a line readable. */
const cost = (box: Box, taken: readonly Box[], lines: readonly Polyline[]): number => {
  const padded = {
    left: box.left - LABEL_CLEARANCE,
    top: box.top - LABEL_CLEARANCE,
    right: box.right + LABEL_CLEARANCE,
    bottom: box.bottom + LABEL_CLEARANCE,
  };
  const boxes = taken.reduce((sum, other) => sum + overlap(padded, other), 0);
  return boxes * 1000 + lines.reduce((sum, line) => sum + crossed(padded, line), 0);
};

/** The box of a label `width` x `height` whose middle is at the height `centreY`. */
export const labelBox = (left: number, centreY: number, width: number, height: number): Box => ({
  left,
  top: centreY - height / 2,
  right: left + width,
  bottom: centreY + height / 2,
});

/** The candidate that covers least, the first of equals. Expects at least one candidate, in order of preference. */
export const placeLabel = <T extends Box>(
  candidates: readonly T[],
  taken: readonly Box[],
  lines: readonly Polyline[],
): T => {
  const costs = candidates.map((box) => cost(box, taken, lines));
  return candidates[costs.indexOf(Math.min(...costs))] as T;
};

/**
 * Moves positions on an axis apart until neighbours have `gap` between them, as little as possible, all within
 * low..high (which must be long enough). Returns them in the order given; positions with enough distance stay.
 */
export const spreadLabels = (wanted: readonly number[], gap: number, low: number, high: number): readonly number[] => {
  const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] as number) - (wanted[b] as number));
  /** Groups of touching labels; a group starts at the mean of its members' wanted positions, less their offsets. */
  const groups: { members: number[]; start: number }[] = [];
  const startOf = (members: readonly number[]): number => {
    const mean = members.reduce((sum, at, n) => sum + (wanted[at] as number) - n * gap, 0) / members.length;
    return Math.min(Math.max(mean, low), high - (members.length - 1) * gap);
  };
  for (const at of order) {
    let members = [at];
    for (
      let last = groups.at(-1);
      last && last.start + last.members.length * gap > startOf(members);
      last = groups.at(-1)
    ) {
      members = [...last.members, ...members];
      groups.pop();
    }
    groups.push({ members, start: startOf(members) });
  }
  const placed = [...wanted];
  for (const { members, start } of groups) for (const [n, at] of members.entries()) placed[at] = start + n * gap;
  return placed;
};
