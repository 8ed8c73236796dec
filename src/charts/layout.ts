/** Size of a picture in its own units, which are pixels of the PNG. */
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

/** Baseline of the dates under the panes. */
export const DATES_BASELINE = 538;

/** Font sizes in picture units. Chats show pictures 550 px wide, where these are 11 px and more. */
export const FONT = { axis: 20, mark: 21, header: 34, ticker: 44 } as const;

/**
 * Text sizes in picture units. None is smaller than `mark`, which is 15 pixels where a chat shows a picture 550 wide, and
 * 9 on a phone.
 */
export const TEXT = { ticker: 54, number: 44, mark: 28 } as const;

/** The right gutter: where the plot ends, and where the labels and the tags of its values begin. */
export const GUTTER = { plot: 838, tag: 846, label: 856 } as const;

/** Half of Inter's capital height, as a fraction of the font size. */
const HALF_CAPITAL_HEIGHT = 0.364;

/** The baseline that centres capitals and digits of a font size on `centreY`. */
export const baselineFor = (centreY: number, size: number): number => centreY + size * HALF_CAPITAL_HEIGHT;

export const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
