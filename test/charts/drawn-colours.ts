import { chartSvg } from '../../src/charts/svg.ts';
import { type Theme, type ThemeName, themeOf } from '../../src/charts/theme.ts';
import type { ChartSpec } from '../../src/stories/chart-spec.ts';
import type { Palette } from '../../src/stories/tone.ts';
import { boxOf, type Drawn, elements } from './read-svg.ts';

const isColour = (value: string | undefined): value is string => value !== undefined && /^#[0-9a-f]{6}$/.test(value);

/** `over` at an opacity on `ground`, all `#rrggbb`. */
const blend = (over: string, ground: string, opacity: number): string =>
  `#${[1, 3, 5]
    .map((at) => {
      const [a = 0, b = 0] = [over, ground].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
      return Math.round(a * opacity + b * (1 - opacity))
        .toString(16)
        .padStart(2, '0');
    })
    .join('')}`;

/** A text as it is drawn, and the colour right behind it. */
interface DrawnText {
  readonly text: string;
  readonly size: number;
  readonly fill: string;
  readonly behind: string;
}

const holds = ({ attributes }: Drawn, x: number, y: number): boolean => {
  const [left, top] = [Number(attributes.x ?? 0), Number(attributes.y ?? 0)];
  return x >= left && x <= left + Number(attributes.width) && y >= top && y <= top + Number(attributes.height);
};

/** The texts of a picture; behind one with a halo is the halo, else the rectangles that hold its middle. */
export const drawnTexts = (svg: string): readonly DrawnText[] => {
  const all = elements(svg);
  return all.flatMap((element, at) => {
    if (element.name !== 'text') return [];
    const { fill = '', stroke } = element.attributes;
    const box = boxOf(element);
    const behind = all
      .slice(0, at)
      .filter(({ name, attributes }) => name === 'rect' && isColour(attributes.fill))
      .filter((rect) => holds(rect, (box.left + box.right) / 2, (box.top + box.bottom) / 2))
      .reduce(
        (ground, { attributes }) => blend(attributes.fill ?? ground, ground, Number(attributes['fill-opacity'] ?? 1)),
        '#000000',
      );
    return [{ text: element.text, size: Number(element.attributes['font-size']), fill, behind: stroke ?? behind }];
  });
};

/** Colours of what is no mark: grounds, and the lines of axes. */
const furniture = (theme: Theme): ReadonlySet<string> =>
  new Set([theme.ground, theme.grid, theme.rule, theme.lane, theme.raised, theme.muted]);

/** From here on a rectangle is a tag of the axis. */
const TAG_RADIUS = '7';

interface Mark {
  readonly shape: 'line' | 'area';
  readonly colours: readonly string[];
  readonly top: number;
  readonly bottom: number;
}

const heightsOf = ({ name, attributes }: Drawn): readonly number[] => {
  if (name === 'path') return [...(attributes.d ?? '').matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y));
  if (name === 'line') return [Number(attributes.y1), Number(attributes.y2)];
  return [Number(attributes.y), Number(attributes.y) + Number(attributes.height)];
};

/** Lines, and bars and columns, with their colours; not what is drawn faintly under them. */
const marksOf = (spec: ChartSpec, ground: ThemeName, palette: Palette): readonly Mark[] => {
  const all = elements(chartSvg(spec, ground, palette));
  const none = furniture(themeOf(ground, palette));
  const gradients = new Map<string, string[]>();
  let id = '';
  for (const { name, attributes } of all) {
    if (name === 'linearGradient') id = attributes.id ?? '';
    if (name === 'stop') gradients.set(id, [...(gradients.get(id) ?? []), attributes['stop-color'] ?? '']);
  }
  return all.flatMap((element) => {
    const { name, attributes } = element;
    const isLine = (name === 'path' || name === 'line') && Number(attributes['stroke-width'] ?? 1) >= 2;
    const isArea = name === 'rect' && attributes['fill-opacity'] === undefined && attributes.rx !== TAG_RADIUS;
    const paint = isLine ? attributes.stroke : isArea ? attributes.fill : undefined;
    const colours = (gradients.get(/^url\(#(.*)\)$/.exec(paint ?? '')?.[1] ?? '') ?? [paint]).filter(isColour);
    const heights = heightsOf(element);
    const shown = [...new Set(colours)].filter((colour) => !none.has(colour));
    if (shown.length === 0 || heights.length === 0) return [];
    return [
      {
        shape: isLine ? 'line' : 'area',
        colours: shown,
        top: Math.min(...heights),
        bottom: Math.max(...heights),
      } as const,
    ];
  });
};

/** Marks this close are drawn together; panes are farther apart. */
const NEAR = 12;

/** The colours of the marks of one shape that are drawn at the same height, a list for each such part of the picture. */
export const drawnTogether = (spec: ChartSpec, ground: ThemeName, palette: Palette): readonly (readonly string[])[] => {
  const marks = marksOf(spec, ground, palette);
  return (['line', 'area'] as const).flatMap((shape) => {
    const parts: { bottom: number; colours: Set<string> }[] = [];
    for (const { top, bottom, colours } of marks
      .filter((mark) => mark.shape === shape)
      .toSorted((a, b) => a.top - b.top)) {
      const part = parts.at(-1);
      if (part && top < part.bottom + NEAR) {
        part.bottom = Math.max(part.bottom, bottom);
        for (const colour of colours) part.colours.add(colour);
      } else parts.push({ bottom, colours: new Set(colours) });
    }
    return parts.map((part) => [...part.colours]);
  });
};
