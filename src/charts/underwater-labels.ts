import { type Box, clamp, FONT, UNDERWATER_PANE as pane } from './layout.ts';
import { type Line, placeLabel } from './place-label.ts';
import { textWidth } from './text-width.ts';

const HEIGHT = 24;

const boxAt = (centreX: number, centreY: number, width: number): Box => {
  const left = clamp(centreX - width / 2, pane.left + 2, pane.right - width - 2);
  return { left, top: centreY - HEIGHT / 2, right: left + width, bottom: centreY + HEIGHT / 2 };
};

/** A label may reach a little out of the pane, but neither into the pane above nor into the dates below. */
const inside = (box: Box): boolean => box.top >= pane.top - 4 && box.bottom <= pane.bottom + 10;

/** Along the level's line, at `y`, below and above it. */
export const placeLevelLabel = (label: string, y: number, taken: readonly Box[], track: Line): Box => {
  const width = textWidth(label, FONT.axis);
  const places = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => {
    const x = pane.left + share * (pane.right - pane.left);
    return [boxAt(x, y + 17, width), boxAt(x, y - 17, width)];
  });
  return placeLabel(places.filter(inside), taken, [track]);
};

/** Around the deepest point: beside it, then below and above. `levelY` is the height of the level's line. */
export const placeDeepestLabel = (label: string, [x, y]: Line[number], track: Line, levelY?: number): Box => {
  const width = textWidth(label, FONT.mark);
  const side = width / 2 + 16;
  const places = [
    boxAt(x + side, y + 4, width),
    boxAt(x - side, y + 4, width),
    boxAt(x, y + 26, width),
    boxAt(x + side, y - 14, width),
    boxAt(x - side, y - 14, width),
    boxAt(x, y - 26, width),
  ];
  const level: Line = levelY === undefined ? [] : [pane.left, pane.right].map((end) => [end, levelY] as const);
  return placeLabel(places.filter(inside), [], [track, level]);
};
