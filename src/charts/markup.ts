import type { Box } from './layout.ts';

/** Characters that XML 1.0 forbids even as references: controls, lone surrogates, two non-characters. */
const FORBIDDEN_IN_XML = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes any string for XML text and quoted attributes. */
export const escapeXml = (text: string): string =>
  text.replace(FORBIDDEN_IN_XML, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** Rounds a coordinate to one decimal, which is finer than any screen shows; -0 becomes 0. */
export const coordinate = (value: number): number => Math.round(value * 10) / 10 + 0;

interface TextStyle {
  readonly size: number;
  readonly fill: string;
  /** Default: 500, or 700 if bold. */
  readonly weight?: 500 | 600 | 700;
  readonly bold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Colour of an outline that keeps lines behind the text away from it. */
  readonly halo?: string;
}

/** One line of text; `y` is its baseline. */
export const text = (x: number, y: number, content: string, style: TextStyle): string => {
  const halo = style.halo
    ? ` stroke="${style.halo}" stroke-width="6" stroke-linejoin="round" paint-order="stroke"`
    : '';
  const anchor = style.anchor && style.anchor !== 'start' ? ` text-anchor="${style.anchor}"` : '';
  return `<text x="${coordinate(x)}" y="${coordinate(y)}" font-size="${style.size}" font-weight="${style.weight ?? (style.bold ? 700 : 500)}" fill="${style.fill}"${anchor}${halo}>${escapeXml(content)}</text>`;
};

/** A horizontal line. `extra` is more attributes, with a leading space. */
export const horizontal = (left: number, right: number, y: number, stroke: string, extra = ''): string =>
  `<line x1="${coordinate(left)}" x2="${coordinate(right)}" y1="${coordinate(y)}" y2="${coordinate(y)}" stroke="${stroke}"${extra}/>`;

/** A vertical line. `extra` is more attributes, with a leading space. */
export const vertical = (x: number, top: number, bottom: number, stroke: string, extra = ''): string =>
  `<line x1="${coordinate(x)}" x2="${coordinate(x)}" y1="${coordinate(top)}" y2="${coordinate(bottom)}" stroke="${stroke}"${extra}/>`;

/** Width and height of the triangle of a heading. */
export const TRIANGLE = { width: 26, height: 24 } as const;
/** Of one beside a label. */
export const SMALL_TRIANGLE = { width: 18, height: 15 } as const;

/** ▼ or ▲, drawn, because fonts differ; `left` and `baseline` as for text beside it. */
export const triangle = (
  left: number,
  baseline: number,
  fill: string,
  points: 'down' | 'up',
  { width, height }: typeof TRIANGLE | typeof SMALL_TRIANGLE = TRIANGLE,
): string => {
  const foot = height / 6;
  const [bottom, top] = [baseline - foot, baseline - foot - height];
  const [base, tip] = points === 'down' ? [top, bottom] : [bottom, top];
  const [x, middle, right] = [left, left + width / 2, left + width].map(coordinate);
  return `<path d="M${x},${coordinate(base)}L${right},${coordinate(base)}L${middle},${coordinate(tip)}Z" fill="${fill}"/>`;
};

/** A dot with a ring in the background colour, which separates it from the line under it. */
export const dot = (x: number, y: number, fill: string, ground: string, radius = 7): string =>
  `<circle cx="${coordinate(x)}" cy="${coordinate(y)}" r="${radius}" fill="${fill}" stroke="${ground}" stroke-width="${radius > 7 ? 4 : 3}"/>`;

/** Of a hollow dot, as a share of its radius. */
const HOLE = 0.45;

/** A hollow dot, which another of a similar colour is told apart from. */
export const ring = (x: number, y: number, stroke: string, ground: string, radius: number): string =>
  `${dot(x, y, stroke, ground, radius)}<circle cx="${coordinate(x)}" cy="${coordinate(y)}" r="${coordinate(radius * HOLE)}" fill="${ground}"/>`;

/** `extra` is more attributes, with a leading space. */
export const rect = (box: Box, fill: string, radius: number, extra = ''): string =>
  `<rect x="${coordinate(box.left)}" y="${coordinate(box.top)}" width="${coordinate(box.right - box.left)}" height="${coordinate(box.bottom - box.top)}" rx="${radius}" fill="${fill}"${extra}/>`;

/** Rounds a fraction to three decimals, which is finer than any screen shows. */
const fraction = (value: number): number => Math.round(value * 1000) / 1000;

export interface GradientStop {
  /** 0 at the top, 1 at the bottom. */
  readonly offset: number;
  readonly colour: string;
  readonly opacity?: number;
}

/** A vertical gradient from y1 to y2, in picture units instead of fractions of the painted shape. */
export const verticalGradient = (id: string, y1: number, y2: number, stops: readonly GradientStop[]): string => {
  const marks = stops.map(
    ({ offset, colour, opacity = 1 }) =>
      `<stop offset="${fraction(offset)}" stop-color="${colour}" stop-opacity="${fraction(opacity)}"/>`,
  );
  return `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="${coordinate(y1)}" y2="${coordinate(y2)}">${marks.join('')}</linearGradient>`;
};
