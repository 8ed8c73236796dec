import { spreadLabels } from './label-placement.ts';
import { baselineFor, GUTTER, TEXT, WIDTH } from './layout.ts';
import { rect, text } from './markup.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

/** A value of an axis, its label at the right of the plot. */
export interface GutterLabel {
  readonly y: number;
  readonly label: string;
  /** A colour for text. Default: muted, as a grid line's value. */
  readonly fill?: string;
}

/** The latest value of a pane, as a filled tag. `fill` is a colour for text, so that the text on it reads as well. */
export interface GutterTag extends GutterLabel {
  readonly fill: string;
}

/** Lengths in picture units. */
const TAG_HEIGHT = 38;
const TAG_RADIUS = 7;
/** Between the middles of two tags. */
const TAG_SPACING = TAG_HEIGHT + 2;
/** From the middle of a label to that of a tag, and to that of another label. */
const TAG_CLEARANCE = 34;
const LABEL_SPACING = 32;
/** A label moves this far to make room for a tag; one that would have to move more goes. */
const MAX_MOVE = 4;

/** The tags, as far apart as they need, all within `top`..`bottom`. */
export const placeTags = <T extends GutterTag>(tags: readonly T[], top: number, bottom: number): readonly T[] => {
  const heights = spreadLabels(
    tags.map(({ y }) => y),
    TAG_SPACING,
    top + TAG_HEIGHT / 2,
    bottom - TAG_HEIGHT / 2,
  );
  return tags.map((tag, at) => ({ ...tag, y: heights[at] ?? tag.y }));
};

/** A tag moves this far from its value to make room for a label that has to stay. */
const MAX_TAG_MOVE = 8;

/** The tag moved away from a label that has to stay, as far as that is little. */
export const besideLabel = <T extends GutterTag>(tag: T, label: GutterLabel | undefined): T => {
  if (!label) return tag;
  const move = TAG_CLEARANCE - Math.abs(tag.y - label.y);
  if (move <= 0 || move > MAX_TAG_MOVE) return tag;
  return { ...tag, y: tag.y < label.y ? tag.y - move : tag.y + move };
};

const isNarrow = ({ label }: GutterLabel): boolean => GUTTER.label + textWidth(label, TEXT.mark) <= WIDTH;

/**
 * The labels that have room in the gutter, beside tags and labels that are placed. Of two that are too close together the
 * first stays.
 */
export const placeLabels = (
  labels: readonly GutterLabel[],
  tags: readonly GutterTag[],
  others: readonly GutterLabel[] = [],
): readonly GutterLabel[] => {
  const placed: GutterLabel[] = [];
  for (const label of labels.filter(isNarrow)) {
    const tooNear = tags.find((tag) => Math.abs(label.y - tag.y) < TAG_CLEARANCE);
    const move = tooNear ? TAG_CLEARANCE - Math.abs(label.y - tooNear.y) : 0;
    const y = tooNear && label.y < tooNear.y ? label.y - move : label.y + move;
    const isFree =
      move <= MAX_MOVE &&
      tags.every((tag) => Math.abs(y - tag.y) >= TAG_CLEARANCE) &&
      [...others, ...placed].every((other) => Math.abs(y - other.y) >= LABEL_SPACING);
    if (isFree) placed.push({ ...label, y });
  }
  return placed;
};

/** Labels of an axis, its tag among them: fewer do not say what a height means. */
const MIN_LABELS = 3;
/** Grid lines that are closer together are drawn where they have a label. */
const MIN_GRID_SPACING = 30;
/** From here on labels do not look crowded. */
const EASY_SPACING = 40;

/** Labels that are placed, and the heights of the grid lines. */
export interface Axis {
  readonly grid: readonly number[];
  readonly labels: readonly GutterLabel[];
}

