import type { Polyline } from './curve.ts';
import { labelBox, placeLabel } from './label-placement.ts';
import { type Box, baselineFor, TEXT } from './layout.ts';
import { text } from './markup.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

const LABEL = 'LOG';
const HEIGHT = 32;
/** From the pane's edges. */
const INSET = 12;

/** Says that equal heights are equal changes: in the corner of a pane that its line, and labels in it, leave free. */
export const logMark = (pane: Box, track: Polyline, theme: Theme, taken: readonly Box[] = []): string => {
  const width = textWidth(LABEL, TEXT.mark);
  const corners = [pane.top + INSET + HEIGHT / 2, pane.bottom - INSET - HEIGHT / 2].flatMap((centre) =>
    [pane.left + INSET, pane.right - INSET - width].map((left) => labelBox(left, centre, width, HEIGHT)),
  );
  const box = placeLabel(corners, taken, [track]);
  return text(box.left, baselineFor((box.top + box.bottom) / 2, TEXT.mark), LABEL, {
    size: TEXT.mark,
    fill: theme.muted,
    weight: 600,
    halo: theme.ground,
  });
};
