import { type Box, GUTTER, MARGIN } from './layout.ts';

/** Where the parts of a slide's picture are, in its units. */
export interface SlideLayout {
  readonly price: Box;
  /** At least a third of the height, so that it has three labels or more. */
  readonly underwater: Box;
  /** Columns of the bill, and the line above them that says whose it is. */
  readonly bill?: { readonly pane: Box; readonly baseline: number };
  readonly datesBaseline: number;
  readonly height: number;
}

const pane = (top: number, bottom: number): Box => ({ left: MARGIN, top, right: GUTTER.plot, bottom });

export const WITH_BILL: SlideLayout = {
  price: pane(128, 258),
  underwater: pane(276, 494),
  bill: { pane: pane(534, 600), baseline: 524 },
  datesBaseline: 632,
  height: 640,
};

export const WITHOUT_BILL: SlideLayout = {
  price: pane(128, 286),
  underwater: pane(306, 508),
  datesBaseline: 544,
  height: 560,
};
