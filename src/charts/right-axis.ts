import { AXIS_LEFT, type Box, baselineFor, clamp, FONT, MARGIN, WIDTH } from './layout.ts';
import { horizontal, rect, text } from './markup.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

export interface Tick {
  readonly y: number;
  readonly label: string;
}

/** The latest value, shown as a filled tag on the axis. */
export interface Tag extends Tick {
  readonly fill: string;
}

/** Lengths in picture units. */
const TAG_PADDING = 9;
const TAG_HEIGHT = 34;
const TICK_HEIGHT = 28;

const tagMiddle = ({ y }: Tag, pane: Box): number => clamp(y, pane.top - 4, pane.bottom);

/** Grid lines with their values on the right, except values that the tag would cover. */
export const rightAxis = (pane: Box, ticks: readonly Tick[], tag: Tag, theme: Theme): string => {
  const tagY = tagMiddle(tag, pane);
  return ticks
    .map((tick) => {
      const hidden = Math.abs(tick.y - tagY) < (TAG_HEIGHT + TICK_HEIGHT) / 2;
      const label = text(AXIS_LEFT, baselineFor(tick.y, FONT.axis), tick.label, { size: FONT.axis, fill: theme.muted });
      return horizontal(pane.left, pane.right, tick.y, theme.grid) + (hidden ? '' : label);
    })
    .join('');
};

/** The tag of the latest value. Draw it last, above the lines that end at it. */
export const axisTag = (pane: Box, tag: Tag, theme: Theme): string => {
  const y = tagMiddle(tag, pane);
  const width = textWidth(tag.label, FONT.axis);
  const box = {
    left: AXIS_LEFT - TAG_PADDING,
    top: y - TAG_HEIGHT / 2,
    right: Math.min(AXIS_LEFT + width + TAG_PADDING, WIDTH - MARGIN / 4),
    bottom: y + TAG_HEIGHT / 2,
  };
  const middle = (box.left + box.right) / 2;
  return (
    rect(box, tag.fill, 7) +
    text(middle, baselineFor(y, FONT.axis), tag.label, {
      size: FONT.axis,
      fill: theme.onTag,
      bold: true,
      anchor: 'middle',
    })
  );
};
