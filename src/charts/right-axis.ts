import { AXIS_LEFT, type Box, baselineFor, clamp, FONT, MARGIN, WIDTH } from './layout.ts';
import { horizontal, rect, text } from './markup.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

export interface Tick {
  readonly y: number;
  readonly label: string;
}

/** The newest value, shown as a filled tag on the axis. */
export interface Tag extends Tick {
  readonly fill: string;
}

const PADDING = 9;
const TAG_HEIGHT = 34;
const TICK_HEIGHT = 28;

/** Grid lines with their values on the right, few and faint. A value that the tag would cover is left out. */
export const rightAxis = (pane: Box, ticks: readonly Tick[], tag: Tag, theme: Theme): string => {
  const tagY = clamp(tag.y, pane.top - 4, pane.bottom);
  return ticks
    .map((tick) => {
      const hidden = Math.abs(tick.y - tagY) < (TAG_HEIGHT + TICK_HEIGHT) / 2;
      const label = text(AXIS_LEFT, baselineFor(tick.y, FONT.axis), tick.label, { size: FONT.axis, fill: theme.muted });
      return horizontal(pane.left, pane.right, tick.y, theme.grid) + (hidden ? '' : label);
    })
    .join('');
};

/** Drawn last, above the lines that end in it. */
export const axisTag = (pane: Box, tag: Tag, theme: Theme): string => {
  const y = clamp(tag.y, pane.top - 4, pane.bottom);
  const width = textWidth(tag.label, FONT.axis);
  const box = {
    left: AXIS_LEFT - PADDING,
    top: y - TAG_HEIGHT / 2,
    right: Math.min(AXIS_LEFT + width + PADDING, WIDTH - MARGIN / 4),
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
