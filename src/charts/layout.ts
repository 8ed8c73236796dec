/** Everything is drawn on this many units; the PNG scales them. */
export const WIDTH = 1000;
export const HEIGHT = 560;

/** Free space between the picture's edge and anything drawn. */
export const MARGIN = 28;

/** A rectangle in picture units; y grows downwards. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Right end of both panes; the axis labels stand to the right of it. */
export const PLOT_RIGHT = 866;
export const AXIS_LEFT = 884;

export const PRICE_PANE: Box = { left: MARGIN, top: 122, right: PLOT_RIGHT, bottom: 342 };
export const UNDERWATER_PANE: Box = { left: MARGIN, top: 378, right: PLOT_RIGHT, bottom: 500 };

/** The one pane of a picture that has no second. */
export const WHOLE_PANE: Box = { left: MARGIN, top: 118, right: PLOT_RIGHT, bottom: 500 };

/** Baseline of the dates under the panes. */
export const DATES_BASELINE = 538;

/** At 550 px, where chats show the picture, these are 11 px and more. */
export const FONT = { axis: 20, mark: 21, header: 34, ticker: 44 } as const;

/** Inter's capital height is 0.727 of its size: half of it centres capitals and digits on a line. */
const HALF_CAPITAL = 0.364;

export const baselineFor = (centreY: number, size: number): number => centreY + size * HALF_CAPITAL;

export const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