/** What an axis has to leave room for. */
interface Beside {
  /** Placed already, as are `others`. */
  readonly tags: readonly GutterTag[];
  readonly others?: readonly GutterLabel[];
  /** A label that is worth more than those of the grid. */
  readonly first?: GutterLabel | undefined;
  /** Labels to have beside the tags, if a grid whose labels are not crowded has them; default: two. */
  readonly wanted?: number;
}

/** The smallest distance between two lines of a grid. */
const spacingOf = (ticks: readonly GutterLabel[]): number => {
  const heights = ticks.map(({ y }) => y).toSorted((a, b) => a - b);
  return Math.min(...heights.slice(1).map((y, at) => y - (heights[at] ?? 0)));
};

const hasLine = (ticks: readonly GutterLabel[], y: number): boolean => ticks.some((tick) => Math.abs(tick.y - y) < 0.5);

/** The first of some grids, coarser before finer, that leaves labels enough beside the tags, or the one that leaves most. */
export const axisBeside = (
  grids: readonly (readonly GutterLabel[])[],
  { tags, others = [], first, wanted = MIN_LABELS - 1 }: Beside,
): Axis => {
  const axisAt = (ticks: readonly GutterLabel[], at: number): Axis & { readonly isEasy: boolean } => {
    const spacing = spacingOf(ticks);
    const lines = ticks.filter(({ label }) => label !== first?.label);
    const placed = (ordered: readonly GutterLabel[]) =>
      placeLabels([...(first ? [first] : []), ...ordered], tags, others);
    const isEasy = spacing >= EASY_SPACING;
    if (spacing >= MIN_GRID_SPACING) return { isEasy, grid: lines.map(({ y }) => y), labels: placed(lines) };

    // Of lines that are too close together for a label each, the rounder values have theirs, if those are enough.
    const coarser = grids.slice(0, at);
    const ranked = lines.map((line) => ({ line, rank: coarser.findIndex((grid) => hasLine(grid, line.y)) }));
    const rounder = placed(
      ranked.toSorted((a, b) => (a.rank < 0 ? at : a.rank) - (b.rank < 0 ? at : b.rank)).map(({ line }) => line),
    );
    const labels = rounder.length + 1 >= MIN_LABELS ? rounder : placed(lines);
    const shown = new Set(labels.map(({ label }) => label));
    return { isEasy, grid: lines.filter(({ label }) => shown.has(label)).map(({ y }) => y), labels };
  };
  let enough: Axis | undefined;
  let most: Axis = { grid: [], labels: [] };
  for (const [at, ticks] of grids.entries()) {
    const axis = axisAt(ticks, at);
    if (axis.isEasy && axis.labels.length >= wanted) return axis;
    if (axis.labels.length + 1 >= MIN_LABELS) enough ??= axis;
    if (axis.labels.length > most.labels.length) most = axis;
    // Finer grids are more crowded.
    if (enough && !axis.isEasy) break;
  }
  return enough ?? most;
};

/** Labels and tags that are placed. Draw them after the lines that end at them. */
export const gutter = (labels: readonly GutterLabel[], tags: readonly GutterTag[], theme: Theme): string =>
  [
    ...labels.map(({ y, label, fill }) =>
      text(GUTTER.label, baselineFor(y, TEXT.mark), label, {
        size: TEXT.mark,
        fill: fill ?? theme.muted,
        weight: fill === undefined ? 500 : 600,
      }),
    ),
    ...tags.map(({ y, label, fill }) => {
      const right = Math.min(GUTTER.label + textWidth(label, TEXT.mark) + (GUTTER.label - GUTTER.tag), WIDTH - 4);
      const box = { left: GUTTER.tag, top: y - TAG_HEIGHT / 2, right, bottom: y + TAG_HEIGHT / 2 };
      const style = { size: TEXT.mark, fill: theme.onTag, bold: true };
      return rect(box, fill, TAG_RADIUS) + text(GUTTER.label, baselineFor(y, TEXT.mark), label, style);
    }),
  ].join('');
