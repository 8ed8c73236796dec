import { labelBox } from './label-placement.ts';
import { type Box, baselineFor, FONT } from './layout.ts';
import { text } from './markup.ts';
import type { Theme } from './theme.ts';

const PRICE_LABEL_HEIGHT = 26;

/** The box of a price label, its middle at `centreY`. */
export const priceLabelBox = (left: number, centreY: number, width: number): Box =>
  labelBox(left, centreY, width, PRICE_LABEL_HEIGHT);

/** How far below `top` or above `bottom` the middle of a price label is when its box touches it. */
export const HALF_PRICE_LABEL_HEIGHT = PRICE_LABEL_HEIGHT / 2;

/** Left edges of a label to the left and to the right of a dot, as far as the label fits into the pane. */
export const besideDot = (x: number, width: number, pane: Box): readonly number[] =>
  [x - width - 16, x + 16].filter((left) => left >= pane.left && left + width <= pane.right);

/** A price in `box`, with its date at `dateOffset` from the left edge if there is one. */
export const datedPrice = (
  box: Box,
  {
    price,
    fill,
    session,
    dateOffset,
  }: { price: string; fill: string; session?: string | undefined; dateOffset: number },
  theme: Theme,
): string => {
  const baseline = baselineFor((box.top + box.bottom) / 2, FONT.mark);
  const halo = theme.ground;
  const date = { size: FONT.axis, fill: theme.muted, halo };
  return (
    text(box.left, baseline, price, { size: FONT.mark, fill, bold: true, halo }) +
    (session === undefined ? '' : text(box.left + dateOffset, baseline, session, date))
  );
};
